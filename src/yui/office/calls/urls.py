"""The addresses of calls, below a town: for everybody, for applicants, for the committee, for the desk."""

from django.urls import path

from yui.office.calls.views import announcing, hub, public, questions, rules
from yui.office.calls.views import hub, papers, portal, reception

app_name = "calls"
urlpatterns = [
    # the announcement and its questions
    path("calls/", public.calls, name="calls"),
    path("calls/<slug:public_id>/", public.call, name="call"),
    path("calls/<slug:public_id>/rules/", public.rules, name="rules"),
    path("calls/<slug:public_id>/ocds.json", public.ocds, name="ocds"),
    path("my/calls/<slug:public_id>/questions/", questions.own, name="my_questions"),
    path("desk/calls/", hub.listing, name="desk_calls"),
    path("desk/calls/draft/<slug:key>/", hub.draft, name="desk_draft"),
    path("desk/calls/<slug:public_id>/", hub.page, name="desk_call"),
    path("desk/calls/<slug:public_id>/rules/", rules.profile, name="desk_rules"),
    path("desk/calls/<slug:public_id>/values/", rules.values, name="values"),
    path("desk/calls/<slug:public_id>/file/", rules.file, name="rules_file"),
    path("desk/calls/<slug:public_id>/file/download/", rules.download, name="rules_download"),
    path("desk/calls/<slug:public_id>/announce/", announcing.announce, name="announce"),
    path("desk/calls/<slug:public_id>/amendment/begin/", rules.begin, name="begin_amendment"),
    path("desk/calls/<slug:public_id>/amendment/drop/", rules.drop, name="drop_amendment"),
    path("desk/calls/<slug:public_id>/amendment/", rules.amend, name="amend"),
    path("desk/calls/<slug:public_id>/again/", hub.again, name="again"),
    path("desk/calls/<slug:public_id>/acts/<slug:act>/", announcing.act, name="act"),
    path("desk/calls/<slug:public_id>/questions/", questions.listing, name="desk_questions"),
    path("desk/calls/<slug:public_id>/questions/new/", questions.enter, name="enter_question"),
    path("desk/call-questions/<slug:public_id>/", questions.page, name="desk_question"),
    path("desk/call-questions/<slug:public_id>/publish/", questions.publish, name="publish_answer"),
    path("desk/call-questions/<slug:public_id>/decline/", questions.decline, name="decline_question"),
    # applicants and their papers
    path("calls/<slug:public_id>/enter/", portal.enter, name="enter"),
    path("my/calls/", portal.listing, name="my_calls"),
    path("my/calls/<slug:public_id>/register/", portal.register, name="register"),
    path("my/calls/<slug:public_id>/", portal.page, name="my_call"),
    path("my/calls/<slug:public_id>/correct/", portal.correct, name="my_correct"),
    path("my/calls/<slug:public_id>/eligibility/", portal.eligibility, name="my_eligibility"),
    path("my/calls/<slug:public_id>/leave/", portal.leave, name="my_leave"),
    path("my/calls/<slug:public_id>/papers/<slug:stage>/", papers.page, name="my_papers"),
    path("my/calls/<slug:public_id>/papers/<slug:stage>/upload/", papers.upload, name="my_upload"),
    path("my/calls/<slug:public_id>/papers/<slug:stage>/estimate/", papers.estimate, name="my_estimate"),
    path("my/calls/<slug:public_id>/papers/<slug:stage>/replace/", papers.replace, name="my_replace"),
    path("my/calls/<slug:public_id>/papers/<slug:stage>/hand-in/", papers.hand_in, name="my_hand_in"),
    path("my/call-papers/<slug:public_id>/", papers.own, name="my_paper"),
    path("my/call-papers/<slug:public_id>/remove/", papers.remove, name="my_paper_remove"),
    path("my/call-receipts/<slug:public_id>/", papers.receipt, name="my_receipt"),
    path("committee/call-papers/<slug:public_id>/", papers.for_member, name="member_paper"),
    path("desk/calls/<slug:public_id>/applicants/", reception.listing, name="desk_applicants"),
    path("desk/calls/<slug:public_id>/applicants/new/", reception.enter, name="desk_applicant_new"),
    path("desk/calls/<slug:public_id>/opening/<slug:stage>/", reception.open_stage, name="desk_opening"),
    path("desk/call-applicants/<slug:public_id>/", reception.page, name="desk_applicant"),
    path("desk/call-applicants/<slug:public_id>/arrival/<slug:stage>/", reception.arrive, name="desk_arrival"),
    path("desk/call-applicants/<slug:public_id>/check/", reception.check, name="desk_check"),
    path("desk/call-applicants/<slug:public_id>/decide/", reception.decide, name="desk_decide"),
    path("desk/call-applicants/<slug:public_id>/disqualify/", reception.propose, name="desk_disqualify"),
    path("desk/call-applicants/<slug:public_id>/leave/", reception.leave, name="desk_leave"),
    path("desk/call-disqualifications/<slug:public_id>/", reception.judge, name="desk_judge"),
    path("desk/call-proposals/<slug:public_id>/scan/", reception.scan, name="desk_scan"),
    path("desk/call-proposals/<slug:public_id>/exception/", reception.ask_exception, name="desk_exception"),
    path("desk/call-receipts/<slug:public_id>/", reception.receipt, name="desk_receipt"),
    path("desk/call-papers/<slug:public_id>/", papers.for_staff, name="desk_paper"),
    # the committee
    # the result and its notices
]
