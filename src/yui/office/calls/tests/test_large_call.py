"""What the pages of the committee ask of the database does not grow with proposals, members or items."""

import pytest
from benchmarks.calls import addresses, large_call
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.base.tenancy.scope import authority_scope
from yui.office.calls.tests.cast import call_town
from yui.office.calls.tests.committee_cast import browser

MOST = {"採点表": 16, "採点（1者）": 16, "審査委員会": 22, "選定": 26, "選定の記録（紙）": 17}


@pytest.mark.parametrize("size", [(3, 3, 5), (12, 6, 20)])
def test_queries_stay_within_their_budget_whatever_the_size(db, settings, tmp_path, size):
    settings.MEDIA_ROOT, settings.YUI_TODAY = tmp_path / "files", "2024-05-28"
    town = call_town("kurihara")
    with authority_scope(town.authority):
        call, seat = large_call(town, *size)
        found = {}
        for label, path, who in addresses(call, seat):
            client = browser(seat.account if who == "member" else town.officer)
            client.get(path)
            with CaptureQueriesContext(connection) as caught:
                answer = client.get(path)
            assert answer.status_code == 200, label
            found[label] = len([query for query in caught if "set_config(" not in query["sql"]])
    assert all(found[label] <= most for label, most in MOST.items()), found
