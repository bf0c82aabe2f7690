"""Authority, District and the parent of every table that belongs to an authority."""

import secrets
from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from yui.base.privacy import Declaration, declare

# No vowels and no look-alikes: an id can be read out on the telephone and never spells a word.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def random_id() -> str:
    """A random public id of 12 letters (57 bits), each as likely as the others. One draw: an import makes 100,000."""
    number, letters = secrets.randbelow(len(ALPHABET) ** 12), ""
    for _ in range(12):
        number, rest = divmod(number, len(ALPHABET))
        letters += ALPHABET[rest]
    return letters


class Authority(models.Model):
    """The tenant: a city, a prefecture or a council (decision 2)."""

    key = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=100)
    accent = models.JSONField(default=dict, blank=True)
    contact = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="利用する自治体等", retention="利用終了まで", public="id key name accent contact created_at closed_on"
    )

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class TenantModel(models.Model):
    """A row of one authority. Its manager refuses to work outside a scope."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=random_id, editable=False)

    objects = ScopedManager(authority="authority")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label}:{self.public_id}"

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """Whose own this row is: pairs such as ``("person", 5)``. Empty unless a model says otherwise."""
        return frozenset()


class EditableModel(TenantModel):
    """A row that people edit: carries a version, so that a stale save shows both texts (decision 13)."""

    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        abstract = True


class District(TenantModel):
    """A place where one acts: 県, 市町, まちづくり協議会 area, 自治会. Not where one lives (decision 4)."""

    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    approximate = models.BooleanField(default=True)
    retired_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="活動する地区",
        retention="利用終了まで",
        public="id authority public_id key name parent latitude longitude approximate retired_on",
    )

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["authority", "key"], name="district_key_once")]
