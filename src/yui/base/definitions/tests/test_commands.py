import pytest

from yui.base.definitions.checks import check, read_folder
from yui.base.definitions.commands import check_command, new_command


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


def test_a_copy_under_a_new_key_passes_the_check(definitions, konan):
    lines = []
    assert new_command(["mirai", "--from", "konan"], lines.append) == 0
    assert check(definitions / "mirai") == []
    assert read_folder(definitions / "mirai").definition.scheme.authority.key == "mirai"
    assert read_folder(konan).definition.scheme.authority.key == "konan"


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
