"""席決め: wishes for several oversubscribed opportunities, decided together by a published rule and a sealed lottery."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yui.activities.models import FIVE_YEARS, Application, Opportunity, PersonRow
from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel

FIVE_AFTER = "公開から5年"


class Round(EditableModel):
    """席決め: the rule, the days and the promise of one lottery over several opportunities.

    ``commitment``: the SHA-256 that is published before anybody wishes; ``seed``: empty until it is revealed.
    """

    class Track(models.TextChoices):
        """How it is decided."""

        STABLE = "stable", "希望の順で決める"
        WELFARE = "welfare", "合計点をいちばん大きくする"

    class Orientation(models.TextChoices):
        """For which side the stable outcome is the best."""

        PERSON = "person", "申し込んだ方の希望を先に"
        PROGRAM = "program", "受け入れる側の希望を先に"

    title = models.CharField(max_length=100)
    about = models.TextField(blank=True, max_length=1000)
    track = models.CharField(max_length=10, choices=Track.choices, default=Track.STABLE)
    orientation = models.CharField(max_length=10, choices=Orientation.choices, default=Orientation.PERSON)
    state = models.CharField(max_length=12, default="draft")
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="the last day on which wishes are taken")
    commitment = models.CharField(max_length=64, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    called_off = models.CharField(max_length=300, blank=True, help_text="why it was called off; shown to everybody")
    recorded_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="席決めの公開",
        retention=FIVE_AFTER,
        public="public_id title about track orientation state opens_on closes_on commitment seed announced_at drawn_at "
        "published_at called_off",
        c2="id authority version recorded_at made_by",
    )

    class Meta:
        ordering = ["-closes_on", "-id"]
        indexes = [models.Index(fields=["authority", "state", "closes_on"])]


class SealedSeed(TenantModel):
    """くじの種の封: the seed as only the house can open it, until the deadline has passed. Empty afterwards."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="seal")
    sealed = models.CharField(max_length=300, blank=True)
    sealed_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="締め切りまで、だれも知らないくじの種", retention="種を明かすまで",
        c2="id authority public_id round sealed_at", c3b="sealed",
    )  # fmt: skip


class RoundRegion(TenantModel):
    """地域の上限: a cap over the opportunities of a region."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="regions")
    name = models.CharField(max_length=60)
    cap = models.PositiveIntegerField()

    declaration: ClassVar[Declaration] = declare(
        purpose="地域ごとの席の上限", retention=FIVE_AFTER, public="id authority public_id round name cap"
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="round_region_once")]


class RoundProgramme(EditableModel):
    """席決めの出番: an opportunity with its places, the least with which it runs, its region and its reserved places."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="programmes")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="round_programmes")
    cap = models.PositiveIntegerField()
    least = models.PositiveIntegerField(default=0, help_text="runs with so many, or is cancelled; 0: always runs")
    region = models.ForeignKey(RoundRegion, null=True, blank=True, on_delete=models.SET_NULL, related_name="programmes")
    target = models.PositiveIntegerField(default=0, help_text="its usual share under the cap of its region")
    reserve_group = models.CharField(max_length=60, blank=True)
    reserve_places = models.PositiveIntegerField(default=0)
    cancelled = models.CharField(max_length=20, blank=True, help_text="code of the engine, where it does not run")

    declaration: ClassVar[Declaration] = declare(
        purpose="席決めの席の数ときまり",
        retention=FIVE_AFTER,
        public="public_id round opportunity cap least region target reserve_group reserve_places cancelled",
        c2="id authority version",
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "opportunity"], name="round_programme_once")]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The host of the activity."""
        return self.opportunity.owner_subjects()


class WishSheet(PersonRow):
    """希望票: what one person wishes in a round, and what came of it. Its public id is the number in the files."""

    class Way(models.TextChoices):
        """How it was said."""

        WEB = "web", "画面で"
        PAPER = "paper", "紙で"
        PHONE = "phone", "電話で"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sheets")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.WEB)
    groups = models.JSONField(default=list, blank=True, help_text="reserved groups the person says to belong to")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    programme = models.ForeignKey(
        RoundProgramme, null=True, blank=True, on_delete=models.SET_NULL, related_name="sheets"
    )
    reason = models.CharField(max_length=20, blank=True, help_text="code of the engine, without a place")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="sheets",
        help_text="what stands among the person's applications since the result was told",
    )  # fmt: skip

    declaration: ClassVar[Declaration] = declare(
        purpose="席決めの希望の受付と結果",
        retention=FIVE_YEARS,
        c2="id authority public_id person round way effective_on recorded_at recorded_by withdrawn_at programme reason "
        "application",
        c3c="groups",
    )

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], condition=Q(withdrawn_at=None), name="wish_sheet_once")
        ]


class RankedWish(TenantModel):
    """希望: one opportunity on a sheet, with its rank; and how the host stands to this person."""

    class Standing(models.IntegerChoices):
        """The host's priority class. 0 is not accepted."""

        FIRST = 1, "先に受け入れたい"
        USUAL = 2, "ふつう"
        LAST = 3, "席があまれば"
        NOT = 0, "受け入れられない"

    sheet = models.ForeignKey(WishSheet, on_delete=models.CASCADE, related_name="wishes")
    programme = models.ForeignKey(RoundProgramme, on_delete=models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()
    standing = models.PositiveSmallIntegerField(choices=Standing.choices, default=Standing.USUAL)
    points = models.PositiveSmallIntegerField(null=True, blank=True, help_text="how well they fit; empty: by the rank")

    declaration: ClassVar[Declaration] = declare(
        purpose="席決めの希望の順と、受け入れる側の順",
        retention=FIVE_YEARS,
        c2="id authority public_id sheet programme",
        c3c="rank standing points",
    )

    class Meta:
        ordering = ["rank", "id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "programme"], name="ranked_wish_once")]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person."""
        return self.sheet.owner_subjects()


class Draw(TenantModel):
    """くじと計算: the question and the answer, byte for byte as anybody recomputes them. No names in them."""

    class Kind(models.TextChoices):
        """A trial has a seed of its own that is thrown away."""

        TRIAL = "trial", "試し"
        FINAL = "final", "本番"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="draws")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    instance = models.TextField()
    answer = models.TextField()
    instance_sha256 = models.CharField(max_length=64)
    answer_sha256 = models.CharField(max_length=64)
    findings = models.PositiveIntegerField(default=0, help_text="faults the verification found; 0 or it is not kept")
    made_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="席決めの結果の証拠",
        retention=FIVE_AFTER,
        c2="id authority public_id round kind instance answer instance_sha256 answer_sha256 findings made_at account",
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(kind="final"), name="one_final_draw"),
            models.UniqueConstraint(fields=["round"], condition=Q(kind="trial"), name="one_trial_draw"),
        ]


class ManualChange(TenantModel):
    """手での変更: a place given or taken by hand after the draw. Never deleted, always counted in public."""

    class Kind(models.TextChoices):
        """Why; this much is public."""

        RECORDED_WRONG = "recorded_wrong", "希望の書きまちがい・入力まちがい"
        NOT_COMING = "not_coming", "ご本人が来られなくなった"
        SAFETY = "safety", "安全・健康のため"
        HOST = "host", "受け入れる側の都合"
        OTHER = "other", "そのほか"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="manual_changes")
    sheet = models.ForeignKey(WishSheet, on_delete=models.PROTECT, related_name="manual_changes")
    before = models.ForeignKey(RoundProgramme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(RoundProgramme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.CharField(max_length=500, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="席決めのあとに手で変えたことの記録",
        retention="公開から5年。消すことはできない",
        c2="id authority public_id round sheet before after kind effective_on recorded_at account",
        c3c="words",
    )

    class Meta:
        ordering = ["id"]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person."""
        return self.sheet.owner_subjects()
