"""The addresses of calls, below a town: for everybody, for applicants, for the committee, for the desk."""

from django.urls import path

from yui.office.calls.views import hub

app_name = "calls"
urlpatterns = [
    # the announcement and its questions
    path("desk/calls/", hub.listing, name="desk_calls"),
    path("desk/calls/<slug:public_id>/", hub.page, name="desk_call"),
    # applicants and their papers
    # the committee
    # the result and its notices
]
