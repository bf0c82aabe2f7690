"""Which object each route's parameters name. A route that is not covered here raises, so nothing is exempt."""

from typing import Any

from tests.routes import Route

# route name (or its part after the place) → kind of object
BY_NAME = {
    "site:approval": "approval", "site:letter": "letter", "site:end_role": "grant",
    "site:job": "job", "site:job_retry": "job",
    "people:note": "note", "people:answer_promise": "note", "people:keep_promise": "note",
    "people:organization": "organization", "people:organization_edit": "organization", "people:members": "organization",
    "people:my_organization": "organization", "people:membership": "membership",
    "people:my_membership_end": "membership", "people:concern": "concern",
    "activities:application_cancel": "own_application", "activities:offer_answer": "own_application", "activities:meeting": "attended",
    "people:duplicate": "pair", "people:merge": "merge",
    "introductions:group_candidates": "opportunity", "introductions:opportunity_candidates": "opportunity",
    "introductions:left_out": "opportunity", "introductions:propose": "opportunity",
    "introductions:suggestions": "person", "introductions:recompute": "list", "introductions:question": "list",
    "introductions:rule_change": "rule_change", "introductions:rule_edit": "rule_change",
    "introductions:rule_step": "rule_change",
    "office:end_engagement": "engagement", "office:appoint": "engagement", "office:dismiss": "appointment", "office:paper": "paper", "office:deliverable": "deliverable",
    "office:submit": "paper", "office:decide": "paper", "office:ask_paper": "paper", "office:file": "attachment",
    "office:withdraw_sharing": "share", "office:end_member": "member",
    "office:submit_report": "report", "office:decide_report": "report", "office:retry_report": "report",
    "house:outbox_message": "letter",
    **dict.fromkeys(("office:expense", "office:expense_edit", "office:expense_correct", "office:expense_check",
                     "office:expense_withdraw", "office:evidence_add"), "expense"),
    "office:evidence_remove": "evidence", "office:expense_file": "evidence_file",
    **dict.fromkeys(("office:expense_statement", "office:expense_statement_decide", "office:expense_snapshot"),
                    "expense_statement"),
    "office:binder": "binder",
    "office:entered_figures": "indicator", "office:withdraw_figure": "entered",
}  # fmt: skip
MEETINGS = {
    "office:meeting",
    "office:minutes",
    "office:minutes_word",
    "office:submit_minutes",
    "office:call_off_meeting",
}
HOSTING = {
    "activity": "activity", "activity_edit": "activity", "activity_end": "activity", "opportunity_new": "activity",
    "activity_copy": "activity", "offer_answer": "application",
    "opportunity": "opportunity", "opportunity_edit": "opportunity", "opportunity_step": "opportunity",
    "refuse": "application", "session_cancel": "session", "attendance": "session", "met": "session",
    "poster": "session", "opportunity_calendar": "opportunity", "bookmark": "opportunity", "apply": "opportunity",
}  # fmt: skip
CALLS = {
    **dict.fromkeys(("seat", "conflicts", "close_scoring", "abstain", "recuse", "decide_correction", "desk_recuse",
                     "desk_chair"), "seat"),
    **dict.fromkeys(("sheet", "score", "order", "close_sheet", "open_sheet", "correct", "sheet_paper",
                     "desk_sheet_paper"), "score_sheet"),
    **dict.fromkeys(("desk_selection_record", "desk_lay", "desk_asked", "desk_answered"), "selection"),
    "desk_question": "call_question", "publish_answer": "call_question", "decline_question": "call_question",
    **dict.fromkeys(
        ("my_call", "my_correct", "my_eligibility", "my_leave", "my_papers", "my_upload", "my_estimate", "my_replace",
         "my_hand_in", "desk_applicant", "desk_applicant_correct", "desk_arrival", "desk_check", "desk_decide",
         "desk_disqualify", "desk_leave"),
        "applicant",
    ),
    **dict.fromkeys(("my_paper", "my_paper_remove", "member_paper", "desk_paper"), "call_paper"),
    **dict.fromkeys(("my_receipt", "desk_receipt", "desk_scan", "desk_exception"), "proposal"),
    "desk_judge": "disqualification",
    "my_questions": "applicant", "my_notices": "applicant",
    **dict.fromkeys(("notice_batch", "notice_settings", "notice_ask", "notice_reopen", "notice_send", "notice_posted"),
                    "notice_batch"),
    **dict.fromkeys(("notice", "notice_correct", "notice_drop", "notice_word", "notice_pdf", "my_notice", "my_notice_word",
                     "my_notice_pdf"), "call_notice"),
    **dict.fromkeys(("explanation", "explanation_word", "explanation_pdf", "my_answer_word", "my_answer_pdf"),
                    "explanation"),
    **dict.fromkeys(("disclosure", "disclosure_withhold", "disclosure_decide", "disclosure_file", "disclosure_page",
                     "disclosure_picture"), "disclosure"),
    "redaction_remove": "redaction",
}  # fmt: skip
PROSPECTS = {
    "person": "person", "prospect": "prospect", "hearing": "hearing", "invitation": "invitation", "roster": "roster", "entry": "roster_entry",
}  # fmt: skip
ASSIGNMENTS = {
    "desk_programme": "round_programme", "desk_sheet": "sheet", "desk_change": "sheet", "my_result": "own_sheet",
}  # fmt: skip
CONTRACTS = {
    "subcontract": "subcontract", "staff_change": "staff_change", "staff_erase": "named_staff",
    "amendment_decide": "amendment", "file": "contract_file", "staff_change_new": "named_staff",
}  # fmt: skip
"""By the longest part of the name that stands here; every other address names the contract itself."""
FIXED: dict[str, Any] = {
    "act": "cancel", "stage": "proposal",
    "key": "privacy", "role": "resident", "step": 1, "side": "person", "limit": "slots", "measure": "people.registered",
    "form": "word", "month": "2026-10", "folder": "konan", "stem": "people", "token": "nothing-at-all", "pk": 1, "uidb36": "1",
    "category": "travel", "paper": "nothing", "page": 1,
}  # fmt: skip


def kind_of(route: Route) -> str:
    """The kind of object the address names."""
    if route.name in BY_NAME:
        return BY_NAME[route.name]
    if route.name in MEETINGS:
        return "minutes"
    app, _, name = route.name.partition(":")
    if app == "activities":
        return HOSTING[name.removeprefix("my_").removeprefix("group_").removeprefix("desk_")]
    if app == "people" and name.startswith("person"):
        return "person"
    if app == "prospects":
        return PROSPECTS[name.partition("_")[0]] if name != "entry_new" else "roster"
    if app == "introductions":
        return "introduction"
    if app == "calls":
        return CALLS.get(name, "call")
    if app == "exchange":
        return "import"
    if app == "contracts":
        known = [part for part in sorted(CONTRACTS, key=len) if name.startswith(part) and name != "subcontract_new"]
        return CONTRACTS[known[-1]] if known else "contract"
    if app == "assignments":
        return ASSIGNMENTS.get(name, "round")
    raise KeyError(f"{route.name} is not covered by tests/permissions/addresses.py")


def arguments(route: Route, things: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments of the address, naming the visitor's own or somebody else's object."""
    found: dict[str, Any] = {}
    for param in route.params:
        if param == "public_id":
            found[param] = things[kind_of(route)].public_id
        elif param == "applicant":
            found[param] = things["applicant"].public_id
        elif param == "person":
            found[param] = things["person"].public_id
        elif param == "code":
            found[param] = things["session"].code
        elif param == "commission":
            found[param] = things["commission"].key
        elif param == "version":
            found[param] = things["template"].version
        elif param == "kind":
            papers = {"office:submit": "paper", "office:decide": "paper", "calls:desk_decision": "tie"}
            found[param] = papers.get(route.name, "monthly_report")
        else:
            found[param] = FIXED[param]
    return found
