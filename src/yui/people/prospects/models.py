"""Whom the town heard of and what was done: prospects, hearings, invitations, benefits shown, candidate lists.

Nothing here is a person of the registry: no search, candidate list, figure of the registered or export looks into these
tables. Who registers gets a link from the prospect's row, which then keeps no values of its own.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import District, EditableModel, TenantModel
from yui.people.models import Organization, Person

UNTIL_FORGOTTEN = "定義の日数のあいだ連絡がないか、ご本人の申し出まで"
FIVE_YEARS = "業務終了から5年"


class Hearing(EditableModel):
    """ヒアリング: one talk with an organisation, a school or a firm: what was heard, and the next step."""

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="hearings"
    )
    place = models.CharField(max_length=100, help_text="name of the organisation, school or firm as it was said")
    kind = models.CharField(max_length=40, help_text="key of the definition's hearing kinds")
    held_on = models.DateField()
    recorded_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=200, blank=True, help_text="who spoke, on their side")
    heard = models.TextField(max_length=4000)
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True, blank=True)
    next_done_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="団体・学校・企業へのヒアリング",
        retention=FIVE_YEARS,
        c2="id authority public_id version organization place kind held_on recorded_at account next_step next_on "
        "next_done_on",
        c3c="who heard",
    )

    class Meta:
        ordering = ["-held_on", "-id"]


class Invitation(TenantModel):
    """お誘い: one invitation of a prospect, or of many at once (回覧板, flyers). ``registered_on`` is what came of it."""

    class Outcome(models.TextChoices):
        """What was answered."""

        WAITING = "waiting", "返事を待っています"
        YES = "yes", "参加したい"
        LATER = "later", "いまはむずかしい"
        NO = "no", "しない"

    prospect = models.ForeignKey(
        "Prospect", null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    channel = models.CharField(max_length=40, help_text="key of the definition's channels")
    to_words = models.CharField(max_length=100, blank=True, help_text="to whom, where many were invited at once")
    copies = models.PositiveIntegerField(default=1)
    sent_on = models.DateField()
    recorded_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="参加のお誘いの記録",
        retention=FIVE_YEARS + "（仮名化）",
        c2="id authority public_id prospect channel to_words copies sent_on recorded_at account outcome answered_on "
        "registered_on",
    )

    class Meta:
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(prospect__isnull=False) | ~Q(to_words=""), name="invitation_is_for_somebody"
            )
        ]


class Prospect(EditableModel):
    """潜在候補: somebody heard of, not registered, with source, consent state and next step."""

    class Agreed(models.TextChoices):
        """What is known of the person's will to be contacted. ``unknown`` is not a yes."""

        UNKNOWN = "unknown", "未確認"
        SPOKEN = "spoken", "口頭で同意"
        WRITTEN = "written", "書面で同意"

    class Ending(models.TextChoices):
        """Why it is no prospect any more."""

        REGISTERED = "registered", "登録された"
        DECLINED = "declined", "お断りになった"
        WISH = "wish", "ご本人の申し出で消した"
        FORGOTTEN = "forgotten", "連絡がないまま期間がすぎて消した"

    name = models.CharField(max_length=100, blank=True)
    kana = models.CharField(max_length=200, blank=True)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about = models.TextField(max_length=1000, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    source = models.CharField(max_length=40, help_text="key of the definition's sources")
    source_words = models.CharField(max_length=200, blank=True)
    hearing = models.ForeignKey(Hearing, null=True, blank=True, on_delete=models.SET_NULL, related_name="prospects")
    invited_by = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.SET_NULL, related_name="came",
        help_text="the invitation of many by which the person came",
    )  # fmt: skip
    agreed = models.CharField(max_length=10, choices=Agreed.choices, default=Agreed.UNKNOWN)
    agreed_on = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    touched_on = models.DateField(help_text="the last contact; retention counts from here")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="prospects")
    ended_on = models.DateField(null=True, blank=True)
    ended_how = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="登録のお誘いの相手",
        retention=UNTIL_FORGOTTEN,
        c2="id authority public_id version source hearing invited_by agreed agreed_on next_on effective_on recorded_at "
        "touched_on person ended_on ended_how erased_at",
        c3c="name kana district about contact source_words next_step",
    )

    class Meta:
        ordering = ["kana", "id"]
        indexes = [models.Index(fields=["authority", "ended_on", "next_on"])]


class BenefitShown(TenantModel):
    """参画のメリット: which benefit of the definition was explained to whom, when and how."""

    class Way(models.TextChoices):
        """How it was shown."""

        SPOKEN = "spoken", "話して"
        PAPER = "paper", "紙を渡して"
        SCREEN = "screen", "画面を見せて"

    prospect = models.ForeignKey(Prospect, null=True, blank=True, on_delete=models.CASCADE, related_name="benefits")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="benefits_shown")
    hearing = models.ForeignKey(Hearing, null=True, blank=True, on_delete=models.CASCADE, related_name="benefits")
    benefit = models.CharField(max_length=60, help_text="key of the definition's benefits")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.SPOKEN)
    shown_on = models.DateField()
    recorded_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="参画のメリットの説明の記録",
        retention=FIVE_YEARS + "（仮名化）",
        c2="id authority public_id prospect person hearing benefit way shown_on recorded_at account",
    )

    class Meta:
        ordering = ["-shown_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(prospect__isnull=False) | Q(person__isnull=False) | Q(hearing__isnull=False),
                name="benefit_is_shown_to_somebody",
            )
        ]


class Roster(EditableModel):
    """候補者リスト: candidates for actor or coordinator, as the contract's deliverable."""

    class Kind(models.TextChoices):
        """For what."""

        ACTOR = "actor", "地域アクター"
        COORDINATOR = "coordinator", "中間支援コーディネーター"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=100)
    made_on = models.DateField()
    recorded_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="地域アクター・コーディネーターの候補者リスト",
        retention=FIVE_YEARS,
        c2="id authority public_id version kind title made_on recorded_at account",
    )

    class Meta:
        ordering = ["-made_on", "-id"]


class RosterEntry(EditableModel):
    """One candidate of a list: exactly one person, organisation or prospect, with qualities and experience."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="roster_entries")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="roster_entries"
    )
    prospect = models.ForeignKey(
        Prospect, null=True, blank=True, on_delete=models.CASCADE, related_name="roster_entries"
    )
    field = models.CharField(max_length=60, blank=True, help_text="key of the definition's themes")
    qualities = models.TextField(max_length=1000, blank=True)
    experience = models.TextField(max_length=1000, blank=True)
    sources = models.CharField(max_length=300, blank=True, help_text="what this is known from")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="候補者の資質と経験",
        retention=FIVE_YEARS + "、本人の消去で文は消える",
        c2="id authority public_id version roster person organization prospect field effective_on recorded_at ended_on",
        c3c="qualities experience sources",
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(person__isnull=False, organization=None, prospect=None)
                    | Q(person=None, organization__isnull=False, prospect=None)
                    | Q(person=None, organization=None, prospect__isnull=False)
                ),
                name="roster_entry_is_one",
            )
        ]
