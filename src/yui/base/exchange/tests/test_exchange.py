"""What leaves opens rightly and runs nothing."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from yui.base import clock
from yui.base.access.errors import Refused
from yui.base.access.permissions import Permission
from yui.base.audit.models import AuditEvent
from yui.base.exchange.csv import csv_bytes
from yui.base.exchange.leaving import record_leaving
from yui.base.exchange.package import BrokenPackage, json_package, read_package


def test_csv_has_a_bom_crlf_and_keeps_zeros_and_rare_letters():
    made = csv_bytes(["番号", "氏名", "日"], [["0012", '𠮷田 "例"', dt.date(2026, 4, 1)], [-5, None, True]])
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.count(b"\r\n") == 3
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows == [["番号", "氏名", "日"], ["0012", '𠮷田 "例"', "2026-04-01"], ["-5", "", "1"]]


@pytest.mark.parametrize("cell", ["=1+1", "+81", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(cell):
    [_, row] = csv.reader(io.StringIO(csv_bytes(["a"], [[cell]]).decode("utf-8-sig"), newline=""))
    assert row == [f"'{cell}"]


def test_a_row_of_the_wrong_length_or_a_float_is_a_defect():
    with pytest.raises(ValueError, match="cells"):
        csv_bytes(["a", "b"], [["1"]])
    with pytest.raises(TypeError):
        csv_bytes(["a"], [[0.1]])
    with pytest.raises(TypeError):
        json_package("x", 0.1, authority="sora", made_at=dt.datetime(2026, 4, 1, tzinfo=clock.TOKYO))


def test_a_package_comes_back_and_a_changed_one_does_not():
    content = {"on": dt.date(2026, 4, 1), "sum": Decimal("10.50"), "names": ["例示 花子"], "codes": {"b", "a"}}
    made = json_package("person", content, authority="sora", made_at=dt.datetime(2026, 4, 1, tzinfo=clock.TOKYO))
    assert read_package(made, "person") == {
        "on": "2026-04-01", "sum": "10.50", "names": ["例示 花子"], "codes": ["a", "b"],
    }  # fmt: skip
    for broken in (made.replace("花子".encode(), "太郎".encode()), b"[]", b"x"):
        with pytest.raises(BrokenPackage):
            read_package(broken, "person")
    with pytest.raises(BrokenPackage):
        read_package(made, "town")


def test_what_leaves_is_recorded_or_refused(sora, officer, somebody):
    record_leaving(actor=officer, what="desk_list", count=3, permission=Permission.PERSON_READ)
    event = AuditEvent.objects.get()
    assert (event.act, event.details, event.reason) == ("data.exported", {"what": "desk_list", "count": 3}, "export")
    with pytest.raises(Refused):
        record_leaving(
            actor=somebody(sora, "auditor"), what="desk_list", count=3, permission=Permission.PERSON_READ
        )  # fmt: skip
