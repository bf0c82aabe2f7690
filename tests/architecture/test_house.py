"""What must not be forgotten is checked by listing: routes, models, fields, verbs, sizes, words."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES
from yui.base.tenancy.models import TenantModel
from yui.people.merge_rules import missing_rules

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yui"
CODE = [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts]
OUR_MODELS = [m for m in apps.get_models() if m.__module__.startswith("yui.")]

# Tables that belong to no single authority, each with its reason.
SHARED_MODELS = {
    "tenancy.Authority": "the tenant itself",
    "accounts.Account": "a sign-in is global (decision 3)",
    "audit.AuditEvent": "one chain for the installation; scoped by its manager",
    "outbox.Message": "a sign-in mail belongs to no authority; scoped by its manager",
    "jobs.JobRun": "a job of the house, such as sealing, belongs to no authority; scoped by its manager",
    "jobs.JobPiece": "part of a run",
}
# The only places that may look at every town at once, each with its reason.
EVERY_TOWN = {
    "base/tenancy/scope.py": "where it is defined",
    "base/audit/chain.py": "one chain for the installation",
    "base/messages": "the outbox worker sends for every town",
    "base/jobs": "workers serve every town",
    "config/cli": "backup, restore and doctor look at the whole installation",
    "people/domain/erasure.py": "an account that another town still needs stays",
    "office/sharing/bridge.py": "a town learns which prefecture counts it as its own: names only",
    "site/views/house.py": "the demonstration's outbox",
}


def routes(patterns=None, prefix=""):
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry


@pytest.mark.parametrize(("path", "entry"), list(routes()), ids=lambda v: v if isinstance(v, str) else "")
def test_every_route_declares_who_may_open_it(path, entry):
    access = getattr(entry.callback, "access", None)
    assert isinstance(access, Permission) or access in ("public", "signed_in"), f"{path} declares nothing"


def test_every_model_belongs_to_an_authority_or_is_listed_as_shared():
    strangers = {m._meta.label for m in OUR_MODELS if not issubclass(m, TenantModel)}
    assert strangers <= set(SHARED_MODELS), strangers - set(SHARED_MODELS)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_every_field_declares_its_class(model):
    declared = set(model.declaration.classes)
    fields = {f.name for f in model._meta.concrete_fields}
    assert fields - declared == set()
    assert declared - fields == set()
    assert model.declaration.purpose
    assert model.declaration.retention


def public_functions(path):
    tree = ast.parse(path.read_text())
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


READS = ("find_", "read_", "may_", "can_", "missing_", "is_", "has_", "keys_of", "overview", "check_", "default_")


def domain_files():
    wings = ("people", "activities", "introductions", "office")
    for path in CODE:
        parts = path.relative_to(SOURCE).parts
        if parts[0] in wings and "tests" not in parts and ("domain" in parts or path.name == "domain.py"):
            yield path


@pytest.mark.parametrize("path", list(domain_files()), ids=lambda p: str(p.relative_to(SOURCE)))
def test_every_verb_takes_the_actor_first_and_by_keyword(path):
    """A function of a domain that writes is a verb: keyword-only, and ``actor`` is its first argument."""
    text = path.read_text()
    for node in public_functions(path):
        body = ast.get_source_segment(text, node) or ""
        writes = re.search(r"\.(create|save|update|delete|bulk_create|get_or_create|update_or_create)\(", body)
        if not writes or node.name.startswith(READS):
            continue
        assert not node.args.args, f"{path.name}:{node.name} takes positional arguments"
        assert node.args.kwonlyargs, f"{path.name}:{node.name} takes no arguments"
        assert node.args.kwonlyargs[0].arg == "actor", f"{path.name}:{node.name} does not begin with actor"


def test_every_reference_to_a_person_says_what_becomes_of_it_when_two_registrations_are_merged():
    """A new table about persons names its rule with ``people.merge_rules.on_merge`` in its wing's ``merging.py``."""
    assert missing_rules() == set()


def test_only_the_listed_places_look_at_every_town():
    found = {
        str(path.relative_to(SOURCE))
        for path in CODE
        if "tests" not in path.parts and re.search(r"every_town_on_purpose|scopes_disabled", path.read_text())
    }
    strangers = {f for f in found if not any(f.startswith(place) for place in EVERY_TOWN)}
    assert strangers == set()


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(SOURCE)))
def test_sizes(path):
    text = path.read_text()
    assert text.count("\n") <= 400, f"{path} is longer than 400 lines"
    if "tests" in path.parts:
        return
    limit = 30 if path.name == "views.py" or "views" in path.parts else 70
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= limit, f"{path.name}:{node.name} has {length} lines, more than {limit}"


FORBIDDEN_NAMES = {"utils", "helpers", "manager", "managers", "misc", "common", "data", "info"}


def test_no_file_or_folder_has_a_name_that_says_nothing():
    names = {p.stem for p in CODE} | {p.parent.name for p in CODE}
    assert names & FORBIDDEN_NAMES == set()


def test_nothing_reads_the_clock_but_the_clock():
    pattern = re.compile(r"date\.today\(|datetime\.now\(|timezone\.now\(|localdate\(")
    found = [
        str(p.relative_to(SOURCE))
        for p in CODE
        if "tests" not in p.parts and p.name != "clock.py" and pattern.search(p.read_text())
    ]
    assert found == []


TEMPLATES = list(SOURCE.rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_templates_hold_no_inline_script_or_style_and_no_foreign_host(path):
    text = re.sub(r"\{%\s*comment.*?endcomment\s*%\}", "", path.read_text(), flags=re.S)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), "inline style or handler"
    assert not re.search(r"(src|href)=\"https?://", text), "another host"


def test_every_page_template_stays_short():
    lengths = sorted(p.read_text().count("\n") for p in TEMPLATES)
    assert lengths[len(lengths) // 2] <= 30
    assert lengths[-1] <= 250


def test_roles_say_what_they_are_for():
    for role in ROLES.values():
        assert role.label
        assert role.purpose.endswith("。")


def test_models_hold_no_request_and_no_address():
    for path in CODE:
        if path.name == "models.py" or "models" in path.parts:
            text = path.read_text()
            assert not re.search(r"HttpRequest|\brequest\.|django\.http", text), path
            assert "reverse(" not in text, path


COMPILED = {
    "yui.engine.matching.kernels",
    "yui.engine.matching.pricing",
    "yui.engine.matching.telling",
    "yui.engine.matching.tickets",
    "yui.engine.matching.assignment.kernels",
}
"""They import numba, which only large work is worth (``engine/tiers.py``)."""


def test_the_engine_has_no_inline_import():
    for path in (SOURCE / "engine").rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                dear = {"jpholiday", "ortools"}
                if {n.module for n in inner if isinstance(n, ast.ImportFrom)} <= COMPILED:
                    continue
                names = {a.name for n in inner for a in n.names} | {getattr(n, "module", "") or "" for n in inner}
                assert not inner or {name.split(".")[0] for name in names} & dear, f"{path}:{node.name}"


def test_views_are_functions_with_a_docstring():
    for path in CODE:
        if "tests" in path.parts or not (path.name == "views.py" or "views" in path.parts):
            continue
        for node in public_functions(path):
            assert inspect.cleandoc(ast.get_docstring(node) or ""), f"{path}:{node.name} has no docstring"
