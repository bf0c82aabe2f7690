"""Which notices there are, what each says at the least, and the Word form in which it is written. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a notice tells its applicant."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NOT_INVITED = "not_invited"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"
    DISQUALIFIED = "disqualified"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    SCORES = "scores"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice that no call has to name: its key, its name, its outcome."""

    key: str
    name: str
    outcome: Outcome


DISQUALIFICATION = Kind("disqualification", "失格の通知", Outcome.DISQUALIFIED)
CANCELLATION = Kind("cancellation", "公募の取りやめの通知", Outcome.CANCELLED)
POSTPONEMENT = Kind("postponement", "公募の延期の通知", Outcome.POSTPONED)
SCORES = Kind("scores", "採点結果の通知", Outcome.SCORES)
OTHERS = {kind.key: kind for kind in (DISQUALIFICATION, CANCELLATION, POSTPONEMENT, SCORES)}
"""Sent where something happened; the others stand in the call's own list of notices."""
ON_WISH = frozenset({SCORES.key})
"""Nobody waits for these; they are sent where a town wants to."""

AGAINST = frozenset({Outcome.NOT_ELIGIBLE, Outcome.NOT_INVITED, Outcome.NOT_SELECTED, Outcome.DISQUALIFIED})
"""The applicant was not chosen: the reasons are told and the window for asking is open, where the call has them."""
WITH_REASONS = AGAINST | {Outcome.CANCELLED, Outcome.POSTPONED}
LABELS: dict[str, str] = {
    Outcome.ELIGIBLE: "選定",
    Outcome.NOT_ELIGIBLE: "資格なし",
    Outcome.NOT_INVITED: "非選定",
    Outcome.SELECTED: "特定",
    Outcome.NOT_SELECTED: "非特定",
    Outcome.DISQUALIFIED: "失格",
    Outcome.CANCELLED: "取りやめ",
    Outcome.POSTPONED: "延期",
    Outcome.SCORES: "採点結果",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A shipped Word form: its kind among the documents, its name, its sentences between greeting and reasons."""

    kind: str
    label: str
    sentences: tuple[str, ...]
    heading: str = "理由"


PAPERS: dict[str, Paper] = {
    Outcome.ELIGIBLE: Paper(
        "call_eligible",
        "公募の通知：参加資格審査結果（選定）",
        (
            "参加表明書を審査した結果、参加資格を確認し、企画提案書の提出者に選定しましたので、通知します。",
            "企画提案書は、公告に定めた期限までに提出してください。",
        ),
    ),
    Outcome.NOT_ELIGIBLE: Paper(
        "call_not_eligible",
        "公募の通知：参加資格審査結果（資格なし）",
        ("参加表明書を審査した結果、次の理由により、参加資格があると認められませんでしたので、通知します。",),
    ),
    Outcome.NOT_INVITED: Paper(
        "call_not_invited",
        "公募の通知：参加資格審査結果（非選定）",
        ("参加表明書を審査した結果、次の理由により、企画提案書の提出者に選定しませんでしたので、通知します。",),
    ),
    Outcome.SELECTED: Paper(
        "call_selected",
        "公募の通知：選定審査結果（特定）",
        (
            "企画提案書を審査した結果、貴者を契約の相手方の候補者に特定しましたので、通知します。",
            "契約の内容については、あらためて協議します。",
        ),
    ),
    Outcome.NOT_SELECTED: Paper(
        "call_not_selected",
        "公募の通知：選定審査結果（非特定）",
        ("企画提案書を審査した結果、貴者を契約の相手方の候補者に特定しませんでしたので、通知します。",),
    ),
    Outcome.DISQUALIFIED: Paper(
        "call_disqualified",
        "公募の通知：失格",
        ("次の理由により、この公募について失格としましたので、通知します。",),
    ),
    Outcome.CANCELLED: Paper(
        "call_cancelled", "公募の通知：取りやめ", ("この公募は、次の理由により取りやめましたので、通知します。",)
    ),
    Outcome.POSTPONED: Paper(
        "call_postponed",
        "公募の通知：延期",
        ("この公募は、次の理由により延期しましたので、通知します。", "あらためた日程は、決まりしだいお知らせします。"),
    ),
    Outcome.SCORES: Paper(
        "call_scores",
        "公募の通知：採点結果",
        ("企画提案書の採点の結果は、次のとおりです。貴者の点だけを記しています。",),
        heading="採点の結果",
    ),
}
EXPLANATION = "call_explanation"
"""The kind of the Word form in which an explanation is given."""
