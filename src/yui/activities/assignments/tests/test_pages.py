"""The screens, as the desk walks through them; and the seed on none of them before the deadline."""

import io
import zipfile

import pytest
from django.core.cache import cache
from django.core.management import call_command

from yui.activities.assignments import domain, sealing
from yui.activities.assignments.models import ManualChange, RankedWish, Round, SealedSeed, WishSheet
from yui.activities.assignments.tests.conftest import build_round
from yui.people.domain.own_data import export_own_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tables(db):
    call_command("createcachetable", verbosity=0)
    cache.clear()


def send(client, path, **values):
    return client.post(f"/sora/{path}", values)


def test_a_round_is_written_with_a_region_and_a_reserve(today, sora):
    opportunity = sora.open(title="炭焼き", capacity=3, days=30)
    desk = sora.client(sora.official)
    days = {"opens_on": "2026/11/2", "closes_on": "2026/11/9", "track": "stable", "orientation": "person"}
    wrong = send(desk, "desk/assignments/new/", title="里山", **{**days, "closes_on": "2026/11/1"})
    assert wrong.status_code == 200 and "締め切りは、受付をはじめる日か" in wrong.content.decode()
    assert send(desk, "desk/assignments/new/", title="里山", **days).status_code == 302
    made = Round.objects.get()
    here = f"desk/assignments/{made.public_id}/"
    send(desk, f"{here}region/", name="石部", region_cap="2")
    places = {"opportunity": opportunity.public_id, "cap": "9", "region": made.regions.get().pk}
    assert "いま空いている席" in send(desk, f"{here}opportunity/", **places).content.decode()
    places |= {"cap": "３", "least": "1", "reserve_group": "高校生", "reserve_places": "1", "target": "1"}
    assert send(desk, f"{here}opportunity/", **places).status_code == 302
    row = made.programmes.get()
    assert (row.cap, row.least, row.region.name, row.reserve_group) == (3, 1, "石部", "高校生")
    line = f"desk/assignments/opportunities/{row.public_id}/"
    assert send(desk, line, cap="2", version="7").status_code == 200  # somebody saved in between
    assert send(desk, line, cap="2", version="1").status_code == 302
    send(desk, f"{here}announce/")
    made.refresh_from_db()
    assert made.state == "open"
    assert "みんなの希望を聞いて決めます" in desk.get(f"/sora/opportunities/{opportunity.public_id}/").content.decode()


def test_wishes_on_paper_the_hosts_side_and_a_change_by_hand(today, sora):
    made, programmes = build_round(sora, 1, 1)
    desk = sora.client(sora.coordinator)
    keys = [row.opportunity.public_id for row in programmes]
    person = sora.persons[0]
    given = {"about": f"person:{person.public_id}", "way": "paper", "wish_1": keys[1], "wish_2": keys[1]}
    here = f"desk/assignments/{made.public_id}/"
    assert "2回選ばれています" in send(desk, f"{here}wishes/new/", **given).content.decode()
    assert send(desk, f"{here}wishes/new/", **{**given, "wish_2": keys[0]}).status_code == 302
    sheet = WishSheet.objects.get()
    assert [wish.programme for wish in sheet.wishes.order_by("rank")] == [programmes[1], programmes[0]]
    first = sheet.wishes.get(rank=1)
    last = sheet.wishes.get(rank=2)
    send(
        desk, f"desk/assignments/wishes/{sheet.public_id}/", **{f"standing_{first.pk}": "0", f"standing_{last.pk}": "1"}
    )
    assert RankedWish.objects.get(pk=first.pk).standing == 0
    today("2026-11-10")
    send(desk, f"{here}step/")
    sheet.refresh_from_db()
    assert sheet.programme == programmes[0]
    change = f"desk/assignments/wishes/{sheet.public_id}/change/"
    assert send(desk, change, programme=programmes[1].public_id, kind="host").status_code == 200  # no words
    assert (
        send(desk, change, programme=programmes[1].public_id, kind="host", words="受け入れ先と相談").status_code == 302
    )
    assert ManualChange.objects.get().kind == "host"
    page = desk.get(f"/sora/{here}").content.decode()
    assert sheet.public_id in page and "受け入れる側の都合" in page
    assert "手で変えた" in desk.get(f"/sora/{here}wishes/").content.decode()


def test_the_seed_is_on_no_page_before_the_deadline(today, sora):
    made, programmes = build_round(sora, 1)
    sheet = domain.save_wishes(
        actor=sora.resident(0), round=made, person=sora.persons[0], wishes=programmes
    )  # fmt: skip
    domain.try_out(actor=sora.staff, round=made)
    row = SealedSeed.objects.get()
    hidden = (sealing.open_seal(row.sealed), row.sealed)
    here = f"desk/assignments/{made.public_id}/"
    pages = ["assignments/", f"assignments/{made.public_id}/", "desk/assignments/", here, f"{here}wishes/",
             f"desk/assignments/wishes/{sheet.public_id}/", "desk/audit/", f"my/assignments/{made.public_id}/wish/"]  # fmt: skip
    for account in (sora.official, sora.coordinator, sora.accounts[0]):
        client = sora.client(account)
        for page in pages:
            text = client.get(f"/sora/{page}").content.decode()
            assert not any(one in text for one in hidden), page
        for name in ("instance", "answer", "check"):
            assert client.get(f"/sora/assignments/{made.public_id}/{name}.json").status_code == 404
    with zipfile.ZipFile(io.BytesIO(export_own_data(actor=sora.resident(0), person=sora.persons[0]))) as archive:
        mine = archive.read("own-data.json").decode()
    assert sheet.public_id in mine and not any(one in mine for one in hidden)
