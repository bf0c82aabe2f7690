"""Organisations with named members. Being incorporated is optional."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import District, EditableModel, TenantModel
from yui.people.models.persons import Person


class Organization(EditableModel):
    """団体: 地域まちづくり協議会, a firm, a school, a circle. Its contact is that of the organisation, not a person's."""

    name = models.CharField(max_length=100)
    kana = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=20, blank=True, help_text="産官学金労言士, as the definition names them")
    corporate_number = models.CharField(max_length=13, blank=True)
    about = models.TextField(blank=True, max_length=1000)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mail = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=300, blank=True)
    contact_way = models.CharField(max_length=20, default="mail")
    council = models.BooleanField(default=False, help_text="a 地域まちづくり協議会 or the like")
    contractor = models.BooleanField(default=False, help_text="works for the authority under an engagement")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="団体の登録",
        retention="終了から5年",
        public="name kana sector about",
        c2="id authority public_id version district contact_way corporate_number council contractor effective_on "
        "recorded_at ended_on",
        c3c="mail phone address",
    )

    class Meta:
        ordering = ["kana", "id"]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The organisation itself."""
        return frozenset({("organization", self.pk)})


class OrganizationChoice(TenantModel):
    """A theme an organisation works on."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=20, default="theme")
    key = models.CharField(max_length=60)

    declaration: ClassVar[Declaration] = declare(
        purpose="団体の分野", retention="終了から5年", public="id authority public_id organization kind key"
    )


class Membership(TenantModel):
    """構成員: a person in an organisation, with a role and a term."""

    class Role(models.TextChoices):
        """What the member is."""

        REPRESENTATIVE = "representative", _("代表")
        CONTACT = "contact", _("連絡担当")
        MEMBER = "member", _("構成員")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.MEMBER)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="団体の構成員",
        retention="終了から5年（仮名化）",
        c2="id authority public_id organization person role effective_on recorded_at ended_on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "person"], condition=Q(ended_on=None), name="membership_once"
            )
        ]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person and the organisation."""
        return frozenset({("person", self.person_id), ("organization", self.organization_id)})
