"""Addresses of activities and opportunities. The pages of hosts stand at three places; see ``views/places.py``."""

from django.urls import URLPattern, path

from yui.activities.views import attendance, copying, hosts, offers, public, residents
from yui.activities.views.places import PLACES, in_place
from yui.base.access.gates import View, needs
from yui.base.access.gates import public as open_to_all
from yui.base.access.permissions import Permission as P

app_name = "activities"

HOSTING: tuple[tuple[str, str, P, View], ...] = (
    ("activities/", "activities", P.ACTIVITY_READ, hosts.activities),
    ("activities/new/", "activity_new", P.ACTIVITY_WRITE, hosts.new_activity),
    ("activities/<str:public_id>/", "activity", P.ACTIVITY_READ, hosts.activity),
    ("activities/<str:public_id>/edit/", "activity_edit", P.ACTIVITY_WRITE, hosts.edit_activity),
    ("activities/<str:public_id>/end/", "activity_end", P.ACTIVITY_WRITE, hosts.finish_activity),
    ("activities/<str:public_id>/copy/", "activity_copy", P.ACTIVITY_WRITE, copying.copy),
    ("activities/<str:public_id>/opportunity/", "opportunity_new", P.ACTIVITY_WRITE, hosts.new_opportunity),
    ("opportunities/<str:public_id>/", "opportunity", P.ACTIVITY_READ, hosts.opportunity),
    ("opportunities/<str:public_id>/edit/", "opportunity_edit", P.ACTIVITY_WRITE, hosts.edit_opportunity),
    ("opportunities/<str:public_id>/step/", "opportunity_step", P.ACTIVITY_WRITE, hosts.step),
    ("applicants/<str:public_id>/refuse/", "refuse", P.APPLICATION_READ, hosts.refuse),
    ("sessions/<str:public_id>/cancel/", "session_cancel", P.ACTIVITY_WRITE, hosts.cancel_date),
    ("sessions/<str:public_id>/attendance/", "attendance", P.ATTENDANCE_WRITE, attendance.attendance),
    ("sessions/<str:public_id>/met/", "met", P.TIE_WRITE, attendance.met),
    ("sessions/<str:public_id>/poster/", "poster", P.ATTENDANCE_WRITE, attendance.poster),
)


def _hosting() -> list[URLPattern]:
    return [
        path(f"{place}/{route}", needs(permission)(in_place(place, view)), name=f"{place}_{name}")
        for place in PLACES
        for route, name, permission, view in HOSTING
    ]


urlpatterns = [
    path("opportunities/", open_to_all(public.catalogue_page), name="catalogue"),
    path("opportunities/calendar.ics", open_to_all(public.town_calendar), name="calendar"),
    path("opportunities/kairanban/", open_to_all(public.kairanban), name="kairanban"),
    path("opportunities/<str:public_id>/", open_to_all(public.opportunity_page), name="opportunity"),
    path(
        "opportunities/<str:public_id>/calendar.ics",
        open_to_all(public.opportunity_calendar),
        name="opportunity_calendar",
    ),
    path("opportunities/<str:public_id>/mark/", needs(P.BOOKMARK_WRITE)(residents.mark), name="bookmark"),
    path("opportunities/<str:public_id>/apply/", needs(P.APPLICATION_WRITE)(residents.apply), name="apply"),
    path("my/applications/", needs(P.APPLICATION_WRITE)(residents.applications), name="applications"),
    path(
        "my/applications/<str:public_id>/cancel/",
        needs(P.APPLICATION_WRITE)(residents.cancel),
        name="application_cancel",
    ),
    path(
        "my/applications/<str:public_id>/answer/", needs(P.APPLICATION_WRITE)(offers.answer_offer), name="offer_answer"
    ),
    path("offers/<str:token>/", open_to_all(offers.offer_link), name="offer_link"),
    path(
        "desk/applicants/<str:public_id>/answer/",
        needs(P.APPLICATION_WRITE)(in_place("desk", offers.desk_answer)),
        name="desk_offer_answer",
    ),
    path("my/attend/", needs(P.ATTENDANCE_WRITE)(residents.attend), name="attend"),
    path("my/attend/<str:code>/", needs(P.ATTENDANCE_WRITE)(residents.attend), name="attend_code"),
    path("my/meetings/", needs(P.TIE_WRITE)(residents.meetings), name="meetings"),
    path("my/meetings/<str:public_id>/", needs(P.TIE_WRITE)(residents.meeting), name="meeting"),
    *_hosting(),
    # The same page under the name that other wings link to.
    path(
        "desk/activities/<str:public_id>/",
        needs(P.ACTIVITY_READ)(in_place("desk", hosts.activity)),
        name="activity",
    ),
]
