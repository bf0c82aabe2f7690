"""The addresses of rounds, below a town: for everybody, for residents, for the desk."""

from django.urls import path

from yui.activities.assignments.views import public, residents, results, rounds, sheets

app_name = "assignments"
urlpatterns = [
    path("assignments/", public.rounds, name="rounds"),
    path("assignments/<str:public_id>/", public.round_page, name="round"),
    path("assignments/<str:public_id>/instance.json", public.instance_file, name="instance"),
    path("assignments/<str:public_id>/answer.json", public.answer_file, name="answer"),
    path("assignments/<str:public_id>/check.json", public.check, name="check"),
    path("my/assignments/<str:public_id>/wish/", residents.wish, name="wish"),
    path("my/assignments/results/<str:public_id>/", residents.result, name="my_result"),
    path("desk/assignments/", rounds.rounds, name="desk_rounds"),
    path("desk/assignments/new/", rounds.round_new, name="desk_round_new"),
    path("desk/assignments/<str:public_id>/", rounds.round_page, name="desk_round"),
    path("desk/assignments/<str:public_id>/edit/", rounds.round_edit, name="desk_round_edit"),
    path("desk/assignments/<str:public_id>/opportunity/", rounds.programme_new, name="desk_programme_new"),
    path("desk/assignments/<str:public_id>/region/", rounds.region, name="desk_region"),
    path("desk/assignments/<str:public_id>/step/", results.step, name="desk_step"),
    path("desk/assignments/<str:public_id>/announce/", results.announce, name="desk_announce"),
    path("desk/assignments/<str:public_id>/publish/", results.publish, name="desk_publish"),
    path("desk/assignments/<str:public_id>/call-off/", results.call_off, name="desk_call_off"),
    path("desk/assignments/<str:public_id>/trial/", results.trial, name="desk_trial"),
    path("desk/assignments/<str:public_id>/wishes/", sheets.sheets, name="desk_sheets"),
    path("desk/assignments/<str:public_id>/wishes/new/", sheets.sheet_new, name="desk_sheet_new"),
    path("desk/assignments/opportunities/<str:public_id>/", rounds.programme, name="desk_programme"),
    path("desk/assignments/wishes/<str:public_id>/", sheets.sheet, name="desk_sheet"),
    path("desk/assignments/wishes/<str:public_id>/change/", sheets.change, name="desk_change"),
]
