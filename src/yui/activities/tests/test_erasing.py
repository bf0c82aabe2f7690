"""What is left of a person who is erased, and what a person may take along."""

import io
import json
import zipfile

from yui.activities.domain import (
    ActivityPlan,
    Attendance,
    OpportunityPlan,
    answer_first_meeting,
    apply_to_opportunity,
    bookmark,
    open_activity,
    record_attendance,
)
from yui.activities.models import Application, Bookmark, Participation
from yui.base import clock
from yui.base.measures.registry import figure
from yui.people.domain import erase_person
from yui.people.domain.own_data import export_own_data


def lived(sora):
    """Resident 0 applied with words, marked, came, met the host, and hosts an activity."""
    person, actor = sora.persons[0], sora.resident(0)
    opportunity = sora.open(capacity=1)
    apply_to_opportunity(actor=actor, opportunity=opportunity, person=person, message="見本だけの言葉")
    apply_to_opportunity(actor=sora.resident(1), opportunity=opportunity, person=sora.persons[1])
    bookmark(actor=actor, opportunity=opportunity, person=person)
    past = sora.open()
    session = sora.begin(past)
    record_attendance(actor=sora.desk, session=session, present=[Attendance(person)])
    answer_first_meeting(actor=actor, person=person, session=session, answer="yes", met_host=True)
    own = open_activity(
        actor=actor, host=person, plan=ActivityPlan("わたしの畑"), opportunities=[OpportunityPlan("草とり")]
    )
    return person, actor, opportunity, own


def test_erasing_ends_what_runs_frees_the_place_and_keeps_the_figures(sora):
    person, actor, opportunity, own = lived(sora)
    today = clock.today()
    before = figure("activities.participants", authority=sora.authority, start=today, end=today)
    erase_person(actor=actor, person=person)
    rows = Application.objects.filter(opportunity=opportunity).order_by("id")
    assert [(row.state, row.message) for row in rows] == [("cancelled", ""), ("offered", "")]
    assert not Bookmark.objects.filter(person=person).exists()
    own.refresh_from_db()
    assert (own.ended_on, own.opportunities.get().state) == (today, "ended")
    assert Participation.objects.filter(person=person).exists()
    assert figure("activities.participants", authority=sora.authority, start=today, end=today) == before == 1


def test_ones_own_data_holds_this_wings_rows_and_no_other_persons_name(sora):
    person, actor, _opportunity, _own = lived(sora)
    archive = zipfile.ZipFile(io.BytesIO(export_own_data(actor=actor, person=person)))
    text = archive.read("own-data.json").decode()
    assert "見本だけの言葉" in text
    for part in ("applications", "bookmarks", "participations", "first_meetings", "ties", "hosted_activities"):
        assert f"{part}.csv" in archive.namelist()
    assert sora.persons[1].display_name not in text
    assert json.loads(text)
