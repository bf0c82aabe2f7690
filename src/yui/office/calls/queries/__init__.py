"""Reading calls."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Value

from yui.base.access.actor import Subject
from yui.base.accounts.models import Account
from yui.office.calls.models import Applicant, CommitteeMember, SubmittedPaper


def subjects_of(account: Account, _today: dt.date) -> Iterator[Subject]:
    """The applicants and the seats of committees of an account in the open town, in one query."""
    firms = Applicant.objects.filter(account=account).order_by().values_list(Value("applicant"), "pk")
    seats = CommitteeMember.objects.filter(account=account).exclude(state="recused").order_by()
    yield from firms.union(seats.values_list(Value("committee_member"), "pk"))


def paper_paths() -> Iterator[str]:
    """The files below ``MEDIA_ROOT`` that papers of calls of the open town know."""
    yield from SubmittedPaper.objects.exclude(path="").values_list("path", flat=True)
