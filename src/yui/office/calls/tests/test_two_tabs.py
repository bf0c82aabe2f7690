"""Two tabs at once, on PostgreSQL: one draft, one submission, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from yui.base.access.errors import NotPossible
from yui.base.tenancy.scope import authority_scope
from yui.office.calls import domain
from yui.office.calls.models import Proposal, SubmittedPaper
from yui.office.calls.tests.cast import call_town
from yui.office.calls.tests.papers import at, pdf, register, with_web

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TABS = 6


@pytest.fixture
def town(settings, tmp_path, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("rows are held on PostgreSQL")
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", "2024-05-28"
    made = call_town("kurihara")
    with authority_scope(made.authority):
        with_web(made)
        at(monkeypatch, "2024-06-03 10:00")
        yield made


def at_once(town, act):
    """What came of the same act in several tabs: a value, or the code of the refusal."""

    def one(number):
        try:
            with authority_scope(town.authority):
                return act(number)
        except NotPossible as problem:
            return problem.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TABS) as tabs:
        return list(tabs.map(one, range(TABS)))


def test_uploads_of_several_tabs_meet_in_one_draft_which_is_handed_in_once(town):
    firm, actor = register(town, "firm")

    def add(number):
        return domain.add_paper(
            actor=actor,
            applicant=firm,
            stage="proposal",
            paper="oath",
            upload=pdf(f"tab {number}"),
            name=f"{number}.pdf",
        ).sha256

    sums = at_once(town, add)
    assert len(set(sums)) == TABS
    draft = Proposal.objects.get(applicant=firm)
    assert set(draft.papers.values_list("sha256", flat=True)) == set(sums)

    def hand_in(_number):
        return domain.submit_proposal(actor=actor, applicant=firm, stage="proposal", although_missing=True).state

    assert sorted(at_once(town, hand_in)) == ["handed_in"] * (TABS - 1) + ["received"]
    assert Proposal.objects.get(applicant=firm).state == "received"
    assert SubmittedPaper.objects.filter(proposal__applicant=firm).count() == TABS


def test_a_stage_is_opened_once_by_two_officers_at_once(town, monkeypatch):
    at(monkeypatch, "2024-06-21 10:00")
    officers = [town.actor(town.officer), town.actor(town.second)]

    def opened(number):
        made = domain.open_seals(
            actor=officers[number % 2], call=town.call, stage="proposal", witness="架空 健一"
        )  # fmt: skip
        return made.stage

    assert sorted(at_once(town, opened)) == ["opened"] * (TABS - 1) + ["proposal"]
