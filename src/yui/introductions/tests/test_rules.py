"""The rules of lists: drafted, looked at beforehand, approved by somebody else; the versions of before stay."""

import dataclasses
from fractions import Fraction

import pytest
from django.test import Client

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.access.models import Grant
from yui.base.approvals.domain import approve, return_for_change
from yui.base.approvals.queries import approval_of
from yui.base.jobs.models import JobRun
from yui.introductions import domain
from yui.introductions.domain.rules import KIND, keep_rules
from yui.introductions.models import Exposure, RuleChange, RuleVersion, TownRun
from yui.introductions.recomputing import recompute, rules_of
from yui.introductions.rules import in_force
from yui.introductions.run_words import changes_of, figures_of, told_of_change
from yui.introductions.runs import NEW, NOW, calculate, run_of
from yui.introductions.tests.conftest import make_opportunity, make_person
from yui.introductions.tests.test_pages import signed_in, staff, to


@pytest.fixture(autouse=True)
def demo(settings):
    settings.YUI_DEMO = True


@pytest.fixture
def town(sora):
    """Two persons for one 出番: one with the skill, one with the theme."""
    sora.reader = make_person(sora.authority, "見本 太郎", skills=("reading",), district=sora.district)
    sora.teacher = make_person(
        sora.authority, "例示 花子", skills=(), themes=("kyoiku", "kosodate"), district=sora.district
    )
    sora.officer = staff(sora, "officer")
    return sora


def changed(cast, **weights):
    values = in_force(cast.authority).values
    return dataclasses.replace(values, weights={**values.weights, **weights})


def drafted(cast, **weights):
    return domain.draft_rules(
        actor=cast.actor(), values=changed(cast, **(weights or {"tags": 0})), reason="分野より手を重く見るため。"
    )


def looked_at(cast, change):
    domain.preview_rules(actor=cast.actor(), change=change)
    run = run_of(change)
    calculate(run)
    run.refresh_from_db()
    return run


def approved(cast, change):
    looked_at(cast, change)
    domain.request_rules(actor=cast.actor(), change=change)
    approve(actor=cast.actor(cast.officer), approval=approval_of(KIND, change.public_id))


def order(cast):
    made = domain.make_candidate_list(actor=cast.actor(), opportunity=cast.opportunity)
    return made, [row.person_id for row in made.candidates.order_by("rank")]


def test_an_approval_brings_a_dated_version_and_the_one_before_stays(town):
    before = in_force(town.authority)
    assert before.number == 1 and not RuleVersion.objects.exists()
    change = drafted(town, tags=0, skills=9)
    assert in_force(town.authority).values == before.values  # a draft changes nothing
    approved(town, change)
    now = in_force(town.authority)
    assert (now.number, now.since, now.row.role) == (2, clock.today(), "officer")
    assert now.values.weights["skills"] == 9 and now.row.reason == "分野より手を重く見るため。"
    first = RuleVersion.objects.get(number=1)
    assert first.weights == before.values.weights and first.basis == "definition"
    with pytest.raises(TypeError):
        first.save()


def test_a_list_is_made_and_computed_again_by_the_version_of_its_time(town):
    made, first = order(town)
    assert first[0] == town.teacher.pk and made.rule["version"] == 1
    approved(town, drafted(town, tags=0, skills=9))
    later, then = order(town)
    assert then[0] == town.reader.pk and later.rule["version"] == 2 and later.pk != made.pk
    again = recompute(town.authority, made)
    assert again.same_facts and again.same and rules_of(town.authority, made).number == 1
    assert recompute(town.authority, later).same


def test_nobody_approves_what_they_drafted_and_nothing_unseen_is_asked_for(town):
    Grant.objects.create(
        authority=town.authority, account=town.officer, role="coordinator", starts_on=clock.today()
    )  # fmt: skip
    mine = domain.draft_rules(actor=town.actor(town.officer), values=changed(town, text=4), reason="ことばを見る。")
    with pytest.raises(NotPossible, match="先に"):
        domain.request_rules(actor=town.actor(town.officer), change=mine)
    looked_at(town, mine)
    domain.request_rules(actor=town.actor(), change=mine)  # another sends it on: still one's own draft
    with pytest.raises(Refused):
        approve(actor=town.actor(town.officer), approval=approval_of(KIND, mine.public_id))
    assert not RuleVersion.objects.exists() and RuleChange.objects.get().state == "review"


def test_what_is_written_anew_is_calculated_anew(town):
    change = drafted(town)
    looked_at(town, change)
    change = domain.edit_rules(
        actor=town.actor(), change=change, values=changed(town, tags=1), reason="書きなおし。", version=change.version
    )
    assert run_of(change) is None
    with pytest.raises(NotPossible):
        domain.request_rules(actor=town.actor(), change=change)


def test_of_two_changes_the_later_is_not_approved_on_old_ground(town):
    one, other = drafted(town, tags=0), drafted(town, time=7)
    looked_at(town, other)
    domain.request_rules(actor=town.actor(), change=other)
    approved(town, one)
    with pytest.raises(NotPossible, match="ほかの変更"):
        approve(actor=town.actor(town.officer), approval=approval_of(KIND, other.public_id))
    assert in_force(town.authority).number == 2
    return_for_change(
        actor=town.actor(town.officer), approval=approval_of(KIND, other.public_id), comment="計算しなおす"
    )
    other.refresh_from_db()
    assert other.state == "returned"


def test_the_preview_says_what_would_change_and_shows_nobody(town):
    change = drafted(town, tags=0, skills=9)
    run = looked_at(town, change)
    (found,) = changes_of(run)
    assert found.before[0] == town.teacher.public_id and found.after[0] == town.reader.public_id
    assert "候補の一覧が変わるのは1件です" in told_of_change(run)[0]
    assert not Exposure.objects.exists()
    assert figures_of(run, NOW).kept <= 100 and Fraction(run.figures[NEW]["gini_things"]) == 0


def test_the_figures_of_a_run_by_hand(town):
    """Two 出番, two persons; one 出番 open to nobody: shown twice in the first place and never."""
    make_opportunity(
        town.authority, town.organization, title="だれも合わない出番", district=town.district, age_from=5, age_to=6
    )
    run = TownRun.objects.create(
        authority=town.authority, number=1, asked_at=clock.now(), made_on=clock.today()
    )  # fmt: skip
    calculate(run)
    run.refresh_from_db()
    found = figures_of(run)
    shown = run.facts["persons"] - run.figures[NOW]["persons_without"]
    assert run.figures[NOW]["mean"] == str(Fraction(shown * 10**6, 2))
    assert run.figures[NOW]["gini_things"] == "1/2" and found.gini_things == 50 and found.gini_hosts == 0
    assert found.least == 0 and len(found.never) == 1 and found.fresh == 100 and found.prices is None


def test_a_run_by_prices_names_all_of_them(town):
    values = dataclasses.replace(in_force(town.authority).values, rule="price")
    change = domain.draft_rules(actor=town.actor(), values=values, reason="よく出る出番をおさえる。")
    run = looked_at(town, change)
    assert set(figures_of(run, NEW).prices) == {town.opportunity.public_id}
    assert 0 <= figures_of(run, NEW).kept <= 100


def test_a_definition_that_is_loaded_changes_nothing_and_says_so(town, konan_data):
    other = {**konan_data, "introductions": {**konan_data["introductions"]}}
    weights = {**other["introductions"]["weights"], "tags": {"default": 9, "note": "試し"}}
    other["introductions"] = {**other["introductions"], "weights": weights}
    (sentence,) = keep_rules(actor=town.actor(), before=konan_data, after=other)
    assert "分野は3（定義では9）" in sentence
    assert RuleVersion.objects.get().weights["tags"] == 3 and in_force(town.authority).values.weights["tags"] == 3
    assert keep_rules(actor=town.actor(), before=other, after=konan_data) == []
    assert RuleVersion.objects.count() == 1


def test_the_first_load_writes_the_first_version(sora, konan_data):
    assert keep_rules(actor=sora.actor(), before={}, after=konan_data) == []
    row = RuleVersion.objects.get()
    assert (row.number, row.basis, row.rule, row.one_in) == (1, "definition", "newcomer_share", 5)


def test_the_pages_from_draft_to_publication(town, django_capture_on_commit_callbacks):
    desk, officer, anybody = signed_in(town.coordinator), signed_in(town.officer), Client()
    page = desk.get(to(town, "rule_new")).content.decode()
    assert "いまのきまりの合計は15" in page
    given = {f"weight_{term}": str(n) for term, n in in_force(town.authority).values.weights.items()}
    given |= {"band_0": "10", "band_1": "6", "band_2": "２", "rule": "newcomer_share", "one_in": "5", "reason": ""}
    wrong = desk.post(to(town, "rule_new"), {**given, "weight_tags": "三", "band_2": "50"})
    said = wrong.content.decode()
    assert wrong.status_code == 422 and "0から20までの整数で書いてください。" in said
    assert "なぜ変えるのかを書いてください。" in said and "近い方の点（6）より" in said and 'value="三"' in said
    same = desk.post(to(town, "rule_new"), {**given, "reason": "ため"})
    assert same.status_code == 422 and "いまのきまりと同じです" in same.content.decode()
    answer = desk.post(
        to(town, "rule_new"), {**given, "weight_tags": "０", "weight_skills": "9", "reason": "手を重く。"}
    )
    change = RuleChange.objects.get()
    here = to(town, "rule_change", public_id=change.public_id)
    assert answer["Location"].endswith(here) and "まだ計算していません" in desk.get(here).content.decode()
    step = to(town, "rule_step", public_id=change.public_id)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(step, {"step": "preview"})
    assert "計算しています" in desk.get(here).content.decode() and JobRun.objects.get().kind.endswith("town_run")
    calculate(run_of(change))
    seen, counted = desk.get(here).content.decode(), officer.get(here).content.decode()
    assert "候補の一覧が変わるのは1件" in seen and "見本 太郎" in seen
    assert "見本 太郎" not in counted and "新しくのる" in counted  # the officer sees no candidates, so no names
    desk.post(step, {"step": "request"})
    approve(actor=town.actor(town.officer), approval=approval_of(KIND, change.public_id))
    public = anybody.get(f"/{town.authority.key}/fairness/").content.decode()
    assert "手を重く。" in public and "市の担当職員" in public and "雛形" not in public
    assert "第2版" in desk.get(to(town, "rules")).content.decode()


def test_the_fairness_page_tells_the_run_and_the_rule(town):
    run = TownRun.objects.create(authority=town.authority, number=1, asked_at=clock.now(), made_on=clock.today())
    calculate(run)
    for name in ("fairness", "fairness_sheet"):
        page = (
            signed_in(staff(town, "auditor") if name == "fairness" else town.officer)
            .get(to(town, name))
            .content.decode()
        )
        assert "出番のあいだのかたよりは0" in page and "第1版" in page and "だれの一覧にも出ない出番は0件" in page
        assert "点の合計は" in page and "値段（引く点）はありません" in page


def test_under_prices_a_list_is_asked_with_those_that_the_newest_run_published(town):
    values = dataclasses.replace(in_force(town.authority).values, rule="price")
    approved(town, domain.draft_rules(actor=town.actor(), values=values, reason="よく出る出番をおさえる。"))
    before, _ = order(town)
    assert before.rule["fairness"] == {"rule": "price", "prices": {}} and before.rule["version"] == 2
    run = TownRun.objects.get(change=None)
    calculate(run)
    TownRun.objects.filter(pk=run.pk).update(
        figures={NOW: {**TownRun.objects.get(pk=run.pk).figures[NOW], "prices": {town.opportunity.public_id: 3}}}
    )
    made, _ = order(town)
    assert made.rule["fairness"]["prices"] == {town.opportunity.public_id: 3} and made.rule["version"] == 2
    points = {row.person_id: row.score for row in before.candidates.all()}
    assert {row.person_id: row.score + 3 for row in made.candidates.all()} == points
    assert recompute(town.authority, before).same and recompute(town.authority, made).same
