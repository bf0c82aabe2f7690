"""The command: what it prints, refuses and does not load."""

import json
import os
import subprocess
import sys
from pathlib import Path

import yui

QUESTION = {
    "k": 1,
    "persons": {"見本": {"tags": {"本": 2}}},
    "opportunities": {"o": {"tags": {"本": 3}}},
    "weights": {"tags": 1},
}
RUN = "import sys; from yui.engine.cli import main; sys.exit(main(sys.argv[1:]))"


def run(*words, given="", code=RUN):
    path = os.environ | {"PYTHONPATH": str(Path(yui.__file__).parents[1])}
    content = given.encode() if isinstance(given, str) else given
    return subprocess.run(
        [sys.executable, "-c", code, *words], input=content, capture_output=True, env=path, timeout=60, check=False
    )


def test_one_question_gives_one_answer():
    done = run("recommend", given=json.dumps(QUESTION))
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert answer["lists"] == {"見本": [{"id": "o", "score": 6, "parts": [{"term": "tag:本", "value": 6}]}]}
    assert all(set(step) == {"rule", "says", "values"} for step in answer["steps"])


def test_an_array_gives_answers_in_order(tmp_path):
    file = tmp_path / "questions.json"
    file.write_text(json.dumps([QUESTION, QUESTION | {"why_not": True}]), "utf-8")
    answers = json.loads(run("recommend", str(file)).stdout)
    assert ["excluded" in answer for answer in answers] == [False, True]
    assert json.loads(run("recommend", "-", given="[]").stdout) == []


def test_bad_input_gives_a_line_per_fault_and_no_output():
    done = run("recommend", given=json.dumps([QUESTION, QUESTION | {"k": 0, "weights": 3}, 5]))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "[1].k: 1 以上で書いてください",
        "[1].weights: {…} の形（オブジェクト）で書いてください",
        "[2]: {…} の形（オブジェクト）で書いてください",
    ]


def test_misuse_is_told_in_one_line():
    for words in ((), ("guess",), ("recommend", "a", "b"), ("recommend", "--fast"), ("recommend", "/nowhere.json")):
        done = run(*words)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, b"", 1)


def test_the_account_is_told_in_japanese():
    told = run("recommend", "--human", given=json.dumps(QUESTION)).stdout.decode()
    assert told.splitlines()[0] == "1. 1人それぞれに、1件の出番から合うものをさがしました。"
    assert "  1位 o 6点" in told.splitlines()


def test_django_is_not_loaded():
    code = "import sys; import yui.engine.cli; sys.exit(any(m.partition('.')[0] in ('django', 'jpholiday') for m in sys.modules))"
    assert run(code=code).returncode == 0


TOWN = {
    "persons": {"見本": {"prefs": ["甲", "乙"]}, "例示": {"prefs": ["甲"]}, "架空": {"prefs": ["乙"]}},
    "programs": {"甲": {"cap": 1, "prio": ["例示", "見本"]}, "乙": {"cap": 3, "min": 3}},
}


def test_an_answer_of_assign_is_verified_and_a_changed_one_is_not():
    answer = json.loads(run("assign", given=json.dumps(TOWN)).stdout)
    assert answer["matching"] == {"見本": [], "例示": ["甲"], "架空": []}
    case = {"instance": TOWN, "answer": answer}
    assert json.loads(run("verify", given=json.dumps(case)).stdout)["ok"] is True
    answer["matching"] |= {"見本": ["甲"], "例示": []}
    told = json.loads(run("verify", given=json.dumps(case)).stdout)
    assert (
        told["ok"] is False
        and "blocking_pair: 例示 は今の行き先より 甲 を望み、甲 にはその席があるはずです" in told["findings"]
    )


def test_who_goes_where_is_told_in_japanese():
    told = run("assign", "--human", given=json.dumps(TOWN)).stdout.decode().splitlines()
    assert "○ 例示 → 甲" in told and "－ 見本：優先の順が上の方で席がうまりました" in told
    assert "× 乙：入れる人のうち希望した人が、最少人数に足りませんでした（希望した人：架空、見本）" in told


def test_an_equilibrium_is_one_number_for_a_constant_table():
    done = run("equilibrium", given=json.dumps({"n": 4, "m": 2, "constant": 1}))
    assert json.loads(done.stdout)["residual"] <= 1e-9
    assert run("equilibrium", given='{"K": [[0]]}').returncode == 2


def test_every_question_answers_an_array_in_order():
    asked = {
        "shortlist": {"profile": "sanda", "qualified": []},
        "window": {"profile": "sanda", "clock": "explanation", "notice_date": "2025-07-18"},
        "receipt": {"profile": "kurihara", "deadline": "2024-06-20T17:00:00+09:00",
                    "received_at": "2024-06-20T17:00:00+09:00", "channel": "mail"},
        "honorarium": {"profile": "kurihara", "class": "A", "minutes": 70, "one_way_km": "320", "paid": 20250},
        "expenses": {"profile": "unnan", "lines": []},
        "deposit": {"profile": "sanda", "amount": 41640000, "head_office_in_town": False},
        "select": {"profile": "kurihara", "proposals": [], "members": ["M1"], "sheets": {}},
    }  # fmt: skip
    for question, one in asked.items():
        done = run(question, given=json.dumps([one, one | {"colour": 1}]))
        first, second = json.loads(done.stdout)
        assert first["steps"]
        assert (first["ignored"], second["ignored"]) == ([], ["colour"])
        faulty = run(question, given=json.dumps([one, one | {"profile": "konan"}]))
        assert (faulty.returncode, faulty.stdout) == (2, b"")
        assert faulty.stderr.decode().startswith("[1].profile: ")


def test_a_profile_is_shown_and_may_be_given_back():
    shown = json.loads(run("profile", "kurihara").stdout)
    assert shown["selection"]["aggregation"] == "rank_sum"
    assert shown["steps"]
    asked = {"profile": shown, "amount": 3_465_000}
    assert json.loads(run("deposit", given=json.dumps(asked)).stdout)["deposit"] == 346_500
    for words in (("profile",), ("profile", "konan"), ("profile", "../kurihara")):
        done = run(*words)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, b"", 1)


def test_an_account_of_a_selection_is_told_in_japanese():
    asked = {"profile": "sanda", "clock": "explanation", "notice_date": "2025-07-18"}
    told = run("window", "--human", given=json.dumps(asked)).stdout.decode().splitlines()
    assert told[0].startswith("1. 説明は、通知の日（令和7年7月18日（金））の翌日から数えて 7 日")


def test_a_question_of_rules_loads_nothing_dear():
    asked = {"profile": "kurihara", "proposals": [], "members": ["M1"]}
    code = (
        "import sys; from yui.engine.cli import main; main(sys.argv[1:]); "
        "sys.exit(any(m.partition('.')[0] in ('django', 'numpy', 'pydantic', 'yaml', 'jpholiday') for m in sys.modules))"
    )
    done = run("select", given=json.dumps(asked), code=code)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["status"] == "no_candidate"
