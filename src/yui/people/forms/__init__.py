"""Forms of the wing: the registration and its parts, a resident's own pages, the desk."""

from yui.people.forms.desk import (
    CallerForm,
    ConcernForm,
    ContactNoteForm,
    DeskOrganizationForm,
    HowForm,
    MemberForm,
    PeopleFilter,
    ProxyForm,
    ReasonForm,
    ReportForm,
    SolutionForm,
    StageForm,
)
from yui.people.forms.exports import ExportForm
from yui.people.forms.own import CardForm, DeleteForm, OrganizationForm, PauseForm, ProfileForm, StepDownForm
from yui.people.forms.registration import STEPS, ReachForm, answers_of

__all__ = [
    "STEPS",
    "CallerForm",
    "CardForm",
    "ConcernForm",
    "ContactNoteForm",
    "DeleteForm",
    "DeskOrganizationForm",
    "ExportForm",
    "HowForm",
    "MemberForm",
    "OrganizationForm",
    "PauseForm",
    "PeopleFilter",
    "ProfileForm",
    "ProxyForm",
    "ReachForm",
    "ReasonForm",
    "ReportForm",
    "SolutionForm",
    "StageForm",
    "StepDownForm",
    "answers_of",
]
