"""声かけの内わけ: the numbers come from the lists, and no number brings a hidden one back."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.base.audit.models import AuditEvent
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import District
from yui.engine.calendar import add_months
from yui.introductions import domain
from yui.introductions.exposures import KNOWN, NEWCOMER, OF_PERSONS, UNTOLD, aloud, as_rows, exposures
from yui.introductions.forms import ended_periods
from yui.introductions.models import Candidate, Exposure
from yui.introductions.tests.conftest import TODAY, make_opportunity, make_person

pytestmark = pytest.mark.django_db
NOVEMBER = (dt.date(2026, 11, 1), TODAY)
AGREED = ("register", "introduce", "statistics")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def many(sora):
    """Two districts with twelve and four people who agreed, and three who did not agree to statistics; two lists."""
    other = District.objects.create(authority=sora.authority, key="kari", name="かり学区")
    for count, district, consents in ((12, sora.district, AGREED), (4, other, AGREED), (3, other, AGREED[:2])):
        for number in range(count):
            born = 1950 if number % 2 else 1990
            make_person(
                sora.authority, f"見本 {district.key}{number}", district=district, consents=consents, birth_year=born
            )
    second = make_opportunity(sora.authority, person=make_person(sora.authority, "架空 健一"), title="二つめ")
    for thing in (sora.opportunity, second):
        domain.make_candidate_list(actor=sora.actor(), opportunity=thing)
    return sora


def by_label(found, key):
    return {line.label: line.counts for table in found.tables if table.key == key for line in table.lines}


def ask(cast, people, on=TODAY):
    Exposure.objects.bulk_create(
        Exposure(
            authority=cast.authority, person=person, opportunity=cast.opportunity, organization=cast.organization,
            act="asked", effective_on=on, recorded_at=dt.datetime.combine(on, dt.time(12), dt.UTC),
        )
        for person in people
    )  # fmt: skip


def test_the_sums_are_those_of_the_candidate_lists(many):
    found = exposures(many.authority, *NOVEMBER)
    listed = Candidate.objects.filter(list__made_on__range=NOVEMBER)
    persons = set(listed.values_list("person_id", flat=True))
    assert found.totals[0] == len(persons) >= found.least
    for key in ("district", "age", "newness"):
        shown = [counts[0] for counts in by_label(found, key).values()]
        assert sum(count for count in shown if count is not None) <= len(persons)
        assert None in shown or sum(shown) == len(persons)
    agreed = listed.filter(person__consent_set__purpose="statistics")
    here = agreed.filter(person__district=many.district).values("person").distinct().count()
    assert by_label(found, "district")["見本学区"][0] in (here, None)
    hosted = listed.filter(opportunity=many.opportunity).values("person").distinct().count()
    assert by_label(found, "organization")["ひながた文庫"][0] == hosted


def test_without_anything_small_the_cells_add_up(sora):
    other = District.objects.create(authority=sora.authority, key="kari", name="かり学区")
    groups = [
        [make_person(sora.authority, district=place, consents=AGREED, birth_year=born) for _ in range(6)]
        for place, born in ((sora.district, 1950), (other, 1990))
    ]
    ask(sora, groups[0] + groups[1])
    ask(sora, groups[1], on=dt.date(2026, 10, 5))
    found = exposures(sora.authority, *NOVEMBER)
    assert found.totals == (0, 12, 0, 0, 0)
    assert by_label(found, "district") == {"見本学区": (0, 6, 0, 0, 0), "かり学区": (0, 6, 0, 0, 0)}
    assert by_label(found, "newness") == {NEWCOMER: (0, 6, 0, 0, 0), KNOWN: (0, 6, 0, 0, 0)}
    assert by_label(found, "organization") == {"ひながた文庫": (0, 12, 0, 0, 0)}
    assert aloud(found)[1:] == [
        "声をかけた方のうち、6人は、この期間にはじめて声がかかった方です。",
        "声をかけた方がいちばん多い地区は、見本学区の6人です。",
    ]


def test_the_total_does_not_give_the_small_district_away(sora):
    other = District.objects.create(authority=sora.authority, key="kari", name="かり学区")
    ask(sora, [make_person(sora.authority, district=sora.district, consents=AGREED) for _ in range(9)])
    ask(sora, [make_person(sora.authority, district=other, consents=AGREED) for _ in range(2)])
    found = exposures(sora.authority, *NOVEMBER)
    assert found.totals[1] == 11
    assert {label: counts[1] for label, counts in by_label(found, "district").items()} == {
        "見本学区": None, "かり学区": None,
    }  # fmt: skip
    assert "2" not in {str(cell) for row in as_rows(found) for cell in row}


def test_who_did_not_agree_to_statistics_is_in_no_district(sora):
    for consents in (AGREED, AGREED[:2]):
        ask(sora, [make_person(sora.authority, district=sora.district, consents=consents) for _ in range(5)])
    hidden = make_person(sora.authority, district=sora.district, consents=AGREED)
    ask(sora, [hidden])
    hidden.hidden = True
    hidden.save()
    counts = by_label(exposures(sora.authority, *NOVEMBER), "district")
    assert (counts["見本学区"][1], counts[UNTOLD][1]) == (5, 6)


def test_people_of_other_months_and_towns_are_not_counted(sora, hinata):
    ask(sora, [make_person(sora.authority, consents=AGREED) for _ in range(7)], on=dt.date(2026, 10, 31))
    assert exposures(sora.authority, *NOVEMBER).empty
    assert exposures(sora.authority, dt.date(2026, 10, 9), dt.date(2026, 10, 9)).totals[1] == 7


def signed_in(cast, account=None):
    client = Client()
    client.force_login(account or cast.coordinator, backend=BACKEND)
    session = client.session
    session["enrolled"] = True
    session.save()
    return client


def test_a_period_is_shown_when_it_has_ended_and_none_laps_over_another(many, settings):
    client, path = signed_in(many), town_url(many.authority, "introductions:exposures")
    page = client.get(path)
    assert page.context["found"].empty, "November's quarter has not ended"
    assert (page.context["found"].start, page.context["found"].end) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    for asked in ("?period=2026-04-7", "?first=2026-04&last=2026-10", "?period=2026-10-3"):
        assert client.get(path + asked).context["found"].empty
    settings.YUI_TODAY = "2027-01-01"
    assert not client.get(path).context["found"].empty
    offered = [(start, months) for start, months in ended_periods(dt.date(2027, 1, 1)) if months == 3]
    ends = [add_months(start, months) for start, months in offered]
    assert [start for start, _ in offered[:-1]] == ends[1:]
    assert max(ends) <= dt.date(2027, 1, 1)


def test_page_paper_and_file_show_the_same_numbers(many, settings):
    settings.YUI_TODAY = "2027-01-05"
    client = signed_in(many)
    page = client.get(town_url(many.authority, "introductions:exposures"))
    paper = client.get(town_url(many.authority, "introductions:exposures_sheet"))
    file = client.get(town_url(many.authority, "introductions:exposures_csv"))
    assert (page.status_code, paper.status_code, file.status_code) == (200, 200, 200)
    assert page.context["found"] == paper.context["found"]
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows[1:] == [[str(cell) for cell in row] for row in as_rows(page.context["found"])]
    assert OF_PERSONS in {row[1] for row in rows}
    assert "見本 mihon0" not in page.content.decode() + paper.content.decode() + file.content.decode()
    assert AuditEvent.objects.get(act="data.exported").details == {"what": "exposures", "count": len(rows) - 1}


def test_the_page_asks_as_often_for_many_as_for_few(many, settings):
    settings.YUI_TODAY = "2027-01-05"
    client = signed_in(many)
    path = town_url(many.authority, "introductions:exposures")
    client.get(path)

    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        return len(caught)

    before = cost()
    ask(many, [make_person(many.authority, district=many.district, consents=AGREED) for _ in range(20)])
    assert cost() == before <= 15
