import shutil

import pytest

from yui.base.definitions.checks import read_folder
from yui.base.definitions.commands import check_command, new_command

from .conftest import KONAN


def test_check_says_that_all_is_well(konan):
    lines = []
    assert check_command(["konan"], lines.append) == 0
    assert lines == ["konan: 直すところはありません"]


def test_check_without_a_name_takes_every_town(definitions):
    lines = []
    assert check_command([], lines.append) == 0
    assert lines == ["konan: 直すところはありません"]


def test_check_names_file_line_and_what_is_expected(konan, edit):
    line = edit("introductions.yaml", "list_size: {default: 5,", "list_size: {default: 五,")
    lines = []
    assert check_command(["konan"], lines.append) == 1
    assert lines == [
        f"konan/introductions.yaml:{line}: 整数を書いてください（いまは 「五」）。（list_size.default）",
        "konan: 直すところ 1か所",
    ]


@pytest.mark.parametrize("town", ["konan", "kurihara", "sanda", "unnan", "yamaguchi"])
def test_a_copy_of_any_town_under_a_new_key_passes_the_check(town, tmp_path, monkeypatch):
    monkeypatch.setenv("YUI_DEFINITIONS", str(tmp_path))
    shutil.copytree(KONAN.parent / town, tmp_path / town)
    lines = []
    assert new_command(["mirai", "--from", town], lines.append) == 0
    copied = read_folder(tmp_path / "mirai")
    assert copied.faults == []
    assert copied.definition.scheme.authority.key == "mirai"
    assert (tmp_path / town / "scheme.yaml").read_text(encoding="utf-8") == (
        KONAN.parent / town / "scheme.yaml"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["Mirai"], "町のキーに使えません"),
        (["account"], "町のキーに使えません"),
        (["konan"], "もうあります"),
        (["mirai", "--from", "nowhere"], "もとにする定義"),
    ],
)
def test_what_cannot_be_copied_is_refused(definitions, args, sentence):
    lines = []
    assert new_command(args, lines.append) == 1
    assert sentence in lines[0]
    assert sorted(path.name for path in definitions.iterdir()) == ["konan"]
