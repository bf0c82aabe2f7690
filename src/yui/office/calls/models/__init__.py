"""公募: a call, its questions, its applicants with their papers, its committee, and what came of it."""

from yui.office.calls.models.applicants import (
    Applicant,
    ConsortiumMember,
    Disqualification,
    EligibilityAnswer,
    Withdrawal,
)
from yui.office.calls.models.calls import Call, CallVersion
from yui.office.calls.models.committee import (
    CommitteeDecision,
    CommitteeMember,
    ConflictDeclaration,
    MemberOrder,
    Score,
    ScoreCorrection,
    ScoreSheet,
    ScoringStage,
)
from yui.office.calls.models.proposals import Proposal, SealOpening, SubmittedPaper
from yui.office.calls.models.questions import Question
from yui.office.calls.models.results import (
    DisclosureRequest,
    ExplanationRequest,
    Notice,
    NoticeBatch,
    Publication,
    Redaction,
    SelectionRecord,
)

__all__ = [
    "Applicant",
    "Call",
    "CallVersion",
    "CommitteeDecision",
    "CommitteeMember",
    "ConflictDeclaration",
    "ConsortiumMember",
    "DisclosureRequest",
    "Disqualification",
    "EligibilityAnswer",
    "ExplanationRequest",
    "MemberOrder",
    "Notice",
    "NoticeBatch",
    "Proposal",
    "Publication",
    "Question",
    "Redaction",
    "Score",
    "ScoreCorrection",
    "ScoreSheet",
    "ScoringStage",
    "SealOpening",
    "SelectionRecord",
    "SubmittedPaper",
    "Withdrawal",
]
