"""Loading, versions and what the wings read."""

import datetime as dt
import shutil

import pytest
from django.template import Context, Template
from django.utils import translation

from yui.base import clock
from yui.base.access.actor import ANONYMOUS, Actor, system_actor
from yui.base.access.errors import NotPossible, Refused
from yui.base.audit.models import AuditEvent
from yui.base.definitions import current
from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import check_command, load_command
from yui.base.definitions.domain import FaultyDefinition, load
from yui.base.definitions.models import DefinitionVersion
from yui.base.definitions.queries import NoDefinition, stored_data
from yui.base.definitions.schema import Texts
from yui.base.tenancy.models import Authority, District
from yui.base.tenancy.scope import authority_scope

from .conftest import KONAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    return Authority.objects.create(key="konan", name="湖南市", created_at=clock.now())


@pytest.fixture
def actor(authority):
    with authority_scope(authority):
        yield system_actor(authority, "test")


def versions():
    return [(one.kind, one.key, one.version) for one in DefinitionVersion.objects.order_by("kind", "key", "version")]


def test_first_load_stores_scheme_and_commission(actor, konan):
    load(actor=actor, folder=konan)
    assert versions() == [("commission", "r8", 1), ("scheme", "konan", 1)]
    assert list(
        AuditEvent.objects.filter(act="definition.loaded")
        .values_list("act", "details__kind", "details__version")
        .order_by("details__kind")
    ) == [
        ("definition.loaded", "commission", 1),
        ("definition.loaded", "scheme", 1),
    ]


def test_wings_read_what_was_loaded(actor, konan):
    load(actor=actor, folder=konan)
    definition = current(actor.authority)
    assert definition.people.guardian_age.value == 18
    assert definition.scheme.word("opportunity").in_language("en") == "chance to join in"
    assert definition.commission.term.last.value == dt.date(2027, 3, 19)
    assert definition.versions == {"scheme": 1, "commission:r8": 1}


def test_loading_the_same_again_makes_no_version(actor, konan):
    load(actor=actor, folder=konan)
    assert load(actor=actor, folder=konan).versions == ()
    assert len(versions()) == 2


def test_a_comment_or_an_example_is_no_new_version(actor, konan, edit):
    load(actor=actor, folder=konan)
    edit("people.yaml", "stages:", "# 覚え書き\nstages:")
    edit("examples.yaml", "  - say: 令和9年3月19日は金曜日", "  - say: 令和9年3月19日は、金曜日")
    assert load(actor=actor, folder=konan).versions == ()


def test_a_change_makes_a_version_and_is_told_in_words(actor, konan, edit):
    load(actor=actor, folder=konan)
    assert current(actor.authority).people.guardian_age.value == 18
    edit("people.yaml", "guardian_age: {default: 18", "guardian_age: {default: 16")
    edit("people.yaml", "  - {key: half_year, months: 6,", "  - {key: half_year, retired: 2026-12-01, months: 6,")
    edit(
        "examples.yaml",
        "given: {age: 17, agreed: [register]}\n    expect: false",
        "given: {age: 15, agreed: [register]}\n    expect: false",
    )
    [version] = load(actor=actor, folder=konan).versions
    assert (version.kind, version.version) == ("scheme", 2)
    assert version.changes == [
        "people.guardian_age.default：18 → 16",
        "people.rests.half_year.retired：加えた（2026-12-01）",
    ]
    assert current(actor.authority).people.guardian_age.value == 16
    assert DefinitionVersion.objects.get(kind="scheme", version=1).data["people"]["guardian_age"]["default"] == 18


@pytest.mark.parametrize("town", ["kurihara", "sanda", "unnan", "yamaguchi"])
def test_every_shipped_town_loads_and_runs_from_what_was_stored(town):
    folder = KONAN.parent / town
    lines = []
    assert load_command([str(folder)], lines.append) == 0
    authority = Authority.objects.get(key=town)
    stored, shipped = current(authority), read_folder(folder).definition
    assert dict(stored.sections) == dict(shipped.sections)
    assert tuple(stored.commissions) == tuple(shipped.commissions)
    assert tuple(stored.calls) == tuple(shipped.calls)
    with authority_scope(authority):
        assert District.objects.count() == len(shipped.scheme.districts)
    assert authority.accent["accent"] == shipped.scheme.authority.colours.accent


def test_a_call_is_versioned_with_its_commission(tmp_path):
    shutil.copytree(KONAN.parent / "sanda", tmp_path / "sanda")
    load_command([str(tmp_path / "sanda")], lambda line: None)
    call = tmp_path / "sanda" / "call-r7.yaml"
    call.write_text(
        call.read_text(encoding="utf-8").replace("spoken: {default: false", "spoken: {default: true"), encoding="utf-8"
    )
    told = []
    load_command([str(tmp_path / "sanda")], told.append)
    assert told == [
        "sanda: 業務「r7」の第2版を読み込みました。",
        "  call-r7.questions.spoken.default：いいえ → はい",
    ]


def test_a_faulty_folder_loads_nothing(actor, konan, edit):
    load(actor=actor, folder=konan)
    edit("people.yaml", "guardian_age: {default: 18", "guardian_age: {default: 16")
    edit("introductions.yaml", "list_size: {default: 5", "list_size: {default: 五")
    with pytest.raises(FaultyDefinition) as refused:
        load(actor=actor, folder=konan)
    assert [fault.path for fault in refused.value.faults] == ["list_size.default"]
    assert versions() == [("commission", "r8", 1), ("scheme", "konan", 1)]
    assert current(actor.authority).people.guardian_age.value == 18


def test_a_key_in_the_stored_version_cannot_vanish(actor, konan):
    load(actor=actor, folder=konan)
    path = konan / "people.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "key: first_aid" not in line), encoding="utf-8")
    with pytest.raises(FaultyDefinition) as refused:
        load(actor=actor, folder=konan)
    assert [fault.path for fault in refused.value.faults] == ["skills.first_aid"]


def test_colours_contact_and_districts_follow(actor, konan, edit):
    load(actor=actor, folder=konan)
    authority = Authority.objects.get(key="konan")
    assert authority.accent == {"accent": "#27694a", "strong": "#1b4d36", "soft": "#e7f1ea", "line": "#b3d2bf"}
    assert authority.contact["phone"] == "0748-00-0000"
    assert District.objects.count() == 10
    assert District.objects.get(key="mito").parent == District.objects.get(key="konan")
    edit("scheme.yaml", "  - {key: mito, name: 水戸,", "  - {key: mito, retired: 2027-04-01, name: 水戸,")
    load(actor=actor, folder=konan)
    assert District.objects.get(key="mito").retired_on == dt.date(2027, 4, 1)


def test_another_towns_folder_is_refused(konan):
    other = Authority.objects.create(key="sora", name="そら市", created_at=clock.now())
    with authority_scope(other), pytest.raises(NotPossible) as refused:
        load(actor=system_actor(other, "test"), folder=konan)
    assert refused.value.code == "other_town"


def test_who_may_not_load_is_refused(authority, konan):
    with authority_scope(authority):
        for actor in (
            ANONYMOUS,
            Actor(account=None, authority=authority),
            Actor(None, authority, frozenset({"resident"})),
        ):
            with pytest.raises(Refused):
                load(actor=actor, folder=konan)
        assert versions() == []


def test_a_town_without_definition_says_so(authority):
    with pytest.raises(NoDefinition):
        current(authority)
    assert stored_data(authority) == {}


def test_the_definition_costs_one_query_for_each_request(actor, konan, django_assert_num_queries):
    load(actor=actor, folder=konan)
    current(Authority.objects.get(key="konan"))
    fresh = Authority.objects.get(key="konan")
    with authority_scope(fresh), django_assert_num_queries(1):
        assert current(fresh) is current(fresh)


def test_a_loaded_version_is_never_changed(actor, konan):
    [version, _] = load(actor=actor, folder=konan).versions
    version.key = "other"
    with pytest.raises(TypeError):
        version.save()


def test_the_command_makes_the_town_and_tells_what_it_did(konan, edit):
    lines = []
    assert load_command(["konan"], lines.append) == 0
    assert sorted(lines) == [
        "konan: 制度「konan」の第1版を読み込みました。",
        "konan: 業務「r8」の第1版を読み込みました。",
    ]
    lines.clear()
    assert load_command(["konan"], lines.append) == 0
    assert lines == ["konan: 前の版から変わっていません。"]
    edit("introductions.yaml", "remind_before_days: {default: 2", "remind_before_days: {default: 3")
    lines.clear()
    assert load_command(["konan"], lines.append) == 0
    assert lines == [
        "konan: 制度「konan」の第2版を読み込みました。",
        "  introductions.remind_before_days.default：2 → 3",
    ]


def test_the_command_makes_no_town_from_a_faulty_folder(konan, edit):
    edit("introductions.yaml", "list_size: {default: 5", "list_size: {default: 五")
    lines = []
    assert load_command(["konan"], lines.append) == 1
    assert lines[-1] == "定義に直すところが1か所あります。何も読み込んでいません。"
    assert not Authority.objects.exists()


def test_check_with_stored_names_keys_that_vanished(konan):
    load_command(["konan"], lambda line: None)
    path = konan / "people.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "key: first_aid" not in line), encoding="utf-8")
    told = []
    assert check_command(["konan"], told.append) == 0
    assert check_command(["konan", "--stored"], told.append) == 1


def test_templates_show_the_readers_language():
    page = Template("{% load definitions %}{{ text|in_language }}/{{ text|in_language:'en' }}")
    context = Context({"text": Texts({"ja": "出番", "ja-easy": "でばん", "en": "chance"})})
    with translation.override("ja-easy"):
        assert page.render(context) == "でばん/chance"


def test_the_hours_of_the_desk_are_kept_in_every_language(actor, konan):
    load(actor=actor, folder=konan)
    contact = Authority.objects.get(pk=actor.authority.pk).contact
    assert contact["hours"] == contact["hours_in"]["ja"] == "平日 9時〜17時"
    assert contact["hours_in"]["pt-br"] == "Dias úteis, das 9h às 17h"
