"""`yui engine QUESTION [FILE|-] [--human]`: decisions anyone can recompute. No database, clock, network or Django.

`yui engine profile NAME` shows a shipped rule profile; an object of that shape may stand in a question.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from yui.engine.faults import Fault, Faults
from yui.engine.human import account
from yui.engine.profile import answer_profile
from yui.engine.reading import load
from yui.engine.sentences import line

Answer = dict[str, object]

QUESTIONS: Mapping[str, str] = {
    "recommend": "matching",
    "assign": "matching.assignment",
    "verify": "matching.verification",
    "equilibrium": "matching.equilibrium",
    "select": "selection",
    "shortlist": "selection",
    "window": "selection",
    "receipt": "selection",
    "honorarium": "expenses",
    "expenses": "expenses",
    "deposit": "selection",
}
"""Question → the organ that has its function `answer_…` and its sentences. Only the organ that is asked is loaded."""

OK, BAD_INPUT = 0, 2


def main(argv: Sequence[str]) -> int:
    """Answer one question or an array of them. Exit 2, a line per fault and no output where the input is bad."""
    human = "--human" in argv
    words = [word for word in argv if word != "--human"]
    organ = ""
    try:
        if not 1 <= len(words) <= 2 or any(word.startswith("--") for word in words):
            raise Faults([Fault((), "usage", {"choices": ", ".join(QUESTIONS)})])
        if words[0] == "profile":
            answers: Answer | list[Answer] = answer_profile(words[1] if len(words) == 2 else "")
        elif words[0] not in QUESTIONS:
            raise Faults([Fault((words[0],), "unknown_question", {"choices": ", ".join(QUESTIONS)})])
        else:
            organ = QUESTIONS[words[0]]
            answers = answer_each(load(_content(words[1] if len(words) == 2 else "-")), answerer(words[0]))
    except Faults as wrong:
        for fault in wrong.faults:
            sys.stderr.write(line(fault, organ) + "\n")
        return BAD_INPUT
    text = _human(answers) if human else json.dumps(answers, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
    return OK


def answerer(question: str) -> Callable[[object], Answer]:
    """The function that answers a question. KeyError for one that does not exist."""
    found: Callable[[object], Answer] = getattr(
        import_module(f"yui.engine.{QUESTIONS[question]}"), f"answer_{question}"
    )
    return found


def answer_each(asked: object, answer: Callable[[object], Answer]) -> Answer | list[Answer]:
    """One answer, or one for each question of an array in order. Raises the Faults of all of them together."""
    if not isinstance(asked, list):
        return answer(asked)
    answers: list[Answer] = []
    faults: list[Fault] = []
    for number, question in enumerate(asked):
        try:
            answers.append(answer(question))
        except Faults as wrong:
            faults += [fault.inside(number) for fault in wrong.faults]
    if faults:
        raise Faults(faults)
    return answers


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError:
        raise Faults([Fault((), "no_file", {"name": name})]) from None


def _human(answers: Answer | list[Answer]) -> str:
    return "\n".join(account(one) for one in (answers if isinstance(answers, list) else [answers]))
