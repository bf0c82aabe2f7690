"""The addresses of the prospects, below a town. Each view declares its permission."""

from django.urls import path

from yui.people.prospects.views import benefits, hearings, invitations, prospects, rosters

app_name = "prospects"
urlpatterns = [
    path("desk/people/<str:public_id>/benefits/", benefits.person_benefits, name="person_benefits"),
    path("desk/prospects/", prospects.prospects, name="prospects"),
    path("desk/prospects/new/", prospects.prospect_new, name="prospect_new"),
    path("desk/prospects/hearings/", hearings.hearings, name="hearings"),
    path("desk/prospects/hearings/new/", hearings.hearing_new, name="hearing_new"),
    path("desk/prospects/hearings/<str:public_id>/", hearings.hearing, name="hearing"),
    path("desk/prospects/hearings/<str:public_id>/edit/", hearings.hearing_edit, name="hearing_edit"),
    path("desk/prospects/hearings/<str:public_id>/done/", hearings.hearing_step, name="hearing_step"),
    path("desk/prospects/hearings/<str:public_id>/benefits/", hearings.hearing_benefits, name="hearing_benefits"),
    path("desk/prospects/invitations/", invitations.invitations, name="invitations"),
    path("desk/prospects/invitations/new/", invitations.invitation_new, name="invitation_new"),
    path("desk/prospects/invitations/<str:public_id>/", invitations.invitation_answer, name="invitation_answer"),
    path("desk/prospects/lists/", rosters.rosters, name="rosters"),
    path("desk/prospects/lists/<str:public_id>/", rosters.roster, name="roster"),
    path("desk/prospects/lists/<str:public_id>/new/", rosters.entry_new, name="entry_new"),
    path("desk/prospects/lists/<str:public_id>/<slug:form>/", rosters.roster_file, name="roster_file"),
    path("desk/prospects/entries/<str:public_id>/", rosters.entry, name="entry"),
    path("desk/prospects/<str:public_id>/", prospects.prospect, name="prospect"),
    path("desk/prospects/<str:public_id>/edit/", prospects.prospect_edit, name="prospect_edit"),
    path("desk/prospects/<str:public_id>/step/", prospects.prospect_step, name="prospect_step"),
    path("desk/prospects/<str:public_id>/invite/", prospects.prospect_invite, name="prospect_invite"),
    path("desk/prospects/<str:public_id>/benefits/", prospects.prospect_benefits, name="prospect_benefits"),
    path("desk/prospects/<str:public_id>/registered/", prospects.prospect_join, name="prospect_join"),
    path("desk/prospects/<str:public_id>/end/", prospects.prospect_end, name="prospect_end"),
]
