"""What the public page of a call shows: all from the version in force."""

from typing import Any

from yui.base import clock
from yui.office.calls.definition import CallPaper
from yui.office.calls.domain.versions import in_force
from yui.office.calls.models import Call
from yui.office.calls.queries.announcing import TONES
from yui.office.calls.queries.questions import public_questions, takes_web, times_of
from yui.office.calls.queries.wordings import amendments_of, rule_sentences
from yui.office.calls.rules import Announced, rules_in, rules_of_each
from yui.office.calls.states import CALLS, CallState
from yui.office.calls.wording import CHANNELS, NEEDED, copies_of, hidden_mail, schedule_lines, told


def list_rows(calls: list[Call], language: str) -> list[dict[str, Any]]:
    """Calls in the list: until when the first papers are taken, and the cap."""
    held = rules_of_each(calls)
    return [_list_row(one, held[one.pk], language) for one in calls]


def _list_row(call: Call, announced: Announced, language: str) -> dict[str, Any]:
    first = announced.rules.stages[0]
    return {
        "call": call, "state": CALLS[call.state], "tone": TONES[CallState(call.state)],
        "due": told(announced.moment(first.due).closes.value, language), "cap": f"{announced.rules.cap.value:,}",
    }  # fmt: skip


def call_context(call: Call, language: str) -> dict[str, Any]:
    """Everything of the page."""
    version = in_force(call)
    assert version is not None
    announced = rules_in(version)
    rules = announced.rules
    version.call = call
    return {
        "rules": rules,
        "version_number": version.number,
        "cap": f"{rules.cap.value:,}",
        "lines": schedule_lines(rules, language),
        "stages": [_stage(announced, stage.key, language) for stage in rules.stages],
        "other_papers": [_paper(one) for one in rules.papers if one.stage is None],
        "channels": [CHANNELS[one] for one in rules.submission.channels.value],
        "sentences": rule_sentences(version),
        "contact": _contact(call, announced),
        "questions": public_questions(call, announced),
        "asking": times_of(announced, language),
        "asks_here": takes_web(announced),
        "amendments": amendments_of(call),
        "term": {key: told(announced.moment(key).closes.value, language) for key in ("contract", "contract_end")},
        "taking": _taking(announced),
    }


def _stage(announced: Announced, key: str, language: str) -> dict[str, Any]:
    stage = announced.stage(key)
    groups = [one for one in announced.rules.criteria if one.stage == key]
    return {
        "stage": stage,
        "due": told(announced.moment(stage.due).closes.value, language),
        "papers": [_paper(one) for one in announced.papers(key)],
        "groups": groups,
        "points": sum(group.points.value for group in groups),
    }


def _paper(paper: CallPaper) -> dict[str, Any]:
    return {"paper": paper, "needed": NEEDED[paper.needed], "copies": copies_of(paper)}


def _contact(call: Call, announced: Announced) -> dict[str, str]:
    rules, town = announced.rules, call.authority.contact
    letter = rules.mail_written.value if rules.mail_written else ""
    mail = rules.mail.value if rules.mail else town.get("mail", "")
    return {
        "desk": rules.contact.value,
        "tel": rules.tel.value if rules.tel else town.get("phone", ""),
        "mail": hidden_mail(mail, letter),
        "letter": letter,
    }


def _taking(announced: Announced) -> bool:
    deadline = announced.deadline(announced.last_stage.key)
    return deadline is not None and clock.now() <= deadline
