"""The addresses of calls, below a town: for everybody, for applicants, for the committee, for the desk."""

from django.urls import path

from yui.office.calls.views import announcing, hub, public, questions, rules

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
    # the committee
    # the result and its notices
]
