"""The Word forms of the calls: one for each thing that a notice can tell, and one for an explanation."""

from yui.base.documents.registry import Form, declare_form
from yui.office.calls.notice_kinds import EXPLANATION, PAPERS
from yui.office.calls.notice_papers import (
    EXPLANATION_TAGS,
    TAGS,
    build_explanation,
    builder,
    explanation_sample,
    notice_sample,
)

NOTICES = [
    declare_form(Form(paper.kind, paper.label, TAGS, builder(paper), notice_sample())) for paper in PAPERS.values()
]
EXPLANATIONS = declare_form(
    Form(EXPLANATION, "公募の通知：理由の説明（回答）", EXPLANATION_TAGS, build_explanation, explanation_sample())
)
