"""Activity → Session → Participation → Tie, and the opportunities an activity opens (decision 5)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.base.accounts.models import Account
from yui.base.privacy import Declaration, declare
from yui.base.tenancy.models import District, EditableModel, TenantModel
from yui.people.models import Organization, Person

FIVE_YEARS = "数字の根拠として5年（仮名化）"


class Activity(EditableModel):
    """企画: what a person or an organisation runs."""

    class Initiative(models.TextChoices):
        """Who began it. A project begun without the city is counted (final goal of the commission)."""

        AUTHORITY = "authority", _("市")
        CONTRACTOR = "contractor", _("受託者")
        RESIDENTS = "residents", _("住民・団体")

    host_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="hosted_activities"
    )
    host_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    initiated_by = models.CharField(max_length=20, choices=Initiative.choices, default=Initiative.RESIDENTS)
    title = models.CharField(max_length=100)
    about = models.TextField(blank=True, max_length=2000)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    commission_key = models.CharField(max_length=60, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    made_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="企画の公開と記録",
        retention="終了から5年",
        public="public_id title about host_organization district effective_on ended_on initiated_by",
        c2="id authority version commission_key recorded_at made_by copied_from",
        c3c="host_person",
    )

    class Meta:
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(host_person__isnull=False, host_organization__isnull=True)
                | Q(host_person__isnull=True, host_organization__isnull=False),
                name="activity_has_one_host",
            )
        ]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The host."""
        if self.host_organization_id is not None:
            return frozenset({("organization", self.host_organization_id)})
        return frozenset({("person", self.host_person_id or 0)})


class Session(TenantModel):
    """回: one date of an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=8, blank=True, help_text="the code shown at the place, for attendance")
    cancelled_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="開催日の公開と出席の記録",
        retention="終了から5年",
        public="public_id activity starts_at ends_at place cancelled_on",
        c2="id authority code",
    )

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["authority", "starts_at"])]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The host of the activity."""
        return self.activity.owner_subjects()


class Opportunity(EditableModel):
    """出番: something one may join. Opened by an activity, seen by all once the town has approved it."""

    class Kind(models.TextChoices):
        """What one joins. A definition may name more kinds; these five are in every town's."""

        HELP = "help", "手を貸す"
        ROLE = "role", "役を受け持つ"
        EVENT = "event", "催しに行く"
        PLACE = "place", "居場所"
        PROGRAMME = "programme", "地域プログラム"

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="opportunities")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.PROTECT, related_name="opportunities")
    kind = models.CharField(max_length=20, default=Kind.HELP, help_text="a key of the definition's kinds")
    title = models.CharField(max_length=100)
    about = models.TextField(blank=True, max_length=2000)
    state = models.CharField(max_length=20, default="draft")
    when_text = models.CharField(
        max_length=100, blank=True, help_text="毎週水曜 13時30分 など; empty: from the session"
    )
    any_time = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    online = models.BooleanField(default=False)
    smallest_minutes = models.PositiveSmallIntegerField(default=30)
    capacity = models.PositiveSmallIntegerField(default=1)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    stage = models.CharField(max_length=40, blank=True, help_text="stage one should have reached; empty: any")
    first_timers = models.BooleanField(default=True)
    kept_places = models.PositiveSmallIntegerField(default=0, help_text="of the capacity, for first-timers")
    kept_until = models.DateField(null=True, blank=True, help_text="last day of the kept places; empty: by the town")
    opened_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="出番の公開と紹介",
        retention="終了から5年",
        public="public_id activity session kind title about when_text any_time place district online "
        "smallest_minutes capacity age_from age_to stage first_timers kept_places kept_until opened_on closes_on "
        "ended_on",
        c2="id authority version state recorded_at",
    )

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["authority", "state", "closes_on"])]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The host of the activity."""
        return self.activity.owner_subjects()


class OpportunityChange(TenantModel):
    """A dated change of state of an opportunity."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    declaration: ClassVar[Declaration] = declare(
        purpose="出番の状態の記録",
        retention="終了から5年",
        c2="id authority public_id opportunity before state effective_on recorded_at account",
    )

    class Meta:
        ordering = ["id"]


class OpportunityChoice(TenantModel):
    """One chip of an opportunity: theme, skill wanted, interest, slot, language, consideration, benefit, consent."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)

    declaration: ClassVar[Declaration] = declare(
        purpose="出番の分野と条件", retention="終了から5年", public="id authority public_id opportunity kind key"
    )

    class Meta:
        ordering = ["kind", "id"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "kind", "key"], name="opportunity_choice_once")]
        indexes = [models.Index(fields=["authority", "kind", "key"])]


class PersonRow(TenantModel):
    """A row about one person in this wing."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)s_set")

    class Meta(TenantModel.Meta):
        abstract = True

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person."""
        return frozenset({("person", self.person_id)})


class Bookmark(PersonRow):
    """気になる."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="bookmarks")
    effective_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="気になる出番", retention="本人の消去まで", c2="id authority public_id person effective_on ended_on",
        c3c="opportunity",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "opportunity"], condition=Q(ended_on=None), name="bookmark_once")
        ]


class Application(PersonRow):
    """応募: a person's request to join an opportunity. Places are given in the order of arrival, under a lock.

    ``first_timer``: whether the person had no participation when asking; decides about kept places. While ``offered``:
    ``answer_until`` when, whether the desk has to call (``by_desk``), and the hash of the link in the message.
    """

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=20, default="placed")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    message = models.CharField(max_length=300, blank=True)
    first_timer = models.BooleanField(default=False)
    offered_at = models.DateTimeField(null=True, blank=True)
    answer_until = models.DateTimeField(null=True, blank=True)
    by_desk = models.BooleanField(default=False)
    link_hash = models.CharField(max_length=64, blank=True, db_index=True)

    declaration: ClassVar[Declaration] = declare(
        purpose="応募の受付",
        retention=FIVE_YEARS,
        c2="id authority public_id person opportunity state effective_on recorded_at ended_at first_timer offered_at "
        "answer_until by_desk link_hash",
        c3c="message",
    )

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "opportunity"], condition=Q(ended_at=None), name="application_once"
            )
        ]

    def owner_subjects(self) -> frozenset[tuple[str, int]]:
        """The person, and the host who prepares the place."""
        return frozenset({("person", self.person_id)}) | self.opportunity.owner_subjects()


class NextThing(PersonRow):
    """つぎの出番: what somebody without a place was shown instead; two, with room on the day they were shown."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="next_things")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="shown_instead")
    effective_on = models.DateField()

    declaration: ClassVar[Declaration] = declare(
        purpose="席のない人への、次の出番の案内", retention="本人の消去まで",
        c2="id authority public_id person application effective_on", c3c="opportunity",
    )  # fmt: skip

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["application", "opportunity"], name="next_thing_once")]


class Participation(PersonRow):
    """参加: what happened."""

    class How(models.TextChoices):
        """How it was noticed."""

        LIST = "list", _("名簿で")
        QR = "qr", _("二次元コードで")
        CODE = "code", _("合言葉で")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="participations")
    opportunity = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    role = models.CharField(max_length=20, default="attended", help_text="attended, helped or led")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=How.choices, default=How.LIST)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="recorded by mistake; no longer counted")
    name_shown_on = models.DateField(
        null=True, blank=True, help_text="since when the person's name may be seen by the others of the session"
    )

    declaration: ClassVar[Declaration] = declare(
        purpose="参加の記録と数字の根拠",
        retention=FIVE_YEARS,
        c2="id authority public_id person session opportunity role minutes how effective_on recorded_at recorded_by "
        "withdrawn_at name_shown_on",
    )

    class Meta:
        ordering = ["effective_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "session"], condition=Q(withdrawn_at=None), name="participation_once"
            )
        ]
        indexes = [models.Index(fields=["authority", "effective_on"])]


class Tie(PersonRow):
    """つながり: who met whom, first time or again, through what; said by one side or both."""

    other_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="ties_as_other"
    )
    other_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="ties"
    )
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.PROTECT, related_name="ties")
    introduction_id = models.CharField(max_length=16, blank=True, help_text="public id, where one led to it")
    first_time = models.BooleanField(default=True)
    said_by = models.CharField(max_length=12, default="person", help_text="person, other or both")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="つながりの記録と数字の根拠",
        retention=FIVE_YEARS,
        c2="id authority public_id person other_person other_organization session introduction_id first_time said_by "
        "effective_on recorded_at",
    )

    class Meta:
        ordering = ["effective_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other_person__isnull=False) | Q(other_organization__isnull=False), name="tie_has_two_ends"
            )
        ]


class FirstMeeting(PersonRow):
    """The one question after a session: "はじめて会った人はいますか？". One answer a person and session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="first_meetings")
    answer = models.CharField(max_length=10, help_text="yes, no")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()

    declaration: ClassVar[Declaration] = declare(
        purpose="つながりの記録と数字の根拠",
        retention=FIVE_YEARS,
        c2="id authority public_id person session answer effective_on recorded_at",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "session"], name="first_meeting_once")]
