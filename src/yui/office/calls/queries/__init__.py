"""Reading calls."""

import datetime as dt
from collections.abc import Iterator

from yui.base.access.actor import Subject
from yui.base.accounts.models import Account
from yui.office.calls.models import Applicant, CommitteeMember, SubmittedPaper


def subjects_of(account: Account, _today: dt.date) -> Iterator[Subject]:
    """The applicants and the seats of committees of an account in the open town."""
    for pk in Applicant.objects.filter(account=account).values_list("pk", flat=True):
        yield ("applicant", pk)
    for pk in CommitteeMember.objects.filter(account=account).exclude(state="recused").values_list("pk", flat=True):
        yield ("committee_member", pk)


def paper_paths() -> Iterator[str]:
    """The files below ``MEDIA_ROOT`` that papers of calls of the open town know."""
    yield from SubmittedPaper.objects.exclude(path="").values_list("path", flat=True)
