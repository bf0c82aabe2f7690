"""Tenancy is closed by default: the ORM refuses without a scope, and PostgreSQL answers nothing."""

import pytest
from django.db import connection
from django_scopes.exceptions import ScopeError

from tests.founding import found
from yui.base import clock
from yui.base.tenancy.scope import authority_scope
from yui.people.models import Consent, Contact, Person

WALLED = (
    "people_contact", "people_consent", "people_residence", "people_personkey", "people_merge", "people_externalnumber",
    "prospects_prospect", "exchange_importrow", "assignments_wishsheet", "assignments_rankedwish",
    "calls_applicant", "calls_question", "calls_proposal", "calls_submittedpaper", "calls_conflictdeclaration",
    "calls_score", "calls_memberorder", "calls_scorecorrection", "calls_selectionrecord", "calls_disclosurerequest",
    "contracts_namedstaff",
)  # fmt: skip
pytestmark = pytest.mark.django_db(transaction=True)


def person_with_contact(authority, value):
    with authority_scope(authority):
        person = Person.objects.create(authority=authority, display_name="見本 太郎", created_at=clock.now())
        Contact.objects.create(
            authority=authority, person=person, kind="phone", value=value, effective_on=clock.today()
        )
        Consent.objects.create(
            authority=authority, person=person, purpose="register", wording_version=1, effective_on=clock.today(),
            recorded_at=clock.now(),
        )  # fmt: skip
    return person


def test_without_a_scope_a_tenant_table_can_not_be_asked():
    found("sora")
    with pytest.raises(ScopeError):
        Person.objects.count()


def test_a_scope_shows_the_rows_of_its_town_only():
    sora, hinata = found("sora"), found("hinata")
    person_with_contact(sora, "090-0000-0001")
    theirs = person_with_contact(hinata, "090-0000-0002")
    with authority_scope(sora):
        assert list(Contact.objects.values_list("value", flat=True)) == ["090-0000-0001"]
        assert not Person.objects.filter(pk=theirs.pk).exists()


def test_a_raw_select_by_the_applications_role_gives_nothing_without_a_scope():
    if connection.vendor != "postgresql":
        pytest.skip("the second wall stands on PostgreSQL")
    sora, hinata = found("sora"), found("hinata")
    person_with_contact(sora, "090-0000-0001")
    person_with_contact(hinata, "090-0000-0002")
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS yui_test_app")
        cursor.execute("CREATE ROLE yui_test_app NOLOGIN")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO yui_test_app")
        try:
            cursor.execute("SET ROLE yui_test_app")
            for table in WALLED:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] == 0, table
            cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity")
            assert {name for (name,) in cursor.fetchall()} == set(WALLED)
            with authority_scope(hinata):
                cursor.execute("SELECT value FROM people_contact")
                assert cursor.fetchall() == [("090-0000-0002",)]
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM yui_test_app")
            cursor.execute("DROP ROLE yui_test_app")
