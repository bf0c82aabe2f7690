"""States as a table."""

from yui.engine.states import State, StateTable
from yui.engine.verdict import ALLOWED, Verdict, refused

TABLE = StateTable(
    "introduction",
    (
        State("proposed", "coordinator", "提案", "ご紹介の準備中"),
        State("asked", "resident", "双方意向確認", "お返事をお待ちしています"),
        State("met", "coordinator", "顔合わせ", "お会いしました"),
        State("declined", "coordinator", "見送り", "今回は見送り"),
    ),
    {"proposed": {"asked", "declined"}, "asked": {"met", "declined"}},
)


def test_a_sound_table_has_no_fault():
    assert TABLE.check() == ()
    assert (TABLE.start, TABLE.following("asked"), TABLE["met"].owner) == (
        "proposed",
        ("met", "declined"),
        "coordinator",
    )


def test_only_declared_moves_are_allowed_and_a_refusal_says_why():
    assert TABLE.allows("proposed", "asked")
    assert TABLE.allows("asked", "asked") == refused("state_same", state="asked")
    assert TABLE.allows("met", "asked") == refused("state_final", state="met")
    assert TABLE.allows("proposed", "met") == refused(
        "state_forbidden", frm="proposed", to="met", possible=("asked", "declined")
    )
    assert TABLE.allows("proposed", "lost") == refused("state_unknown", state="lost")


def test_a_broken_table_names_each_fault():
    broken = StateTable(
        "x", (State("a", "", "A", "A"), State("b", "r", "B", " "), State("b", "r", "B", "B")), {"a": {"c"}}
    )
    assert [(fault.path, fault.code) for fault in broken.check()] == [
        (("x", "b"), "state_twice"),
        (("x", "a"), "state_without_owner"),
        (("x", "b"), "state_without_resident_label"),
        (("x", "c"), "state_unknown"),
        (("x", "b"), "state_unreachable"),
    ]
    assert [fault.code for fault in StateTable("x", (), {}).check()] == ["states_none"]


def test_the_diagram_and_the_table_are_drawn_from_the_declaration():
    assert TABLE.mermaid() == (
        "stateDiagram-v2\n"
        '    state "提案" as proposed\n'
        '    state "双方意向確認" as asked\n'
        '    state "顔合わせ" as met\n'
        '    state "見送り" as declined\n'
        "    [*] --> proposed\n"
        "    proposed --> asked\n"
        "    proposed --> declined\n"
        "    asked --> met\n"
        "    asked --> declined\n"
        "    met --> [*]\n"
        "    declined --> [*]\n"
    )
    assert TABLE.table().splitlines()[2] == "| proposed | coordinator | 提案 | ご紹介の準備中 | asked, declined |"


def test_verdicts_join_to_the_first_refusal():
    first, second = refused("a", n=1), refused("b")
    assert ALLOWED & ALLOWED and not ALLOWED & first
    assert (first & second, ALLOWED & second, first & ALLOWED) == (first, second, first)
    assert Verdict() == ALLOWED
