"""The definition's pages: in words, side by side, copied for another town, checked and loaded."""

import io
import re
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from yui.base import clock
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.definitions import current
from yui.base.definitions.checks import read_folder
from yui.base.definitions.founding import load_as_command
from yui.base.definitions.models import DefinitionVersion
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PLACE = "/unnan/desk/definition/"


@pytest.fixture
def unnan():
    load_as_command(settings.DEFINITIONS_DIR / "unnan")
    return Authority.objects.get(key="unnan")


@pytest.fixture
def officer(unnan, client):
    return signed_in(client, unnan, "officer")


def signed_in(client, authority, role):
    account = Account.objects.create_user(f"{role}@example.jp", name="見本 太郎")
    with authority_scope(authority):
        Grant.objects.create(authority=authority, account=account, role=role, starts_on=clock.today())
    client.force_login(account, backend=BACKEND)
    session = client.session
    session["enrolled"] = True
    session.save()
    return client


def text(answer):
    assert answer.status_code in (200, 422)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def opened(answer):
    """The files of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        return {name: pack.read(name).decode() for name in pack.namelist()}


def zipped(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return SimpleUploadedFile("definition.zip", stream.getvalue(), content_type="application/zip")


def send(client, files, then="check"):
    return client.post(f"{PLACE}check/", {"file": zipped(files), "then": then}, follow=True)


def test_the_chapters_tell_each_value_with_its_origin(officer):
    front = officer.get(PLACE)
    for stem in ("scheme", "people", "introductions", "commission-r7", "expenses"):
        assert f"chapters/{stem}/" in front.content.decode()
    page = text(officer.get(f"{PLACE}chapters/commission-r7/"))
    assert "助け合える地域と感じる市民の割合" in page
    assert "0.26" in page
    assert "令和7年度 仕様書 4(1)" in page
    people = text(officer.get(f"{PLACE}chapters/people/"))
    assert (
        "文書に書かれていない。初期値 ：文書に定めがない。民法の成年" in people
        or "初期値：文書に定めがない。民法の成年" in people
    )
    assert "cidadãos" not in text(officer.get(f"{PLACE}chapters/scheme/"))
    assert "cidadãos" in text(officer.get(f"{PLACE}chapters/scheme/?languages"))
    whole = text(officer.get(f"{PLACE}whole/"))
    assert "再委託の協議の文書" in whole
    assert "声かけの上限" in whole
    assert officer.get(f"{PLACE}chapters/nothing/").status_code == 404


@pytest.mark.slow  # on PostgreSQL only: it reads a whole definition several times
def test_a_value_edited_in_the_zip_is_checked_loaded_and_shown_side_by_side(officer, unnan):
    files = opened(officer.get(f"{PLACE}download/"))
    assert "# " in files["unnan/people.yaml"], "the shipped folder keeps its comments"
    line = files["unnan/people.yaml"].split("guardian_age:")[0].count("\n") + 1
    broken = {
        **files,
        "unnan/people.yaml": files["unnan/people.yaml"].replace(
            "guardian_age: {default: 18", "guardian_age: {default: 十八"
        ),
    }
    page = text(send(officer, broken))
    assert f"unnan/people.yaml {line}行目" in page
    assert "整数を書いてください" in page
    assert "直すところ 1か所" in text(send(officer, broken, "load"))
    with authority_scope(unnan):
        assert DefinitionVersion.objects.count() == 2
    good = {
        **files,
        "unnan/people.yaml": files["unnan/people.yaml"].replace(
            "guardian_age: {default: 18", "guardian_age: {default: 20"
        ),
    }
    page = text(send(officer, good))
    assert "直すところは、ありません" in page
    assert "18歳" in page
    assert "20歳" in page
    with authority_scope(unnan):
        assert current(unnan).people.guardian_age.value == 18, "checking changes nothing"
    assert "新しい版が1つ" in text(send(officer, good, "load"))
    with authority_scope(unnan):
        unnan.__dict__.pop("_definition", None)
        assert current(unnan).people.guardian_age.value == 20
    compared = text(officer.get(f"{PLACE}compare/"))
    assert "変わった" in compared
    assert compared.index("18歳") < compared.index("20歳")
    assert "前の版と並べて見る" in text(officer.get(PLACE))
    again = opened(officer.get(f"{PLACE}download/"))
    assert "default: 20" in again["unnan/people.yaml"]


@pytest.mark.slow  # on PostgreSQL only: it reads a whole definition several times
def test_what_was_changed_and_written_anew_can_be_loaded_again(officer, unnan, tmp_path):
    """The stored definition, without the shipped comments, is a folder without faults that changes nothing."""
    files = opened(officer.get(f"{PLACE}download/"))
    changed = files["unnan/people.yaml"].replace("guardian_age: {default: 18", "guardian_age: {default: 20")
    send(officer, {**files, "unnan/people.yaml": changed}, "load")
    anew = opened(officer.get(f"{PLACE}download/"))
    assert "前の版から変わっていません" in text(send(officer, anew, "load"))


@pytest.mark.slow  # on PostgreSQL only: it reads a whole definition several times
def test_another_town_is_read_and_copied_under_a_new_name(officer, tmp_path):
    assert "三田市" in text(officer.get(f"{PLACE}towns/"))
    page = text(officer.get(f"{PLACE}towns/sanda/"))
    assert "41,640,000円" in page
    kept = officer.post(
        f"{PLACE}towns/sanda/copy/", {"key": "Mihon!", "name": "見本市", "kana": "ミホン", "latin": "Mihon"}
    )
    assert kept.status_code == 422
    assert "キーに使えません" in text(kept)
    assert 'value="見本市"' in kept.content.decode()
    answer = officer.post(
        f"{PLACE}towns/sanda/copy/",
        {"key": "mihon", "name": "見本市", "kana": "みほんし", "latin": "Mihon", "prefecture": "例示県", "code": ""},
    )
    files = opened(answer)
    (tmp_path / "mihon").mkdir()
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    reading = read_folder(tmp_path / "mihon")
    assert reading.faults == []
    assert reading.definition.scheme.authority.name == "見本市"
    assert "三田" not in files["mihon/site.yaml"] + files["mihon/scheme.yaml"].replace("# ", "")
    page = text(send(officer, files))
    assert "この町の定義ではない" in page
    assert "のもので" in text(send(officer, files, "load"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"no zip", "zip として開けません"),
        ({"a/scheme.yaml": "", "b/scheme.yaml": ""}, "1つのフォルダー"),
        ({"a/people.yaml": "x: 1"}, "scheme.yaml が入っていません"),
        ({"../scheme.py": "x"}, "1つのフォルダー"),
        ({"a/scheme.yaml": "authority: {key: ../../x}"}, "直すところ"),
        ({f"a/f{n}.yaml": "" for n in range(99)}, "大きすぎます"),
    ],
)
def test_what_is_no_folder_is_refused_in_words(officer, data, sentence):
    if isinstance(data, bytes):
        upload = SimpleUploadedFile("x.zip", data)
        page = text(officer.post(f"{PLACE}check/", {"file": upload, "then": "check"}))
    else:
        page = text(send(officer, data))
    assert sentence in page


def test_who_may_not_load_reads_only(unnan, client):
    reader = signed_in(client, unnan, "administrator")
    assert "書きかえた定義を確かめて" not in text(reader.get(PLACE))
    assert reader.get(f"{PLACE}check/").status_code == 403
    assert reader.get(f"{PLACE}towns/konan/copy/").status_code == 200
