"""Addresses of the people wing, each with its permission."""

from django.urls import path

from yui.base.access.gates import needs, public
from yui.base.access.permissions import Permission as P
from yui.people.views import desk, duplicates, exports, groups, notes, own, registration

app_name = "people"
urlpatterns = [
    path("register/", public(registration.register), name="register"),
    path("register/<int:step>/", public(registration.register), name="register_step"),
    path("register/later/", public(registration.register_later), name="register_later"),
    path("register/form/", public(registration.register_form), name="register_form"),
    path("card/", public(registration.card), name="card"),
    path("my/profile/", needs(P.PERSON_WRITE)(own.profile), name="my_profile"),
    path("my/contacts/", needs(P.CONTACT_READ)(own.contacts), name="my_contacts"),
    path("my/consents/", needs(P.CONSENT_WRITE)(own.consents), name="my_consents"),
    path("my/pause/", needs(P.PERSON_WRITE)(own.rest), name="my_pause"),
    path("my/data/", needs(P.PERSON_EXPORT)(own.own_data), name="my_data"),
    path("my/delete/", needs(P.PERSON_ERASE)(own.delete), name="my_delete"),
    path("my/looks/", needs(P.PERSON_READ)(own.looks), name="my_looks"),
    path("my/stage/", needs(P.STAGE_AGREE)(own.stage), name="my_stage"),
    path("my/organizations/", needs(P.ORGANIZATION_WRITE)(groups.my_organizations), name="my_organizations"),
    path("my/organizations/new/", needs(P.ORGANIZATION_WRITE)(groups.my_organization_new), name="my_organization_new"),
    path(
        "my/organizations/<str:public_id>/", needs(P.ORGANIZATION_WRITE)(groups.my_organization), name="my_organization"
    ),
    path(
        "my/memberships/<str:public_id>/end/",
        needs(P.ORGANIZATION_WRITE)(groups.my_membership_end),
        name="my_membership_end",
    ),
    path("desk/people/", needs(P.PERSON_SEARCH)(desk.people), name="people"),
    path("desk/people/new/", needs(P.PERSON_REGISTER_BY_PROXY)(desk.person_new), name="person_new"),
    path("desk/people/export/", needs(P.PERSON_EXPORT)(exports.people_export), name="people_export"),
    path("desk/people/<str:public_id>/", needs(P.PERSON_SEARCH)(desk.person), name="person"),
    path("desk/people/<str:public_id>/contacts/", needs(P.PERSON_SEARCH)(desk.person_contacts), name="person_contacts"),
    path("desk/people/<str:public_id>/edit/", needs(P.PERSON_REGISTER_BY_PROXY)(desk.person_edit), name="person_edit"),
    path(
        "desk/people/<str:public_id>/reach/", needs(P.PERSON_REGISTER_BY_PROXY)(desk.person_reach), name="person_reach"
    ),
    path(
        "desk/people/<str:public_id>/consent/",
        needs(P.PERSON_REGISTER_BY_PROXY)(desk.person_consent),
        name="person_consent",
    ),
    path(
        "desk/people/<str:public_id>/pause/", needs(P.PERSON_REGISTER_BY_PROXY)(desk.person_pause), name="person_pause"
    ),
    path("desk/people/<str:public_id>/stage/", needs(P.STAGE_PROPOSE)(desk.person_stage), name="person_stage"),
    path(
        "desk/people/<str:public_id>/stage/answer/",
        needs(P.STAGE_PROPOSE)(desk.person_stage_answer),
        name="person_stage_answer",
    ),
    path("desk/people/<str:public_id>/card/", needs(P.PERSON_REGISTER_BY_PROXY)(desk.person_card), name="person_card"),
    path("desk/people/<str:public_id>/hide/", needs(P.PERSON_REGISTER_BY_PROXY)(desk.person_hide), name="person_hide"),
    path("desk/people/<str:public_id>/erase/", needs(P.PERSON_ERASE)(desk.person_erase), name="person_erase"),
    path("desk/people/<str:public_id>/same/", needs(P.PERSON_MERGE)(duplicates.person_same), name="person_same"),
    path("desk/duplicates/", needs(P.PERSON_MERGE)(duplicates.duplicates), name="duplicates"),
    path("desk/duplicates/<str:public_id>/", needs(P.PERSON_MERGE)(duplicates.duplicate), name="duplicate"),
    path("desk/duplicates/merges/<str:public_id>/", needs(P.PERSON_MERGE)(duplicates.merge), name="merge"),
    path("desk/notes/", needs(P.CONTACT_NOTE_READ)(notes.notes), name="notes"),
    path("desk/notes/new/", needs(P.CONTACT_NOTE_WRITE)(notes.log_contact_view), name="log_contact"),
    path("desk/notes/<str:public_id>/", needs(P.CONTACT_NOTE_READ)(notes.note), name="note"),
    path(
        "desk/notes/<str:public_id>/answer/", needs(P.CONTACT_NOTE_WRITE)(notes.log_contact_view), name="answer_promise"
    ),
    path("desk/notes/<str:public_id>/keep/", needs(P.CONTACT_NOTE_WRITE)(notes.keep), name="keep_promise"),
    path("desk/organizations/", needs(P.PERSON_SEARCH)(groups.organizations), name="organizations"),
    path("desk/organizations/new/", needs(P.PERSON_SEARCH)(groups.organization_new), name="organization_new"),
    path("desk/organizations/<str:public_id>/", needs(P.PERSON_SEARCH)(groups.organization), name="organization"),
    path(
        "desk/organizations/<str:public_id>/edit/",
        needs(P.PERSON_SEARCH)(groups.organization_edit),
        name="organization_edit",
    ),
    path("desk/organizations/<str:public_id>/members/", needs(P.PERSON_SEARCH)(groups.members), name="members"),
    path("desk/memberships/<str:public_id>/", needs(P.PERSON_SEARCH)(groups.membership), name="membership"),
    path("desk/concerns/", needs(P.CONCERN_WRITE)(notes.concerns), name="concerns"),
    path("desk/concerns/new/", needs(P.CONCERN_WRITE)(notes.concern_new), name="concern_new"),
    path("desk/concerns/<str:public_id>/", needs(P.CONCERN_WRITE)(notes.concern), name="concern"),
]
