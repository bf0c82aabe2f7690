"""The states of a call, of an applicant and of a question, as tables. Imports no model and no view."""

from enum import StrEnum

from django.utils.translation import gettext_noop

from yui.engine.states import State, StateTable


class CallState(StrEnum):
    """Where a call stands. Between announcement and decision the days of its schedule tell the rest."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    POSTPONED = "postponed"
    SCORING = "scoring"
    SCORED = "scored"
    DECIDED = "decided"
    CONTRACTED = "contracted"
    NO_CANDIDATE = "no_candidate"
    CANCELLED = "cancelled"


_C = CallState
CALLS = StateTable(
    "call",
    (
        State(_C.DRAFT, "officer", "下書き", gettext_noop("準備中です")),
        State(_C.ANNOUNCED, "proposer", "公告した", gettext_noop("募集しています")),
        State(_C.POSTPONED, "officer", "延期した", gettext_noop("延期になりました")),
        State(_C.SCORING, "evaluator", "採点中", gettext_noop("審査しています")),
        State(_C.SCORED, "officer", "採点を締めた", gettext_noop("審査しています")),
        State(_C.DECIDED, "officer", "候補者を決めた", gettext_noop("候補者が決まりました")),
        State(_C.CONTRACTED, "officer", "契約した", gettext_noop("契約を結びました")),
        State(_C.NO_CANDIDATE, "officer", "候補者なし", gettext_noop("候補者はありませんでした")),
        State(_C.CANCELLED, "officer", "取りやめた", gettext_noop("取りやめになりました")),
    ),
    {
        _C.DRAFT: frozenset({_C.ANNOUNCED}),
        _C.ANNOUNCED: frozenset({_C.POSTPONED, _C.SCORING, _C.NO_CANDIDATE, _C.CANCELLED}),
        _C.POSTPONED: frozenset({_C.ANNOUNCED, _C.CANCELLED}),
        _C.SCORING: frozenset({_C.SCORED, _C.CANCELLED}),
        _C.SCORED: frozenset({_C.DECIDED, _C.NO_CANDIDATE, _C.CANCELLED}),
        _C.DECIDED: frozenset({_C.CONTRACTED, _C.NO_CANDIDATE, _C.CANCELLED}),
        _C.CONTRACTED: frozenset(),
        _C.NO_CANDIDATE: frozenset(),
        _C.CANCELLED: frozenset(),
    },
)
PUBLIC = frozenset(_C) - {_C.DRAFT}


class ApplicantState(StrEnum):
    """Where an applicant stands."""

    REGISTERED = "registered"
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    INVITED = "invited"
    NOT_INVITED = "not_invited"
    DISQUALIFIED = "disqualified"
    WITHDRAWN = "withdrawn"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"


_A = ApplicantState
_OUT = frozenset({_A.DISQUALIFIED, _A.WITHDRAWN})
APPLICANTS = StateTable(
    "call_applicant",
    (
        State(_A.REGISTERED, "proposer", "参加登録", gettext_noop("参加を登録しました")),
        State(_A.ELIGIBLE, "proposer", "資格あり", gettext_noop("参加資格を確認しました")),
        State(_A.NOT_ELIGIBLE, "officer", "資格なし", gettext_noop("参加資格がありませんでした")),
        State(_A.INVITED, "proposer", "提案を依頼", gettext_noop("企画提案書をお出しください")),
        State(_A.NOT_INVITED, "officer", "非選定", gettext_noop("企画提案書の提出者に選ばれませんでした")),
        State(_A.DISQUALIFIED, "officer", "失格", gettext_noop("失格となりました")),
        State(_A.WITHDRAWN, "proposer", "辞退", gettext_noop("辞退しました")),
        State(_A.SELECTED, "officer", "候補者", gettext_noop("候補者に選ばれました")),
        State(_A.NOT_SELECTED, "officer", "選ばれず", gettext_noop("候補者に選ばれませんでした")),
    ),
    {
        _A.REGISTERED: _OUT | {_A.ELIGIBLE, _A.NOT_ELIGIBLE},
        _A.ELIGIBLE: _OUT | {_A.NOT_ELIGIBLE, _A.INVITED, _A.NOT_INVITED, _A.SELECTED, _A.NOT_SELECTED},
        _A.NOT_ELIGIBLE: frozenset({_A.ELIGIBLE}),
        _A.INVITED: _OUT | {_A.NOT_ELIGIBLE, _A.SELECTED, _A.NOT_SELECTED},
        _A.NOT_INVITED: frozenset({_A.INVITED}),
        _A.DISQUALIFIED: frozenset(),
        _A.WITHDRAWN: frozenset(),
        _A.SELECTED: _OUT,
        _A.NOT_SELECTED: _OUT | {_A.SELECTED},
    },
)


class QuestionState(StrEnum):
    """Where a question stands. ``refused``: it came too late or by a way the call does not take."""

    RECEIVED = "received"
    REFUSED = "refused"
    DRAFTED = "drafted"
    APPROVED = "approved"
    PUBLISHED = "published"
    PRIVATE = "private"
    DECLINED = "declined"


_Q = QuestionState
QUESTIONS = StateTable(
    "call_question",
    (
        State(_Q.RECEIVED, "officer", "受け付けた", gettext_noop("受け付けました")),
        State(_Q.REFUSED, "proposer", "受け付けなかった", gettext_noop("受け付けられませんでした")),
        State(_Q.DRAFTED, "officer", "回答案", gettext_noop("回答を用意しています")),
        State(_Q.APPROVED, "officer", "承認した", gettext_noop("回答を用意しています")),
        State(_Q.PUBLISHED, "officer", "公表した", gettext_noop("回答しました")),
        State(_Q.PRIVATE, "officer", "質問者だけに回答", gettext_noop("あなたにだけ回答しました")),
        State(_Q.DECLINED, "officer", "回答しない", gettext_noop("回答しないことになりました")),
    ),
    {
        _Q.RECEIVED: frozenset({_Q.REFUSED, _Q.DRAFTED, _Q.DECLINED}),
        _Q.REFUSED: frozenset(),
        _Q.DRAFTED: frozenset({_Q.APPROVED, _Q.RECEIVED}),
        _Q.APPROVED: frozenset({_Q.PUBLISHED, _Q.PRIVATE, _Q.DRAFTED}),
        _Q.PUBLISHED: frozenset(),
        _Q.PRIVATE: frozenset(),
        _Q.DECLINED: frozenset(),
    },
)


class BatchState(StrEnum):
    """Where the notices of one kind stand. ``sending``: the job makes the papers and sends them."""

    DRAFT = "draft"
    ASKED = "asked"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"


_B = BatchState
BATCHES = StateTable(
    "call_notices",
    (
        State(_B.DRAFT, "officer", "下書き", gettext_noop("準備中です")),
        State(_B.ASKED, "officer", "承認待ち", gettext_noop("準備中です")),
        State(_B.APPROVED, "officer", "承認した", gettext_noop("準備中です")),
        State(_B.SENDING, "officer", "送っている", gettext_noop("準備中です")),
        State(_B.SENT, "officer", "送った", gettext_noop("通知しました")),
    ),
    {
        _B.DRAFT: frozenset({_B.ASKED}),
        _B.ASKED: frozenset({_B.DRAFT, _B.APPROVED}),
        _B.APPROVED: frozenset({_B.DRAFT, _B.SENDING}),
        _B.SENDING: frozenset({_B.SENT}),
        _B.SENT: frozenset(),
    },
)
