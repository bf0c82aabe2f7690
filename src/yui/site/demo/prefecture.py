"""The demonstration's council with three invented towns, so that 市町のようす shows something. Of none of them is there
more than the numbers that were shared: the towns have no page and nobody in them."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from yui.base import clock
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.definitions.founding import load_as_command
from yui.base.staff.domain import end_of_fiscal_year
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.engine.indicators import published
from yui.office.sharing.figures import months_over
from yui.office.sharing.models import MemberTown, SharedFigure
from yui.site.demo.roles import COUNCIL_ROLE

KEY = "yamaguchi"
TOWNS = (
    ("mihon-shi", "見本市", {"people.registered": (84, 3), "activities.participations": (31, 2), "introductions.both_yes": (6, 1)}),
    ("reiji-cho", "例示町", {"people.registered": (22, 1), "activities.participations": (9, -1)}),
    ("kaku-mura", "架空村", {}),
)  # fmt: skip
"""Key, name, and for each measure that is shared the number of the first month and its growth a month."""


def build_council() -> bool:
    """Load the definition of Yamaguchi and count three towns as its own. Returns whether anything was built."""
    if Authority.objects.filter(key=KEY).exists():
        return False
    load_as_command(settings.DEFINITIONS_DIR / KEY)
    council, today = Authority.objects.get(key=KEY), clock.today()
    with authority_scope(council), transaction.atomic():
        account = Account.objects.create_user(COUNCIL_ROLE.email, name=COUNCIL_ROLE.name)
        Grant.objects.create(
            authority=council, account=account, role="officer", starts_on=today, ends_on=end_of_fiscal_year(today)
        )
        for key, name, measures in TOWNS:
            _town(council, key, name, measures, today)
    return True


def _town(council: Authority, key: str, name: str, measures: dict[str, tuple[int, int]], today: dt.date) -> None:
    """Closed from the beginning: a name for the table, not a town that one could visit."""
    town = Authority.objects.create(key=key, name=name, created_at=clock.now(), closed_on=today)
    MemberTown.objects.create(authority=council, town=town, added_on=today)
    months = months_over(dt.date.min, today)[-6:]
    SharedFigure.objects.bulk_create(
        SharedFigure(
            authority=council, town=town, measure=measure, month=month, counted_at=clock.now(),
            value=published({"it": max(0, begin + step * number)}, total_is_shown=False)["it"],
        )
        for measure, (begin, step) in measures.items()
        for number, month in enumerate(months)
    )  # fmt: skip
