"""How to reach a person. Read through ``people.queries.read_contacts`` only, which leaves an audit row.

On PostgreSQL, row-level security stands behind the ORM's scope on these tables (decision 14).
"""

from typing import ClassVar

from django.db import models

from yui.base.privacy import Declaration, declare
from yui.people.models.persons import UNTIL_ERASED, PersonOwned


class Contact(PersonOwned):
    """A telephone number, a mail address, a fax number."""

    class Kind(models.TextChoices):
        """What kind of contact."""

        PHONE = "phone"
        MAIL = "mail"
        FAX = "fax"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=254)
    note = models.CharField(max_length=100, blank=True)
    effective_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="本人への連絡",
        retention=UNTIL_ERASED,
        c2="id authority public_id person kind effective_on ended_on",
        c3c="value note",
    )

    class Meta:
        ordering = ["kind", "id"]


class Residence(PersonOwned):
    """Where a person lives, anywhere in the world. Not the district where the person acts (decision 4)."""

    postal_code = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=2, default="JP")
    address = models.CharField(max_length=300, blank=True)
    effective_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="手紙での連絡",
        retention=UNTIL_ERASED,
        c2="id authority public_id person effective_on ended_on",
        c3c="postal_code country address",
    )


class PersonKey(PersonOwned):
    """A folded key a caller can be found by: reading, name, last digits of a number. Never shown, only compared."""

    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=200)

    declaration: ClassVar[Declaration] = declare(
        purpose="電話をかけてきた人をさがす",
        retention=UNTIL_ERASED,
        c2="id authority public_id person kind",
        c3c="key",
    )

    class Meta:
        indexes = [models.Index(fields=["authority", "kind", "key"])]
