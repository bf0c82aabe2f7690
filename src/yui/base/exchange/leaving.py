"""What leaves through the door is recorded: what, how much, by whom. Never the content."""

from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.models import AuditEvent
from yui.base.audit.record import Reason, record
from yui.base.tenancy.models import TenantModel


def record_leaving(
    *,
    actor: Actor,
    what: str,
    count: int,
    permission: Permission,
    thing: TenantModel | None = None,
    person_id: str = "",
    fields: tuple[str, ...] = (),
    reason: Reason = Reason.EXPORT,
) -> AuditEvent:
    """Ask for the right and append the row; call it before handing the bytes over, in one transaction with reading."""
    require(actor, permission, thing)
    return record(
        actor,
        "data.exported",
        thing,
        person_id=person_id,
        fields=fields,
        reason=reason,
        details={"what": what, "count": count},
    )
