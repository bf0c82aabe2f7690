"""What holds for a call while it is being prepared: the version that is not in force yet."""

from typing import Any

from yui.base import definitions
from yui.base.access.errors import NotPossible
from yui.base.definitions.reading import Fault
from yui.base.tenancy.models import Authority
from yui.office.calls.models import Call, CallVersion
from yui.office.profiles import profile_of


class FaultyRules(NotPossible):
    """What was written can not be kept; ``faults`` names each place with what is expected there."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"直すところが{len(faults)}か所あります。何も変えていません。", "faulty_rules")
        self.faults = faults


def locked(call: Call) -> Call:
    """The call, held until the transaction ends."""
    found: Call = Call.objects.select_for_update().get(pk=call.pk)
    return found


def draft_of(call: Call) -> CallVersion | None:
    """The version that is not in force: the draft of a call, or an amendment in preparation."""
    return CallVersion.objects.filter(call=call, effective_at=None).order_by("-number").first()


def in_force(call: Call) -> CallVersion | None:
    """The newest version in force; nothing before the announcement."""
    return CallVersion.objects.filter(call=call).exclude(effective_at=None).order_by("-number").first()


def profile_for(town: Authority, part: Any) -> dict[str, Any]:
    """The engine's profile of a call as it is written."""
    return profile_of(definitions.current(town), town.key, part)
