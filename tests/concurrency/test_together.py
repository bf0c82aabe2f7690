"""Many at once through HTTP: never more places than there are, one answer, one report."""

import http.client
import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.concurrency.conftest import House

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
PLACES, ROUNDS, SECONDS = 10, 100, 60.0
TOKEN = "a" * 32  # a value of our own for the double-submit cookie
PLACED = """SELECT count(*) FROM activities_application a JOIN activities_opportunity o ON o.id = a.opportunity_id
            WHERE o.public_id = %s AND a.state IN ('placed', 'offered') AND a.ended_at IS NULL"""


def post(address: str, path: str, session: str, **fields: str) -> tuple[int, str]:
    """Send a form as one signed-in person; status and text."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request(
            "POST", path, urlencode({**fields, "csrfmiddlewaretoken": TOKEN}),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"yui={session}; yui-csrf={TOKEN}"},
        )  # fmt: skip
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def get(address: str, path: str, session: str) -> str:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": f"yui={session}"})
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_fifty_apply_for_ten_places_while_others_cancel(house: House) -> None:
    opportunity = house.cast["opportunity"]
    chance = random.Random(8)
    applied: dict[int, str] = {}
    until = time.monotonic() + SECONDS
    rounds, statuses = 0, {200: 0, 302: 0, 409: 0}

    def act(number: int) -> tuple[int, int]:
        session, address = house.cast["residents"][number], house.addresses[number % 2]
        if number in applied:
            path = f"/konan/my/applications/{applied[number]}/cancel/"
        else:
            path = f"/konan/opportunities/{opportunity}/apply/"
        return number, post(address, path, session)[0]

    with ThreadPoolExecutor(16) as many:
        while rounds < ROUNDS and time.monotonic() < until:
            rounds += 1
            order = list(range(50))
            chance.shuffle(order)
            doing = [many.submit(act, number) for number in (order if rounds == 1 else order[:25])]
            while not all(one.done() for one in doing):
                assert house.ask(PLACED, opportunity)[0][0] <= PLACES
                time.sleep(0.02)
            for one in doing:
                statuses[one.result()[1]] = statuses.get(one.result()[1], 0) + 1
            assert house.ask(PLACED, opportunity)[0][0] <= PLACES
            applied = _applied(house, opportunity)
    assert set(statuses) == {200, 302, 409}, statuses
    assert statuses[302] > 50
    assert rounds >= 5
    waiting = len(applied) - PLACES
    assert house.ask(PLACED, opportunity)[0][0] == PLACES, "who waited is asked when a place becomes free"
    assert waiting >= 0


def _applied(house: House, opportunity: str) -> dict[int, str]:
    """Number of the resident → public id of the application that lives."""
    rows = house.ask(
        """SELECT c.email, a.public_id FROM activities_application a
           JOIN activities_opportunity o ON o.id = a.opportunity_id JOIN people_proxy x ON x.person_id = a.person_id
           JOIN accounts_account c ON c.id = x.account_id
           WHERE o.public_id = %s AND a.ended_at IS NULL AND a.state IN ('placed', 'offered', 'waiting')""",
        opportunity,
    )
    return {int(mail.removeprefix("many").partition("@")[0]): key for mail, key in rows}


def test_two_staff_answer_one_introduction_at_once(house: House) -> None:
    for introduction in house.cast["introductions"]:
        path = f"/konan/desk/introductions/{introduction}/answer/host/"

        def answer(number: int, path: str = path) -> tuple[int, str]:
            words = ("yes", "no")[number]
            return post(house.addresses[number], path, house.cast["desk"][number], yes=words, how="phone")

        with ThreadPoolExecutor(2) as both:
            (one, first), (other, second) = both.map(answer, range(2))
        assert sorted((one, other)) == [302, 409], (one, other)
        assert "お返事" in (first if one == 409 else second)
        rows = house.ask(
            """SELECT count(*) FROM introductions_answer a JOIN introductions_introduction i ON i.id = a.introduction_id
               WHERE i.public_id = %s AND a.side = 'host'""",
            introduction,
        )
        assert rows == [(1,)]


def test_a_worker_killed_in_the_middle_of_the_report(house: House) -> None:
    month = _past_month(house)
    house.month = f"{month}-01"
    page, there = f"/konan/desk/reports/r8/{month}/", _versions(house)
    for version in range(there + 1, there + 6):
        status, text = post(house.addresses[0], f"{page}make/", house.cast["officer"], reason=f"なおし{version}")
        assert status == 302, text[-500:]
        killed = _kill_in_the_middle(house, version)
        _finished(house, version)
        if killed:
            break
    assert killed, "the job was over before it could be killed, five times"
    rows = house.ask(
        "SELECT number, state, word_id <> '' AND excel_id <> '', public_id FROM reports_monthlyreport"
        " WHERE month = %s ORDER BY number",
        house.month,
    )
    assert [row[0] for row in rows] == list(range(1, version + 1))
    assert rows[-1][1:3] == ("made", True)
    documents = house.ask(
        "SELECT kind, count(*) FROM documents_document WHERE related_id = %s GROUP BY kind", rows[-1][3]
    )
    assert dict(documents) == {"monthly_report": 1, "monthly_report_rows": 1}
    assert get(house.addresses[1], page, house.cast["officer"]).count("月次報告（ワード）") == version


def _past_month(house: House) -> str:
    """The newest month of the commission that is over."""
    listing = get(house.addresses[0], "/konan/desk/reports/", house.cast["officer"])
    return sorted({piece[:7] for piece in listing.split("/konan/desk/reports/r8/")[1:]})[-2]


def _versions(house: House) -> int:
    return int(house.ask("SELECT count(*) FROM reports_monthlyreport WHERE month = %s", house.month)[0][0])


def _kill_in_the_middle(house: House, version: int) -> int:
    """kill -9 to every worker as soon as one has begun the run and not ended it; the number of those killed."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        state = house.ask("SELECT r.state FROM jobs_jobrun r ORDER BY r.id DESC LIMIT 1")
        if state and state[0][0] == "running":
            workers = [pid for server in house.servers for pid in _workers(server.pid)]
            for pid in workers:
                os.kill(pid, signal.SIGKILL)
            left = house.ask("SELECT state FROM jobs_jobrun ORDER BY id DESC LIMIT 1")[0][0]
            if left != "running":
                return 0
            house.ask("UPDATE jobs_jobrun SET lease_until = 1 WHERE state = 'running'")  # the lease alone grows old
            return len(workers)
        if (
            state
            and state[0][0] == "done"
            and house.ask(
                "SELECT 1 FROM reports_monthlyreport WHERE month = %s AND number = %s AND state = 'made'",
                house.month,
                version,
            )
        ):
            return 0
    pytest.fail("no worker took the job")


def _workers(parent: int) -> list[int]:
    """Processes of ours that ``yui serve`` started as workers."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if b"worker\x00" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def _finished(house: House, version: int) -> None:
    until = time.monotonic() + 150
    while not house.ask(
        "SELECT 1 FROM reports_monthlyreport WHERE month = %s AND number = %s AND state = 'made'", house.month, version
    ):
        assert time.monotonic() < until, house.ask(
            "SELECT state, attempts, error FROM jobs_jobrun ORDER BY id DESC LIMIT 1"
        )
        time.sleep(0.3)
