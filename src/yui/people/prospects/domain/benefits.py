"""参画のメリット: what was explained to whom."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions import by_key, current
from yui.people.models import Person
from yui.people.prospects.domain.prospects import lock
from yui.people.prospects.models import BenefitShown, Hearing, Prospect


def show_benefits(
    *, actor: Actor, to: Prospect | Person | Hearing, benefits: Sequence[str], way: str, shown_on: dt.date
) -> list[BenefitShown]:
    """Write down which benefits of the definition were explained, one row for each."""
    require(actor, Permission.PROSPECT_WRITE, None if isinstance(to, Person) else to)
    if isinstance(to, Person):
        require(actor, Permission.PERSON_READ, to)
    known = by_key(current(town_of(actor)).activities.benefits)
    if not benefits or set(benefits) - set(known):
        raise NotPossible("説明したメリットを選んでください。", "unknown_benefit")
    if way not in BenefitShown.Way.values or shown_on > clock.today():
        raise NotPossible("説明した日と方法をたしかめてください。", "day")
    with transaction.atomic():
        if isinstance(to, Prospect):
            to = lock(to)
            to.touched_on = max(to.touched_on, shown_on)
            to.save(update_fields=["touched_on"])
        rows = BenefitShown.objects.bulk_create(
            BenefitShown(
                authority=town_of(actor), benefit=key, way=way, shown_on=shown_on, recorded_at=clock.now(),
                account=actor.account, prospect=to if isinstance(to, Prospect) else None,
                person=to if isinstance(to, Person) else None, hearing=to if isinstance(to, Hearing) else None,
            )
            for key in dict.fromkeys(benefits)
        )  # fmt: skip
        person_id = to.public_id if isinstance(to, Person) else ""
        record(actor, "benefits.shown", to, person_id=person_id, details={"benefits": sorted(set(benefits))})
    return rows
