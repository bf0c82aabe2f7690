"""SearchEntry: under which tokens a thing is found, and where it stands in the order of readings."""

from typing import ClassVar

from django.db import models

from yui.base.privacy import Declaration, declare
from yui.base.search.matching import Begins, Matches
from yui.base.tenancy.models import TenantModel


class SearchEntry(TenantModel):
    """One thing that can be found. Never shown; the index of ``tokens`` is the database's own (see ``matching``).

    Telephone numbers, addresses and mail addresses are not in it: whoever may search may not yet read contacts.
    """

    kind = models.CharField(max_length=20)
    thing_id = models.BigIntegerField()
    reading = models.CharField(max_length=200, blank=True, help_text="strict key of the reading: the order of results")
    tokens = models.TextField(blank=True, help_text="tokens of letters and digits, separated by blanks")

    declaration: ClassVar[Declaration] = declare(
        purpose="名前やことばでさがす",
        retention="もとの記録と同じ（消去すると同時に消える）",
        c2="id authority public_id kind thing_id",
        c3c="reading tokens",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "kind", "thing_id"], name="search_entry_once")]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person or organisation that is found by it."""
        return frozenset({(self.kind, self.thing_id)} if self.kind in ("person", "organization") else ())


SearchEntry._meta.get_field("tokens").register_lookup(Matches)
SearchEntry._meta.get_field("reading").register_lookup(Begins)
