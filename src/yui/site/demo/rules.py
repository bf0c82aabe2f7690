"""The rules of lists in the demonstration town: two versions, one draft that was looked at beforehand, two runs."""

from yui.base.approvals.models import Approval, ApprovalStep
from yui.introductions.models import RuleChange, RuleVersion, TownRun
from yui.introductions.rules import in_force
from yui.introductions.runs import calculate
from yui.site.demo.people import Town

BEGUN, DECIDED, LAST_MONTH = 330, 120, 24
MOST = 12
"""出番 of the runs: a town's own take a while, and everybody waits for the demonstration."""
LIGHTER = "書くのが得意な方にかたよらないように、自由に書いたことばを軽くします。"
FIRST_TIMERS = "はじめての方にもっと声がとどくように、5人に1人を4人に1人にします。近さも少し重く見ます。"


def build_rules(town: Town) -> None:
    """The first version counted words twice; the second, which the definition says too, is in force."""
    values = in_force(town.authority).values
    first = RuleVersion.objects.filter(number=1)
    first.update(
        weights={**values.weights, "text": 2}, effective_on=town.ago(BEGUN), recorded_at=town.at(town.ago(BEGUN))
    )
    coordinator, officer = town.accounts["coordinator"], town.accounts["officer"]
    at = town.at(town.ago(DECIDED), 15)
    done = RuleChange.objects.create(
        authority=town.authority, **values.stored(), reason=LIGHTER, base=1, state="approved", made_by=coordinator,
        made_at=town.at(town.ago(DECIDED + 4)), edited_at=town.at(town.ago(DECIDED + 4)),
    )  # fmt: skip
    approval = Approval.objects.create(
        authority=town.authority, kind="rules", object_id=done.public_id, title="候補を出すきまりの変更",
        url=f"/{town.authority.key}/desk/fairness/rules/{done.public_id}/", state="approved", requested_by=coordinator,
        requested_at=town.at(town.ago(DECIDED + 3)), decided_by=officer, decided_at=at,
    )  # fmt: skip
    for step, by, day, comment in (
        ("request", coordinator, DECIDED + 3, "自由に書いたことば 2→1"), ("approve", officer, DECIDED, ""),
    ):  # fmt: skip
        ApprovalStep.objects.create(
            authority=town.authority,
            approval=approval,
            step=step,
            by=by,
            comment=comment,
            at=town.at(town.ago(day), 15),
        )
    RuleVersion.objects.create(
        authority=town.authority, **values.stored(), reason=LIGHTER, number=2, basis="approval",
        change_id=done.public_id, effective_on=at.date(), recorded_at=at, decided_by=officer, role="officer",
    )  # fmt: skip
    _draft(town)
    _runs(town)


def _draft(town: Town) -> None:
    """A change that waits for its author to ask for approval."""
    values, at = in_force(town.authority).values, town.at(town.ago(1), 11)
    stored = {**values.stored(), "one_in": 4, "weights": {**values.weights, "distance": 2}}
    change = RuleChange.objects.create(
        authority=town.authority, **stored, reason=FIRST_TIMERS, base=2, made_by=town.accounts["coordinator"],
        made_at=at, edited_at=at,
    )  # fmt: skip
    run = TownRun.objects.create(
        authority=town.authority, change=change, number=2, asked_at=town.at(town.ago(1), 11, 5), made_on=town.ago(1)
    )
    calculate(run, MOST)
    TownRun.objects.filter(pk=run.pk).update(done_at=town.at(town.ago(1), 11, 6))


def _runs(town: Town) -> None:
    """Today's, and one of some weeks ago with the same numbers."""
    now = TownRun.objects.create(
        authority=town.authority, number=2, asked_at=town.at(town.today, 6), made_on=town.today
    )
    calculate(now, MOST)
    now.refresh_from_db()
    before = town.ago(LAST_MONTH)
    TownRun.objects.create(
        authority=town.authority, number=2, asked_at=town.at(before, 6), made_on=before, done_at=town.at(before, 6, 1),
        seed=now.seed, facts=now.facts, lists=now.lists, figures=now.figures,
    )  # fmt: skip
