"""The addresses of calls, below a town: for everybody, for applicants, for the committee, for the desk."""

from django.urls import path

from yui.office.calls.views import committee, hub, seats, selection, sheets

app_name = "calls"
urlpatterns = [
    # the announcement and its questions
    path("desk/calls/", hub.listing, name="desk_calls"),
    path("desk/calls/<slug:public_id>/", hub.page, name="desk_call"),
    # applicants and their papers
    # the committee
    path("committee/", committee.mine, name="committee"),
    path("committee/<slug:public_id>/", committee.seat, name="seat"),
    path("committee/<slug:public_id>/conflicts/", committee.conflicts, name="conflicts"),
    path("committee/<slug:public_id>/close-scoring/", committee.close_scoring, name="close_scoring"),
    path("committee/<slug:public_id>/abstain/", committee.abstain, name="abstain"),
    path("committee/<slug:public_id>/recuse/", committee.recuse, name="recuse"),
    path("committee/<slug:public_id>/corrections/", committee.decide_correction, name="decide_correction"),
    path("committee/sheets/<slug:public_id>/", sheets.sheet, name="sheet"),
    path("committee/sheets/<slug:public_id>/of/<slug:applicant>/", sheets.score, name="score"),
    path("committee/sheets/<slug:public_id>/order/", sheets.order, name="order"),
    path("committee/sheets/<slug:public_id>/close/", sheets.close, name="close_sheet"),
    path("committee/sheets/<slug:public_id>/open/", sheets.reopen, name="open_sheet"),
    path("committee/sheets/<slug:public_id>/correct/", sheets.correction, name="correct"),
    path("committee/sheets/<slug:public_id>/paper/", sheets.paper, name="sheet_paper"),
    path("desk/calls/<slug:public_id>/committee/", seats.committee, name="desk_committee"),
    path("desk/calls/<slug:public_id>/committee/appoint/", seats.appoint, name="desk_appoint"),
    path("desk/calls/<slug:public_id>/committee/open/", seats.open_scoring, name="desk_open_scoring"),
    path("desk/calls/seats/<slug:public_id>/recuse/", seats.recuse, name="desk_recuse"),
    path("desk/calls/seats/<slug:public_id>/chair/", seats.chair, name="desk_chair"),
    path("desk/calls/sheets/<slug:public_id>/paper/", seats.paper, name="desk_sheet_paper"),
    path("desk/calls/<slug:public_id>/selection/", selection.selection, name="desk_selection"),
    path("desk/calls/<slug:public_id>/selection/compute/", selection.compute, name="desk_compute"),
    path("desk/calls/<slug:public_id>/shortlist/", selection.selection, {"kind": "shortlist"}, name="desk_shortlist"),
    path(
        "desk/calls/<slug:public_id>/shortlist/compute/", selection.compute, {"kind": "shortlist"},
        name="desk_compute_shortlist",
    ),
    path("desk/calls/<slug:public_id>/decisions/<slug:kind>/", selection.decision, name="desk_decision"),
    path("desk/calls/selections/<slug:public_id>/", selection.record, name="desk_selection_record"),
    path("desk/calls/selections/<slug:public_id>/lay/", selection.lay, name="desk_lay"),
    path("desk/calls/selections/<slug:public_id>/asked.json", selection.asked, name="desk_asked"),
    path("desk/calls/selections/<slug:public_id>/answered.json", selection.answered, name="desk_answered"),
    # the result and its notices
]
