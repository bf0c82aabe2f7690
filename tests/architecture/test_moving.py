"""A new table cannot be forgotten when a town moves: it goes along, or it is listed with the reason."""

import re

import pytest
from django.db import models

from yui.base.tenancy.models import TenantModel
from yui.config.cli.moving.tables import (
    ACCOUNT,
    AUTHORITY,
    EMPTIED,
    NOT_EXPORTED,
    POINTERS,
    SECRETS,
    exported,
    find,
    references,
)
from yui.config.cli.rows import tables

EXPORTED = exported()
LABELS = {model._meta.label for model in EXPORTED}
NUMBERS = (models.IntegerField, models.UUIDField)
NO_ROW = {  # whole numbers that end like a number of a row and are none, with the reason
    "audit.AuditEvent.number": "the place in the chain, given anew where it is sealed",
}
NO_SECRET: dict[str, str] = {"search.SearchEntry.tokens": "words under which a thing is found"}
"""Texts that are called like a secret and open nothing, with the reason."""


def test_every_table_goes_along_or_is_listed_with_the_reason():
    strangers = {model._meta.label for model in tables()} - LABELS - set(NOT_EXPORTED)
    assert strangers == set(), "in config/cli/moving/tables.py: neither a town's nor listed"
    assert all(len(reason) > 8 for reason in NOT_EXPORTED.values())
    assert LABELS & set(NOT_EXPORTED) == set()


def test_what_is_listed_is_there():
    known = {model._meta.label for model in tables()}
    assert {label for label in NOT_EXPORTED if label not in known} == set()
    for label, columns in SECRETS.items():
        assert {field.attname for field in find(label)._meta.concrete_fields} >= set(columns)


def test_only_what_names_others_of_this_installation_or_expires_by_itself_stays_behind():
    ours = {label for label in NOT_EXPORTED if issubclass(find(label), TenantModel)}
    assert ours == {"people.Draft", "exchange.ImportRow", "sharing.Share", "sharing.MemberTown", "sharing.SharedFigure"}


@pytest.mark.parametrize("model", EXPORTED, ids=lambda model: model._meta.label)
def test_every_reference_leads_to_something_that_goes_along(model):
    for column, to in references(model).items():
        assert to in LABELS | {ACCOUNT, AUTHORITY}, f"{model._meta.label}.{column} leads to {to}, which stays behind"
        if to == AUTHORITY:
            assert column == "authority_id", f"{model._meta.label}.{column} names another authority"
    assert model._meta.pk.remote_field is None, f"{model._meta.label}: its number is another row's"
    assert isinstance(model._meta.pk, models.AutoField | models.BigAutoField)


@pytest.mark.parametrize("model", EXPORTED, ids=lambda model: model._meta.label)
def test_no_number_of_a_row_stands_where_it_is_not_seen(model):
    pointers = {pointer.column for pointer in POINTERS.get(model._meta.label, ())}
    for field in model._meta.concrete_fields:
        name = f"{model._meta.label}.{field.name}"
        if isinstance(field, NUMBERS) and not field.remote_field and re.search(r"(_pk|_id|_ids|number)$", field.name):
            counted = field.name == "number" and not field.unique
            assert field.name in pointers or name in NO_ROW or counted, f"{name}: a pointer? then list it in POINTERS"


@pytest.mark.parametrize("model", EXPORTED, ids=lambda model: model._meta.label)
def test_no_secret_goes_along(model):
    blank = set(SECRETS.get(model._meta.label, ()))
    for field in model._meta.concrete_fields:
        if re.search(r"password|secret|token|_hash$", field.name) and not isinstance(field, models.ForeignKey):
            name = f"{model._meta.label}.{field.name}"
            assert field.name in blank or name in NO_SECRET, f"{name}: a secret? then list it in SECRETS"


@pytest.mark.parametrize("model", EXPORTED, ids=lambda model: model._meta.label)
def test_no_number_of_a_row_stands_inside_json(model):
    """What is kept as JSON names rows by public id. Where it says that it names them by number, it is emptied."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.JSONField) and re.search(r"\bpks?\b|ids of rows", field.help_text):
            assert field.name in EMPTIED.get(model._meta.label, {}), (
                f"{model._meta.label}.{field.name}: list it in EMPTIED"
            )
