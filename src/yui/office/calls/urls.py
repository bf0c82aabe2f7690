"""The addresses of calls, below a town: for everybody, for applicants, for the committee, for the desk."""

from django.urls import path

from yui.office.calls.views import disclosures, explanations, hub, my_notices, notices, results

app_name = "calls"
urlpatterns = [
    # the announcement and its questions
    path("desk/calls/", hub.listing, name="desk_calls"),
    path("desk/calls/<slug:public_id>/", hub.page, name="desk_call"),
    # applicants and their papers
    # the committee
    # the result and its notices
    path("desk/calls/<slug:public_id>/notices/", notices.listing, name="call_notices"),
    path("desk/calls/<slug:public_id>/notices/draft/", notices.draft, name="draft_notices"),
    path("desk/calls/notice-batches/<slug:public_id>/", notices.batch, name="notice_batch"),
    path("desk/calls/notice-batches/<slug:public_id>/settings/", notices.settings, name="notice_settings"),
    path("desk/calls/notice-batches/<slug:public_id>/ask/", notices.step, {"step": "ask"}, name="notice_ask"),
    path("desk/calls/notice-batches/<slug:public_id>/reopen/", notices.step, {"step": "reopen"}, name="notice_reopen"),
    path("desk/calls/notice-batches/<slug:public_id>/send/", notices.step, {"step": "send"}, name="notice_send"),
    path("desk/calls/notice-batches/<slug:public_id>/posted/", notices.step, {"step": "posted"}, name="notice_posted"),
    path("desk/calls/notices/<slug:public_id>/", notices.page, name="notice"),
    path("desk/calls/notices/<slug:public_id>/correct/", notices.correct, name="notice_correct"),
    path("desk/calls/notices/<slug:public_id>/drop/", notices.drop, name="notice_drop"),
    path("desk/calls/notices/<slug:public_id>/word/", notices.paper, {"form": "word"}, name="notice_word"),
    path("desk/calls/notices/<slug:public_id>/pdf/", notices.paper, {"form": "pdf"}, name="notice_pdf"),
    path("desk/calls/<slug:public_id>/explanations/", explanations.listing, name="call_explanations"),
    path("desk/calls/explanations/<slug:public_id>/", explanations.page, name="explanation"),
    path(
        "desk/calls/explanations/<slug:public_id>/word/", explanations.paper, {"form": "word"}, name="explanation_word"
    ),
    path("desk/calls/explanations/<slug:public_id>/pdf/", explanations.paper, {"form": "pdf"}, name="explanation_pdf"),
    path("desk/calls/<slug:public_id>/result/", results.publish, name="publish_result"),
    path("desk/calls/<slug:public_id>/disclosures/", disclosures.listing, name="call_disclosures"),
    path("desk/calls/disclosures/<slug:public_id>/", disclosures.page, name="disclosure"),
    path("desk/calls/disclosures/<slug:public_id>/withhold/", disclosures.withhold, name="disclosure_withhold"),
    path("desk/calls/disclosures/<slug:public_id>/decide/", disclosures.decide, name="disclosure_decide"),
    path("desk/calls/disclosures/<slug:public_id>/file/", disclosures.file, name="disclosure_file"),
    path(
        "desk/calls/disclosures/<slug:public_id>/papers/<slug:paper>/<int:page>/",
        disclosures.mark,
        name="disclosure_page",
    ),
    path(
        "desk/calls/disclosures/<slug:public_id>/papers/<slug:paper>/<int:page>/picture/",
        disclosures.picture,
        name="disclosure_picture",
    ),
    path("desk/calls/redactions/<slug:public_id>/remove/", disclosures.unmark, name="redaction_remove"),
    path("calls/<slug:public_id>/result/", results.result, name="call_result"),
    path("calls/past/results/", results.past, name="past_results"),
    path("my/calls/<slug:public_id>/notices/", my_notices.listing, name="my_notices"),
    path("my/calls/notices/<slug:public_id>/", my_notices.page, name="my_notice"),
    path("my/calls/notices/<slug:public_id>/word/", my_notices.paper, {"form": "word"}, name="my_notice_word"),
    path("my/calls/notices/<slug:public_id>/pdf/", my_notices.paper, {"form": "pdf"}, name="my_notice_pdf"),
    path("my/calls/explanations/<slug:public_id>/word/", my_notices.answer, {"form": "word"}, name="my_answer_word"),
    path("my/calls/explanations/<slug:public_id>/pdf/", my_notices.answer, {"form": "pdf"}, name="my_answer_pdf"),
]
