"""The roles: what each is for, what it may do anywhere in the authority, and what with its own things only."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from yui.base.access.permissions import Permission as P


@dataclass(frozen=True, slots=True)
class Role:
    """A role. ``everywhere``: for every row of the authority. ``own``: for rows whose owner the actor is."""

    key: str
    label: str
    purpose: str
    everywhere: frozenset[P] = frozenset()
    own: frozenset[P] = frozenset()
    staff: bool = True
    """Staff sign in with a second factor and see the desk."""
    by_engagement: bool = False
    """Held through an engagement and ending with it."""


RESIDENT = Role(
    "resident",
    gettext_noop("住民"),
    "登録した本人と、その代理の人。自分のことだけを見て、変えられる。",
    own=frozenset(
        {
            P.PERSON_READ, P.PERSON_WRITE, P.PERSON_EXPORT, P.PERSON_ERASE, P.CONTACT_READ, P.CONSENT_WRITE,
            P.STAGE_AGREE, P.BOOKMARK_WRITE, P.APPLICATION_READ, P.APPLICATION_WRITE, P.TIE_WRITE,
            P.INTRODUCTION_READ, P.INTRODUCTION_ANSWER, P.ACTIVITY_READ, P.ACTIVITY_WRITE, P.OPPORTUNITY_SUBMIT,
            P.ATTENDANCE_WRITE, P.ORGANIZATION_WRITE,
        }
    ),
    staff=False,
)  # fmt: skip
ORGANIZATION = Role(
    "organization",
    gettext_noop("団体の構成員"),
    "団体の企画と出番を受け持つ。候補は名前なしで見え、本人の「はい」のあとに名前が見える。",
    own=frozenset(
        {
            P.ORGANIZATION_READ, P.ORGANIZATION_WRITE, P.ACTIVITY_READ, P.ACTIVITY_WRITE, P.OPPORTUNITY_SUBMIT,
            P.ATTENDANCE_WRITE, P.CANDIDATES_READ, P.INTRODUCTION_READ, P.INTRODUCTION_ANSWER, P.TIE_WRITE,
            P.APPLICATION_READ,
        }
    ),
    staff=False,
)  # fmt: skip
_DESK = frozenset(
    {
        P.PERSON_SEARCH, P.PERSON_READ, P.PERSON_WRITE, P.PERSON_REGISTER_BY_PROXY, P.CONTACT_READ, P.CONSENT_WRITE,
        P.PERSON_MERGE,
        P.STAGE_PROPOSE, P.STAGE_AGREE, P.CONTACT_NOTE_READ, P.CONTACT_NOTE_WRITE, P.CONCERN_WRITE,
        P.ORGANIZATION_READ, P.ORGANIZATION_WRITE, P.ACTIVITY_READ, P.ACTIVITY_WRITE, P.OPPORTUNITY_SUBMIT,
        P.APPLICATION_READ, P.APPLICATION_WRITE, P.ATTENDANCE_WRITE, P.TIE_WRITE, P.CANDIDATES_READ,
        P.INTRODUCTION_READ, P.INTRODUCTION_WRITE, P.INTRODUCTION_ANSWER, P.FAIRNESS_READ, P.DESK_READ,
        P.FIGURES_READ, P.APPROVAL_REQUEST, P.COMMISSION_READ, P.MEETING_WRITE, P.REPORT_READ, P.LETTER_PRINT,
        P.FILE_READ, P.DEFINITION_READ, P.JOB_READ, P.JOB_RETRY, P.PROSPECT_READ, P.PROSPECT_WRITE, P.PERSON_IMPORT,
        P.ASSIGNMENT_READ, P.ASSIGNMENT_WRITE,
    }
)  # fmt: skip
COORDINATOR = Role(
    "coordinator",
    gettext_noop("中間支援コーディネーター"),
    "人と出番をつなぐ。電話を受け、記録し、紹介を起こす。",
    everywhere=_DESK,
    by_engagement=True,
)
CONTRACTOR_LEAD = Role(
    "contractor_lead",
    gettext_noop("受託者 主任者"),
    "業務全体を受け持つ。月次報告をまとめ、成果物と書類を出す。",
    everywhere=_DESK
    | {P.COMMISSION_WRITE, P.REPORT_WRITE, P.PERSON_EXPORT, P.EXPENSE_READ, P.EXPENSE_WRITE, P.EVIDENCE_READ},
    own=frozenset({P.CONTRACT_READ, P.CONTRACT_REQUEST, P.CONTRACT_FILES}),
    by_engagement=True,
)
OFFICER = Role(
    "officer",
    gettext_noop("市の担当職員"),
    "承認し、月次報告を受け、数字の根拠をたしかめる。制度の登録と定義を守る。",
    everywhere=frozenset(
        {
            P.PERSON_SEARCH, P.PERSON_READ, P.PERSON_WRITE, P.PERSON_REGISTER_BY_PROXY, P.CONTACT_READ,
            P.CONSENT_WRITE, P.CONTACT_NOTE_READ, P.CONTACT_NOTE_WRITE, P.CONCERN_WRITE, P.ORGANIZATION_READ,
            P.ORGANIZATION_WRITE, P.ACTIVITY_READ, P.ACTIVITY_WRITE, P.INTRODUCTION_READ, P.FAIRNESS_READ,
            P.OFFICER_HOME_READ, P.FIGURES_READ, P.APPROVAL_REQUEST, P.APPROVAL_DECIDE, P.COMMISSION_READ,
            P.COMMISSION_WRITE, P.MEETING_WRITE, P.REPORT_READ, P.REPORT_WRITE, P.MONTH_LOCK, P.TEMPLATE_WRITE,
            P.LETTER_PRINT, P.FILE_READ, P.DEFINITION_READ, P.DEFINITION_LOAD, P.AUDIT_READ, P.JOB_READ,
            P.JOB_RETRY, P.SHARING_READ, P.SHARING_WRITE, P.TOWNS_READ, P.TOWNS_WRITE, P.PERSON_ERASE, P.PERSON_MERGE,
            P.PERSON_IMPORT, P.PERSON_EXPORT, P.PROSPECT_READ, P.PROSPECT_WRITE, P.ASSIGNMENT_READ, P.ASSIGNMENT_WRITE,
            P.ASSIGNMENT_PUBLISH, P.CALL_READ, P.CALL_WRITE, P.CALL_DECIDE, P.PROPOSAL_READ, P.PROPOSAL_WRITE,
            P.SCORES_READ,
            P.EXPENSE_READ, P.EXPENSE_SETTLE,
            P.CONTRACT_READ, P.CONTRACT_WRITE, P.CONTRACT_REQUEST, P.CONTRACT_FILES,
            P.EVIDENCE_READ,
        }
    ),
)  # fmt: skip
AUDITOR = Role(
    "auditor",
    gettext_noop("監査・検査"),
    "数字とその根拠、記録のつながりを見る。人の名前と連絡先は見ない。",
    everywhere=frozenset(
        {
            P.FAIRNESS_READ, P.FIGURES_READ, P.COMMISSION_READ, P.REPORT_READ, P.DEFINITION_READ, P.AUDIT_READ,
            P.SHARING_READ, P.TOWNS_READ, P.ASSIGNMENT_READ, P.CALL_READ,
            P.EXPENSE_READ,
            P.CONTRACT_READ,
        }
    ),
)  # fmt: skip
ADMINISTRATOR = Role(
    "administrator",
    gettext_noop("システム管理者"),
    "アカウントと役割を受け持つ。登録の内容は見ない。",
    everywhere=frozenset({P.ACCOUNT_MANAGE, P.DEFINITION_READ, P.AUDIT_READ, P.JOB_READ, P.JOB_RETRY}),
)
EVALUATOR = Role(
    "evaluator",
    gettext_noop("審査委員"),
    "公募の企画提案を採点する。開封のあとの書類と、自分の採点表だけを見る。",
    own=frozenset({P.PROPOSAL_READ, P.SCORE_WRITE}),
    staff=False,
)
PROPOSER = Role(
    "proposer",
    gettext_noop("提案者"),
    "公募に応募する。自分の書類と、自分への通知だけを見る。",
    own=frozenset({P.PROPOSAL_READ, P.PROPOSAL_WRITE}),
    staff=False,
)
SUPPORT_WORKER = Role("support_worker", gettext_noop("相談支援員"), "参加支援のケースを受け持つ。画面はまだない。")

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        RESIDENT, ORGANIZATION, COORDINATOR, CONTRACTOR_LEAD, OFFICER, AUDITOR, ADMINISTRATOR, EVALUATOR, PROPOSER,
        SUPPORT_WORKER,
    )
}  # fmt: skip
