"""The addresses of the introductions wing, below a town."""

from django.urls import path

from yui.introductions.views import answers, exposures, fairness, groups, introductions, lists, mine, steps

app_name = "introductions"
urlpatterns = [
    path("answer/thanks/", answers.thanks, name="answer_thanks"),
    path("answer/<str:token>/", answers.by_link, name="answer"),
    path("my/introductions/", mine.introductions, name="my_introductions"),
    path("my/introductions/<str:public_id>/", mine.introduction, name="my_introduction"),
    path("my/introductions/<str:public_id>/answer/", mine.answer, name="my_answer"),
    path("group/introductions/", groups.introductions, name="group_introductions"),
    path("group/introductions/<str:public_id>/", groups.introduction, name="group_introduction"),
    path("group/introductions/<str:public_id>/answer/", groups.answer, name="group_answer"),
    path("group/candidates/<str:public_id>/", groups.candidates, name="group_candidates"),
    path("desk/candidates/", lists.choose, name="candidates"),
    path("desk/candidates/never-asked/", lists.never_asked, name="never_asked"),
    path("desk/candidates/first-calls/", lists.first_calls, name="first_calls"),
    path("desk/candidates/<str:public_id>/", lists.opportunity, name="opportunity_candidates"),
    path("desk/candidates/<str:public_id>/left-out/<slug:limit>/", lists.left_out, name="left_out"),
    path("desk/candidates/<str:public_id>/propose/<str:person>/", lists.propose, name="propose"),
    path("desk/people/<str:public_id>/suggestions/", lists.suggestions, name="suggestions"),
    path("desk/fairness/lists/<str:public_id>/", lists.recompute, name="recompute"),
    path("desk/fairness/lists/<str:public_id>/question.json", lists.question, name="question"),
    path("desk/introductions/", introductions.everything, name="introductions"),
    path("desk/introductions/slip/", introductions.slip, name="slip"),
    path("desk/introductions/<str:public_id>/", introductions.introduction, name="introduction"),
    path("desk/introductions/<str:public_id>/ask/", steps.ask, name="ask"),
    path("desk/introductions/<str:public_id>/answer/<slug:side>/", answers.entered, name="enter_answer"),
    path("desk/introductions/<str:public_id>/again/<slug:side>/", steps.again, name="ask_again"),
    path("desk/introductions/<str:public_id>/meeting/", steps.meeting, name="meeting"),
    path("desk/introductions/<str:public_id>/met/", steps.met, name="met"),
    path("desk/introductions/<str:public_id>/start/", steps.start, name="start"),
    path("desk/introductions/<str:public_id>/outcome/", steps.outcome, name="outcome"),
    path("desk/introductions/<str:public_id>/follow-up/", steps.follow_up, name="follow_up"),
    path("desk/introductions/<str:public_id>/stop/", steps.stop, name="stop"),
    path("desk/fairness/", fairness.fairness, name="fairness"),
    path("desk/fairness/sheet/", fairness.sheet, name="fairness_sheet"),
    path("desk/fairness/exposures/", exposures.exposures, name="exposures"),
    path("desk/fairness/exposures/sheet/", exposures.sheet, name="exposures_sheet"),
    path("desk/fairness/exposures/csv/", exposures.download, name="exposures_csv"),
]
