"""Addresses of a town that compose several wings."""

from django.urls import path

from yui.base.access.gates import needs, public
from yui.base.access.permissions import Permission as P
from yui.site.views import definition, desk, jobs, my, office, records, town

app_name = "site"
urlpatterns = [
    path("", public(town.front), name="town"),
    path("about/<slug:key>/", public(town.about), name="about"),
    path("fairness/", public(town.fairness_rule), name="fairness_rule"),
    path("guide/<slug:role>/", public(town.guide), name="guide"),
    path("registered/", needs(P.PERSON_READ)(my.registered), name="registered"),
    path("my/", needs(P.PERSON_READ)(my.home), name="my"),
    path("my/for/", needs(P.PERSON_READ)(my.act_for), name="act_for"),
    path("desk/", needs(P.DESK_READ)(desk.today), name="desk"),
    path("desk/home/", needs(P.OFFICER_HOME_READ)(office.home), name="home"),
    path("desk/layers/", needs(P.FIGURES_READ)(office.layers), name="layers"),
    path("desk/approvals/", needs(P.APPROVAL_DECIDE)(office.approvals), name="approvals"),
    path("desk/approvals/<str:public_id>/", needs(P.APPROVAL_DECIDE)(office.approval), name="approval"),
    path("desk/letters/", needs(P.LETTER_PRINT)(desk.letters), name="letters"),
    path("desk/letters/<str:public_id>/", needs(P.LETTER_PRINT)(desk.letter), name="letter"),
    path("desk/audit/", needs(P.AUDIT_READ)(records.audit), name="audit"),
    path("desk/accounts/", needs(P.ACCOUNT_MANAGE)(records.accounts), name="accounts"),
    path("desk/accounts/<str:public_id>/end/", needs(P.ACCOUNT_MANAGE)(records.end_role), name="end_role"),
    path("desk/definition/", needs(P.DEFINITION_READ)(definition.index), name="definition"),
    path("desk/definition/whole/", needs(P.DEFINITION_READ)(definition.whole), name="definition_whole"),
    path("desk/definition/compare/", needs(P.DEFINITION_READ)(definition.compare), name="definition_compare"),
    path("desk/definition/download/", needs(P.DEFINITION_READ)(definition.download), name="definition_download"),
    path("desk/definition/check/", needs(P.DEFINITION_LOAD)(definition.check), name="definition_check"),
    path("desk/definition/towns/", needs(P.DEFINITION_READ)(definition.towns), name="definition_towns"),
    path("desk/definition/towns/<slug:folder>/", needs(P.DEFINITION_READ)(definition.town), name="definition_town"),
    path(
        "desk/definition/towns/<slug:folder>/copy/", needs(P.DEFINITION_READ)(definition.copy), name="definition_copy"
    ),
    path(
        "desk/definition/chapters/<slug:stem>/", needs(P.DEFINITION_READ)(definition.chapter), name="definition_chapter"
    ),
    path("desk/jobs/", needs(P.JOB_READ)(jobs.jobs), name="jobs"),
    path("desk/jobs/<str:public_id>/", needs(P.JOB_READ)(jobs.job), name="job"),
    path("desk/jobs/<str:public_id>/retry/", needs(P.JOB_RETRY)(jobs.retry), name="job_retry"),
]
