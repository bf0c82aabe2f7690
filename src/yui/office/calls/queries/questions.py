"""Reading questions: those of the desk with their deadline, those that are public, an applicant's own."""

from typing import Any

from yui.base import clock
from yui.engine.selection import answer_receipt
from yui.office.calls.models import Applicant, Call, Question
from yui.office.calls.queries.announcing import UNANSWERED, answered_late, answers_due, question_cut_off
from yui.office.calls.rules import Announced, rules_of
from yui.office.calls.states import QUESTIONS, QuestionState
from yui.office.calls.wording import CHANNELS, told

TONES = {
    QuestionState.RECEIVED: "warn", QuestionState.REFUSED: "", QuestionState.DRAFTED: "info",
    QuestionState.APPROVED: "info", QuestionState.PUBLISHED: "ok", QuestionState.PRIVATE: "ok",
    QuestionState.DECLINED: "",
}  # fmt: skip


def times_of(announced: Announced, language: str = "ja") -> dict[str, Any]:
    """Until when questions are taken and answered, by which ways."""
    rules = announced.rules.questions
    until = question_cut_off(announced)
    return {
        "until": told(announced.moment(rules.until).closes.value, language),
        "due": told(announced.moment(rules.answered).closes.value, language),
        "channels": [CHANNELS[one] for one in rules.channels.value],
        "open": until is not None and clock.now() <= until,
    }


def desk_questions(call: Call) -> dict[str, Any]:
    """Every question, with what waits against the deadline for answers."""
    announced = rules_of(call)
    rows = [
        {
            "question": one, "state": QUESTIONS[one.state], "tone": TONES[QuestionState(one.state)],
            "late": answered_late(announced, one), "channel": CHANNELS[one.channel],
        }
        for one in Question.objects.filter(call=call).order_by("number")
    ]  # fmt: skip
    waiting = sum(1 for row in rows if row["question"].state in UNANSWERED)
    due = answers_due(announced)
    return {
        "rows": rows, "waiting": waiting, "times": times_of(announced),
        "overdue": bool(waiting) and due is not None and clock.today() > due,
        "days": (due - clock.today()).days if due is not None else None,
    }  # fmt: skip


def question_words(announced: Announced, question: Question) -> dict[str, Any]:
    """How a question came, why it was not taken where it was not, and whether its answer was late."""
    return {
        "channel": CHANNELS[question.channel],
        "arrived": question.received_at.astimezone(clock.TOKYO).strftime("%H:%M:%S"),
        "why": receipt_words(announced, question) if question.verdict else [],
        "late": answered_late(announced, question),
        "times": times_of(announced),
    }


def receipt_words(announced: Announced, question: Question) -> list[str]:
    """Why the engine did not take a question, in its sentences."""
    deadline = question_cut_off(announced)
    assert deadline is not None
    answer = answer_receipt({
        "profile": announced.plain_profile, "kind": "question", "channel": question.channel,
        "deadline": deadline.isoformat(),
        "received_at": question.received_at.astimezone(clock.TOKYO).replace(microsecond=0).isoformat(),
    })  # fmt: skip
    steps: Any = answer["steps"]
    return [str(step["says"]) for step in steps]


def public_questions(call: Call, announced: Announced) -> list[dict[str, Any]]:
    """The published questions with their answers, by number; who asked is not among what is read."""
    found = Question.objects.filter(call=call, state=QuestionState.PUBLISHED).order_by("number")
    rows = found.only("public_id", "number", "masked", "answer", "answered_at", "call_id", "authority_id")
    return [{"question": one, "late": answered_late(announced, one)} for one in rows]


def takes_web(announced: Announced) -> bool:
    """Whether an applicant may ask on the web."""
    return "web" in announced.rules.questions.channels.value


def own_questions(applicant: Applicant, announced: Announced) -> list[dict[str, Any]]:
    """An applicant's own questions."""
    answered = (QuestionState.PUBLISHED, QuestionState.PRIVATE)
    return [
        {
            "question": one, "state": QUESTIONS[one.state], "tone": TONES[QuestionState(one.state)],
            "answer": one.answer if one.state in answered else "",
            "why": receipt_words(announced, one) if one.verdict else [],
        }
        for one in Question.objects.filter(applicant=applicant).order_by("number")
    ]  # fmt: skip
