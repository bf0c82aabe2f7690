"""call-*.yaml: one call for proposals (公募): schedule, eligibility, papers, criteria, selection, notices.

Pure: no Django. Points are whole, shares exact fractions. What the document leaves open is a setting with a default.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from yui.base.definitions.schema import Item, Part, Positive, Problem, Section, Setting, Share, Yen, by_key
from yui.office.calls.examples import EXAMPLES
from yui.office.calls.schedule import Hours, Moment, Window
from yui.office.calls.selection_examples import SELECTION_EXAMPLES
from yui.office.definition import Document


class Statement(Item):
    """Something the document says or asks, in our own words."""

    name: str
    summary: str


class Stage(Item):
    """A stage of the call: papers in, a judgement, a notice. ``due`` and ``notice`` are keys of the schedule."""

    number: Positive
    name: str
    due: str
    notice: str


class Requirement(Item):
    """応募資格・参加資格: all must hold. ``evidence`` are keys of papers."""

    number: str
    group: Literal["basic", "other"]
    name: str
    summary: str
    grounds: list[Statement] = []
    evidence: list[str] = []
    first: Setting[date] | None = None
    last: Setting[date] | None = None
    years: Setting[Positive] | None = None


class Limits(Part):
    """How a paper must look. What is not limited is left out."""

    size: Setting[str] | None = None
    sides: Setting[str] | None = None
    writing: Setting[str] | None = None
    pages: Setting[Positive] | None = None
    pages_of: Setting[str] | None = None
    not_counted: Setting[str] | None = None
    larger_sheet: Setting[str] | None = None
    least_points: Setting[Positive] | None = None
    in_principle: Setting[bool] | None = None
    page_numbers: Setting[bool] | None = None
    colour: Setting[str] | None = None


class CallPaper(Item):
    """提出書類. ``form`` is the form's number, None where the form is free; ``copies`` as asked in all."""

    number: str
    name: str
    stage: str | None
    needed: Literal[
        "always", "corporation", "unincorporated", "unregistered", "on_instruction", "question", "withdrawal"
    ]
    form: Setting[str] | None = None
    copies: Setting[Positive] | None = None
    originals: Setting[Positive] | None = None
    duplicates: Setting[Positive] | None = None
    for_each: Setting[str] | None = None
    within_months: Setting[Positive] | None = None
    years: Setting[Positive] | None = None
    limits: Limits | None = None
    contents: list[Statement] = []
    headings: list[Statement] = []


Channel = Literal["mail", "hand", "email", "phone", "web"]


class Submission(Part):
    """How papers come in. ``ways`` is read, ``channels`` are the same as codes."""

    ways: Setting[str]
    channels: Setting[list[Channel]]
    place: Setting[str]
    by_arrival: Setting[bool]
    hours: Hours | None = None
    replacement_after_deadline: Setting[Literal["no", "in_principle_no"]]
    replacement_before_deadline: Setting[bool]
    proposals_each: Setting[Positive]
    returned: Setting[bool]
    last_instant_in: Setting[bool]


class Questions(Part):
    """質疑. ``until`` and ``answered`` are keys of the schedule; ``paper`` of a paper."""

    paper: str
    until: str
    answered: str
    channel: Setting[str]
    channels: Setting[list[Channel]]
    subject: Setting[str] | None = None
    spoken: Setting[bool]
    answered_where: Setting[str]
    private_answers: Setting[bool]
    may_be_declined: Setting[bool]


class Level(Item):
    """A step of a graded criterion. ``points`` None: the document leaves them open; entered before announcement."""

    order: Positive
    name: str
    points: Setting[int | None]


class Criterion(Item):
    """評価項目. The key is the code by which scores name it."""

    number: str
    name: str
    summary: str
    points: Setting[Positive]
    levels: list[Level] = []


class CriteriaGroup(Item):
    """分類. ``stage`` is a key of the stages; ``points`` is the sum that the document prints."""

    number: str
    name: str
    stage: str
    points: Setting[Positive]
    criteria: Annotated[list[Criterion], Field(min_length=1)]


class Tie(Item):
    """One step of the tie chain. ``groups`` are the groups whose points decide."""

    order: Positive
    rule: Literal["higher_points", "lower_estimate", "higher_total", "member_ranks", "committee"]
    groups: list[str] = []


class Floor(Part):
    """最低基準: ``points`` for each member, or a ``share`` of full marks for the mean over all."""

    measured: Setting[Literal["each_member", "mean_of_members"]]
    points: Setting[Positive] | None = None
    share: Setting[Share] | None = None
    of_points: Setting[Positive] | None = None


class Shortlist(Part):
    """Cutting the number of proposers before proposals are written."""

    from_number: Setting[Positive]
    choose: Setting[Positive]
    about: Setting[bool]
    exceptions: Setting[str]


class Selection(Part):
    """How one is chosen out of all sheets."""

    body: Setting[str]
    aggregation: Setting[Literal["rank_sum", "total", "mean", "place_count"]]
    full_marks: Setting[Positive]
    distinct_ranks: Setting[bool]
    chosen: Setting[Positive]
    floor: Floor
    below_floor: Setting[str]
    majority_at_floor: Setting[bool]
    single_judged: Setting[bool]
    single_passes: Setting[Literal["majority_at_floor", "mean_at_floor"]]
    no_candidate: Setting[Literal["call_again", "no_candidate"]]
    ties: Annotated[list[Tie], Field(min_length=1)]
    shortlist: Shortlist | None = None
    paper_only: Setting[bool]
    estimate_gate: Setting[bool]
    runner_up: Setting[Literal["next_recorded", "staff_decides"]]
    runner_up_grounds: list[Statement] = []
    members_counted: Setting[str]
    late_disqualification: Setting[str]
    over_yearly_limit: Setting[Literal["not_applicable", "point_out", "disqualify"]]


class Presentation(Part):
    """プレゼンテーション. ``on`` is a key of the schedule. None: the document leaves it open."""

    on: str
    talk_minutes: Setting[Positive | None]
    question_minutes: Setting[Positive | None]
    most_people: Setting[Positive | None]
    speaker: Setting[str]
    equipment: Setting[str]
    place: Setting[str]


class Notice(Item):
    """通知. ``on`` is a key of the schedule. ``reasons``: whoever was not chosen is told why."""

    name: str
    to: str
    on: str
    in_writing: Setting[bool]
    channels: Setting[str]
    reasons: Setting[bool]
    explanation: Window | None = None


class Publication(Part):
    """What of the result is published, and where; nothing where the document names nothing."""

    published: Setting[bool]
    what: Setting[str]
    all_names: Setting[bool] | None = None
    """Whether those who were not adopted are named too; not unless it is written."""


class Deposit(Part):
    """契約保証金: at least a share of the contract, rounded up to the yen."""

    share: Setting[Share]
    local_share: Setting[Share] | None = None
    local: Setting[str] | None = None
    rounding: Setting[Literal["up"]]
    waived: Setting[str]


class Call(Part):
    """call-*.yaml. ``mail_written``: the letter that stands for the @ of a published address, where the call hides it.

    The schedule has ``announced``, ``contract`` and ``contract_end``; a call that lacks one is not announced.
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*$")]
    commission: str
    title: Setting[str]
    method: Setting[str]
    document: Document
    purposes: Annotated[list[Statement], Field(min_length=1)]
    themes: list[Statement] = []
    cap: Setting[Yen]
    contact: Setting[str]
    tel: Setting[str] | None = None
    mail: Setting[str] | None = None
    mail_written: Setting[str] | None = None
    schedule: Annotated[list[Moment], Field(min_length=1)]
    stages: Annotated[list[Stage], Field(min_length=1)]
    eligibility: Annotated[list[Requirement], Field(min_length=1)]
    papers: Annotated[list[CallPaper], Field(min_length=1)]
    submission: Submission
    questions: Questions
    criteria: Annotated[list[CriteriaGroup], Field(min_length=1)]
    selection: Selection
    presentation: Presentation
    disqualifications: Annotated[list[Statement], Field(min_length=1)]
    withdrawal: Statement
    notices: Annotated[list[Notice], Field(min_length=1)]
    publication: Publication
    may_be_postponed: Setting[bool]
    may_be_cancelled: Setting[bool]
    deposit: Deposit
    terms: list[Statement]


def _check_references(definition: Any, call: Call) -> Iterator[Problem]:
    if call.commission not in {one.key for one in definition.commissions}:
        yield Problem(("commission",), f"業務「{call.commission}」の commission-*.yaml がありません。")
    moments, stages = by_key(call.schedule), by_key(call.stages)
    papers, groups = by_key(call.papers), by_key(call.criteria)
    named: list[tuple[tuple[str | int, ...], str, Any, str]] = [
        (("questions", "paper"), call.questions.paper, papers, "papers"),
        (("questions", "until"), call.questions.until, moments, "schedule"),
        (("questions", "answered"), call.questions.answered, moments, "schedule"),
        (("presentation", "on"), call.presentation.on, moments, "schedule"),
    ]
    for i, stage in enumerate(call.stages):
        named += [(("stages", i, name), getattr(stage, name), moments, "schedule") for name in ("due", "notice")]
    for i, paper in enumerate(call.papers):
        named += [(("papers", i, "stage"), paper.stage, stages, "stages")] if paper.stage else []
    for i, one in enumerate(call.eligibility):
        named += [(("eligibility", i, "evidence", n), key, papers, "papers") for n, key in enumerate(one.evidence)]
    named += [(("criteria", i, "stage"), group.stage, stages, "stages") for i, group in enumerate(call.criteria)]
    named += [(("notices", i, "on"), notice.on, moments, "schedule") for i, notice in enumerate(call.notices)]
    for i, tie in enumerate(call.selection.ties):
        named += [(("selection", "ties", i, "groups", n), key, groups, "criteria") for n, key in enumerate(tie.groups)]
    for path, key, known, where in named:
        if key not in known:
            yield Problem(path, f"「{key}」は {where} にありません。")


def _check_points(_definition: Any, call: Call) -> Iterator[Problem]:
    for index, group in enumerate(call.criteria):
        if sum(one.points.value for one in group.criteria) != group.points.value:
            yield Problem(("criteria", index, "points"), "評価項目の配点の合計と合いません。")
    if sum(group.points.value for group in call.criteria) != call.selection.full_marks.value:
        yield Problem(("selection", "full_marks"), "分類の配点の合計と合いません。")
    codes = [one.key for group in call.criteria for one in group.criteria]
    for key in sorted({key for key in codes if codes.count(key) > 1}):
        yield Problem(("criteria",), f"評価項目のキー「{key}」が重なっています。")


def _check_order(_definition: Any, call: Call) -> Iterator[Problem]:
    if [tie.order for tie in call.selection.ties] != list(range(1, len(call.selection.ties) + 1)):
        yield Problem(("selection", "ties"), "同点のときの order は 1, 2, 3… の順に書いてください。")
    if call.selection.ties[-1].rule != "committee":
        yield Problem(("selection", "ties"), "最後は委員会の協議（committee）にしてください。仕組みは選びません。")
    if [stage.number for stage in call.stages] != list(range(1, len(call.stages) + 1)):
        yield Problem(("stages",), "段階の number は 1, 2, 3… の順に書いてください。")
    floor = call.selection.floor
    if (floor.points is None) == (floor.share is None):
        yield Problem(("selection", "floor"), "最低基準は、点（points）か割合（share）のどちらか一方です。")


def _check_cap(definition: Any, call: Call) -> Iterator[Problem]:
    for commission in definition.commissions:
        budget = commission.budget if commission.key == call.commission else None
        if budget is not None and budget.limit.value != call.cap.value:
            yield Problem(("cap",), "業務の budget の額と合いません。")


SECTION = Section(
    name="call",
    file="call-*.yaml",
    model=Call,
    many=True,
    optional=True,
    checks=(_check_references, _check_points, _check_order, _check_cap),
    examples=EXAMPLES | SELECTION_EXAMPLES,
)
