"""The rules in force, candidate lists, exposure, introductions and the answers of both sides."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.activities.models import Opportunity
from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import EditableModel, TenantModel
from yui.introductions import states
from yui.people.models import Organization, Person

FIVE_YEARS = "公平の根拠として5年（仮名化）"


def no_parts() -> list[dict[str, object]]:
    """An empty score. Named, because the fields called ``list`` hide the builtin in the class bodies below."""
    return []


class RuleValues(TenantModel):
    """What one may set of the engine: how much each part counts, points by distance, and the exposure rule."""

    weights = models.JSONField(default=dict, help_text="term → whole number")
    bands = models.JSONField(default=no_parts, help_text="[[kilometres, points], …]")
    rule = models.CharField(max_length=20, help_text="none, newcomer_share or price, as the engine calls it")
    one_in = models.PositiveSmallIntegerField(default=5)
    reason = models.CharField(max_length=500, blank=True, help_text="published; no names")

    class Meta:
        abstract = True


class RuleVersion(RuleValues):
    """きまりの版: from its day on, lists are made by it. A later row takes its place; no row is ever changed."""

    class Basis(models.TextChoices):
        """Whence it comes."""

        DEFINITION = "definition", "導入したときの定義"
        APPROVAL = "approval", "承認"

    number = models.PositiveIntegerField()
    basis = models.CharField(max_length=12, choices=Basis.choices)
    change_id = models.CharField(max_length=16, blank=True, help_text="public id of the change that was approved")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=40, blank=True, help_text="role of whoever approved, on that day")

    declaration: ClassVar[Declaration] = declare(
        purpose="候補を出すきまりの版",
        retention=FIVE_YEARS,
        c2="decided_by",
        public="id authority public_id weights bands rule one_in reason number basis change_id effective_on recorded_at "
        "role",
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["authority", "number"], name="rule_version_once")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to write a second time."""
        if not self._state.adding:
            raise TypeError("a version of the rules is never changed; a later one takes its place")
        super().save(*args, **kwargs)


class RuleChange(RuleValues):
    """きまりの変更の案: drafted, looked at beforehand, laid before those who approve. In force is only a ``RuleVersion``."""

    version = models.PositiveIntegerField(default=1)
    base = models.PositiveIntegerField(help_text="number of the version it was drafted against")
    state = models.CharField(max_length=12, default="draft")
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="候補を出すきまりの変更の案",
        retention="業務の終了から5年",
        c2="id authority public_id weights bands rule one_in reason version base state made_by made_at edited_at",
    )

    class Meta:
        ordering = ["-edited_at", "-id"]


class TownRun(TenantModel):
    """町ぜんたいの計算: every open 出番 and whoever is registered, asked of the engine at once, by the rules in force and,
    where a change is looked at beforehand, by its rules too. Nobody is shown by it. Numbers are kept exact: fractions as
    text, exposures in millionths.
    """

    change = models.ForeignKey(RuleChange, null=True, blank=True, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField(help_text="version of the rules in force")
    asked_at = models.DateTimeField()
    made_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    seed = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict, help_text="how many persons and 出番, how many at their cap")
    lists = models.JSONField(
        default=dict, help_text="public id of an 出番 → rules → list in pseudonymous ids, and counts"
    )
    figures = models.JSONField(default=dict, help_text="rules → evenness, never shown, utility, prices")

    declaration: ClassVar[Declaration] = declare(
        purpose="公平のようすの根拠（町ぜんたいの計算）",
        retention=FIVE_YEARS,
        c2="id authority public_id change number asked_at made_on done_at seed facts lists figures",
    )

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["authority", "made_on"])]


class CandidateList(TenantModel):
    """One list that a human saw, with the rule, the seed and what was left out; enough to compute it again."""

    opportunity = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.PROTECT, related_name="candidate_lists"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="candidate_lists")
    direction = models.CharField(max_length=12, help_text="person or opportunity, as the engine calls it")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the question that the engine answered")
    key = models.CharField(max_length=64, help_text="SHA-256 of question, audience and day: one list for all of them")
    seen_by = models.CharField(max_length=80, help_text="public id of the account, or 'self' for the person")
    audience = models.CharField(max_length=12, default="staff", help_text="staff, host or self")
    made_on = models.DateField()
    made_at = models.DateTimeField()
    rule = models.JSONField(default=dict)
    seed = models.CharField(max_length=80)
    considered = models.PositiveIntegerField(default=0)
    eligible = models.PositiveIntegerField(default=0)
    excluded = models.JSONField(default=dict, help_text="limit → how many")

    declaration: ClassVar[Declaration] = declare(
        purpose="候補を出したきまりと結果の記録",
        retention=FIVE_YEARS,
        c2="id authority public_id opportunity person direction digest key seen_by audience made_on made_at rule seed "
        "considered eligible excluded",
    )

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["authority", "key"], name="candidate_list_once")]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The host of the opportunity, or the person the list was made for."""
        if self.opportunity_id is not None and self.direction == "opportunity":
            return self.opportunity.owner_subjects()
        return frozenset({("person", self.person_id or 0)})


class Candidate(TenantModel):
    """候補: a scored pair with its reasons. Never a decision."""

    list = models.ForeignKey(CandidateList, on_delete=models.CASCADE, related_name="candidates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidates")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="candidates")
    rank = models.PositiveSmallIntegerField()
    score = models.IntegerField()
    fair_place = models.BooleanField(default=False, help_text="stands here by the exposure rule, not by the score")
    parts = models.JSONField(default=no_parts, help_text="[{term, value}] whose values sum to the score")

    declaration: ClassVar[Declaration] = declare(
        purpose="候補とその理由",
        retention=FIVE_YEARS,
        c2="id authority public_id list person opportunity rank score fair_place",
        c3c="parts",
    )

    class Meta:
        ordering = ["rank"]


class Exposure(TenantModel):
    """公平台帳: one row for each person and opportunity that was shown, asked, met, declined or passed over."""

    class Act(models.TextChoices):
        """What happened."""

        SHOWN = "shown", "候補に出た"
        ASKED = "asked", "声をかけた"
        ACCEPTED = "accepted", "双方の「はい」"
        MET = "met", "会った"
        DECLINED = "declined", "見送り"
        PASSED_OVER = "passed_over", "条件に合ったが出なかった"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exposures")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="exposures")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="exposures"
    )
    act = models.CharField(max_length=12, choices=Act.choices)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    seed = models.CharField(max_length=80, blank=True)
    list = models.ForeignKey(CandidateList, null=True, blank=True, on_delete=models.PROTECT, related_name="exposures")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="公平のようすの根拠",
        retention=FIVE_YEARS,
        c2="id authority public_id person opportunity organization act rank rule seed list effective_on recorded_at",
    )

    class Meta:
        ordering = ["effective_on", "id"]
        indexes = [
            models.Index(fields=["authority", "person", "act"]),
            models.Index(fields=["authority", "act", "effective_on"]),  # few are asked, many passed over
        ]


class Introduction(EditableModel):
    """紹介: 提案 → 双方意向確認 → 顔合わせ → 協働中 → 成果/見送り → 3か月後確認."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="introductions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="introductions")
    list = models.ForeignKey(
        CandidateList, null=True, blank=True, on_delete=models.SET_NULL, related_name="introductions"
    )
    coordinator = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="introductions")
    state = models.CharField(max_length=20, default="proposed")
    why = models.TextField(max_length=1000, blank=True, help_text="the coordinator's words, shown to both sides")
    proposed_on = models.DateField()
    answer_due_on = models.DateField(null=True, blank=True)
    parts = models.JSONField(
        default=no_parts, blank=True, help_text="why this pair: the parts of the score when proposed"
    )
    meeting_at = models.DateTimeField(null=True, blank=True)
    meeting_place = models.CharField(max_length=200, blank=True)
    met_on = models.DateField(null=True, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    follow_up_sent_on = models.DateField(null=True, blank=True, help_text="both sides were asked how it went on")
    outcome_kind = models.CharField(max_length=40, blank=True, help_text="key of the definition's outcome kinds")
    outcome = models.TextField(max_length=2000, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="紹介の進み方",
        retention=FIVE_YEARS,
        c2="id authority public_id version opportunity person list coordinator state proposed_on answer_due_on "
        "meeting_at met_on follow_up_on follow_up_sent_on outcome_kind",
        c3c="why parts meeting_place outcome",
    )

    class Meta:
        ordering = ["-proposed_on", "-id"]
        indexes = [models.Index(fields=["authority", "state", "answer_due_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "opportunity"],
                condition=models.Q(state__in=sorted(states.OPEN)),
                name="introduction_open_once",
            )
        ]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """Both sides."""
        return frozenset({("person", self.person_id)}) | self.opportunity.owner_subjects()


class IntroductionChange(TenantModel):
    """A dated step of an introduction. A private reason is seen by coordinators only."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    how = models.CharField(max_length=12, blank=True)
    private_reason = models.CharField(max_length=500, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="紹介の進み方",
        retention=FIVE_YEARS,
        c2="id authority public_id introduction before state effective_on recorded_at account how",
        c3c="private_reason",
    )

    class Meta:
        ordering = ["id"]


class Answer(TenantModel):
    """The answer of one side. Each side answers once; staff may enter what was said on the telephone or by letter."""

    class Side(models.TextChoices):
        """Whose answer."""

        PERSON = "person"
        HOST = "host"

    class How(models.TextChoices):
        """By what way it came."""

        LINK = "link", _("メールの返事で")
        PAGE = "page", _("マイページで")
        PHONE = "phone", _("電話で")
        LETTER = "letter", _("手紙で")

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(max_length=10, choices=Side.choices)
    yes = models.BooleanField()
    how = models.CharField(max_length=10, choices=How.choices)
    answered_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=300, blank=True, help_text="shared with the other side on yes")
    private_reason = models.CharField(max_length=300, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="双方の返事",
        retention=FIVE_YEARS,
        c2="id authority public_id introduction side yes how answered_on recorded_at recorded_by",
        c3c="words private_reason",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "side"], name="answer_once_a_side")]


class AnswerLink(TenantModel):
    """A one-time link to answer with. Only the hash of its token is stored."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="links")
    side = models.CharField(max_length=10, choices=Answer.Side.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=12, default="mail", help_text="mail, letter or phone")
    sent_on = models.DateField()
    expires_on = models.DateField()
    used_at = models.DateTimeField(null=True, blank=True)
    reminder = models.BooleanField(default=False, help_text="sent once more, shortly before the day")

    declaration: ClassVar[Declaration] = declare(
        purpose="返事のための一度きりのリンク",
        retention="期限から90日",
        c2="id authority public_id introduction side channel sent_on expires_on used_at reminder",
        c3b="token_hash",
    )
