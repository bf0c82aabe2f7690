import datetime as dt
import subprocess
import sys

import pytest
from pydantic import ValidationError

from yui.base.definitions.schema import Item, Setting, Texts, active, by_key
from yui.base.definitions.scheme import check_digit, contrast


def test_text_falls_back_to_easy_japanese_and_then_to_japanese():
    full = Texts({"ja": "出番", "ja-easy": "でばん", "en": "chance"})
    assert [full.in_language(code) for code in ("ja", "ja-easy", "en", "vi", None)] == [
        "出番",
        "でばん",
        "chance",
        "でばん",
        "出番",
    ]
    assert Texts({"ja": "出番"}).in_language("pt-BR") == "出番"
    assert Texts({"ja": "出番", "pt-br": "vez"}).in_language("pt-BR") == "vez"
    assert str(full) == "出番"


def test_text_without_japanese_is_refused():
    with pytest.raises(ValidationError):
        Texts({"en": "chance"})


def test_setting_knows_whether_the_document_states_it():
    stated = Setting[int].model_validate({"value": 2000, "source": "6.(2)⑤"})
    chosen = Setting[int].model_validate({"default": 7, "note": "文書に定めがない"})
    assert (stated.value, stated.source, stated.by_default) == (2000, "6.(2)⑤", False)
    assert (chosen.value, chosen.note, chosen.by_default) == (7, "文書に定めがない", True)


@pytest.mark.parametrize(
    "given", [7, {"value": 7}, {"default": 7}, {"value": 7, "default": 7, "source": "1", "note": "x"}, {"source": "1"}]
)
def test_setting_without_origin_is_refused(given):
    with pytest.raises(ValidationError):
        Setting[int].model_validate(given)


def test_retired_item_is_known_but_no_longer_offered():
    items = [Item(key="old", retired=dt.date(2026, 10, 1)), Item(key="new")]
    assert [item.key for item in active(items, dt.date(2026, 9, 30))] == ["old", "new"]
    assert [item.key for item in active(items, dt.date(2026, 10, 1))] == ["new"]
    assert list(by_key(items)) == ["old", "new"]


@pytest.mark.parametrize("code", ["252115", "131016", "011002", "352039"])
def test_check_digit_of_known_municipalities(code):
    assert check_digit(code[:5]) == code[5]


def test_contrast_is_that_of_the_guideline():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def test_checking_a_definition_does_not_load_django():
    code = (
        "import sys; from pathlib import Path; from yui.base.definitions.checks import check;"
        "from yui.base.definitions.commands import check_command;"
        "check(Path('nowhere')); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
