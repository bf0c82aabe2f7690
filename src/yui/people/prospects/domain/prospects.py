"""Writing down whom the town heard of, and what was said since."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions import by_key, current
from yui.people.prospects.models import Prospect

FIELDS = ("name", "kana", "district", "about", "contact", "source", "source_words", "hearing", "invited_by")
"""What may be written of a prospect by hand; the will to be contacted and the next step have verbs of their own."""


def add_prospect(*, actor: Actor, values: Mapping[str, Any], agreed: str = "", next_step: str = "",
                 next_on: dt.date | None = None) -> Prospect:  # fmt: skip
    """Somebody heard of. The will to be contacted is *not known* unless the person said or wrote it."""
    require(actor, Permission.PROSPECT_WRITE)
    today = clock.today()
    with transaction.atomic():
        prospect = Prospect(
            authority=town_of(actor), effective_on=today, recorded_at=clock.now(), touched_on=today,
            **{name: values[name] for name in FIELDS if name in values},
        )  # fmt: skip
        _check(actor, prospect)
        _agree(prospect, agreed or Prospect.Agreed.UNKNOWN)
        _next(prospect, next_step, next_on)
        prospect.save()
        record(actor, "prospect.added", prospect, details={"source": prospect.source, "agreed": prospect.agreed})
    return prospect


def change_prospect(*, actor: Actor, prospect: Prospect, version: int, values: Mapping[str, Any]) -> Prospect:
    """Correct what is known. Raises ``Stale`` when somebody saved in between."""
    require(actor, Permission.PROSPECT_WRITE, prospect)
    with transaction.atomic():
        fresh = lock(prospect)
        if fresh.version != version:
            theirs = {name: getattr(fresh, name) for name in FIELDS if name in values}
            raise Stale(theirs, dict(values))
        changed = [name for name in FIELDS if name in values and getattr(fresh, name) != values[name]]
        for name in changed:
            setattr(fresh, name, values[name])
        _check(actor, fresh)
        fresh.version += 1
        fresh.save()
        record(actor, "prospect.changed", fresh, fields=changed)
    return fresh


def touch(
    *, actor: Actor, prospect: Prospect, agreed: str = "", next_step: str = "", next_on: dt.date | None = None
) -> Prospect:
    """There was contact today: what the person said of being contacted, and the next step. None ends the step."""
    require(actor, Permission.PROSPECT_WRITE, prospect)
    with transaction.atomic():
        fresh = lock(prospect)
        _agree(fresh, agreed or fresh.agreed)
        _next(fresh, next_step, next_on)
        fresh.touched_on = clock.today()
        fresh.version += 1
        fresh.save()
        record(actor, "prospect.touched", fresh, details={"agreed": fresh.agreed})
    return fresh


def lock(prospect: Prospect) -> Prospect:
    """The row as it stands now, for a change. Raises ``NotPossible`` for one that has ended."""
    fresh = Prospect.objects.select_for_update().get(pk=prospect.pk)
    if fresh.ended_on is not None:
        raise NotPossible("この方は、もう候補から外れています。", "ended")
    return fresh


def _check(actor: Actor, prospect: Prospect) -> None:
    if not prospect.name.strip():
        raise NotPossible("お名前か呼び名を書いてください。", "name_missing")
    if prospect.source not in by_key(current(town_of(actor)).people.prospects.sources):
        raise NotPossible("どこで知ったかを選んでください。", "unknown_source")


def _agree(prospect: Prospect, agreed: str) -> None:
    if agreed not in Prospect.Agreed.values:
        raise NotPossible("同意のようすを選んでください。", "unknown_agreed")
    if agreed == Prospect.Agreed.UNKNOWN:
        prospect.agreed_on = None
    elif agreed != prospect.agreed or prospect.agreed_on is None:
        prospect.agreed_on = clock.today()
    prospect.agreed = agreed


def _next(prospect: Prospect, step: str, on: dt.date | None) -> None:
    if step.strip() and on is None:
        raise NotPossible("次の一歩の日を書いてください。", "next_day_missing")
    if on is not None and not step.strip():
        raise NotPossible("次の一歩を書いてください。", "next_step_missing")
    prospect.next_step, prospect.next_on = step.strip(), on
