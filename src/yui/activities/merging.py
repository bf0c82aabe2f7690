"""What happens to the rows of this wing when two registrations become one.

Of two live applications for one opportunity the better placed and older goes on; the other is cancelled with the day. A
place that becomes free is given at the next change of places, so that the merge can be undone until then. Of two
participations in one session the older is counted.
"""

from typing import Any

from django.db.models import Q

from yui.activities.models import Activity, Application, Bookmark, FirstMeeting, NextThing, Participation, Tie
from yui.activities.states import ApplicationState
from yui.people.merge_rules import Pair, moves, on_merge

STANDING: dict[str, int] = {ApplicationState.PLACED: 0, ApplicationState.OFFERED: 1}
"""Who stands better; the others wait."""


def register() -> None:
    """Name the rules of this wing; called when the application is ready."""
    on_merge(Activity, "host_person", moves(Activity, "host_person"), "受け持っている企画")
    on_merge(
        Application, "person",
        moves(
            Application, "person", once=("opportunity_id",), running=Q(ended_at=None), ended=_cancelled,
            rank=lambda _pair, row: (STANDING.get(row.state, len(STANDING)), row.recorded_at, row.pk),
        ),
        "応募",
    )  # fmt: skip
    on_merge(
        Participation, "person",
        moves(
            Participation, "person", once=("session_id",), running=Q(withdrawn_at=None), ended=_withdrawn,
            rank=lambda _pair, row: (row.recorded_at, row.pk),
        ),
        "参加",
    )  # fmt: skip
    on_merge(
        Bookmark, "person",
        moves(
            Bookmark, "person", once=("opportunity_id",), running=Q(ended_on=None),
            ended=lambda pair, _row: {"ended_on": pair.today},
        ),
        "気になる出番",
    )  # fmt: skip
    on_merge(NextThing, "person", moves(NextThing, "person"))  # goes with its application
    on_merge(FirstMeeting, "person", moves(FirstMeeting, "person", once=("session_id",)), "出会いの答え")
    on_merge(Tie, "person", moves(Tie, "person"), "つながり")
    on_merge(Tie, "other_person", moves(Tie, "other_person"), "つながり")


def _cancelled(pair: Pair, _row: Any) -> dict[str, Any]:
    return {"state": str(ApplicationState.CANCELLED), "ended_at": pair.now}


def _withdrawn(pair: Pair, _row: Any) -> dict[str, Any]:
    return {"withdrawn_at": pair.now}
