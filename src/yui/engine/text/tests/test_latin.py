import pytest

from yui.engine.text.latin import latin


@pytest.mark.parametrize(
    ("kana", "said"),
    [
        ("ぼだいじ", "Bodaiji"), ("いしべみなみ", "Ishibeminami"), ("みくも", "Mikumo"), ("しもだ", "Shimoda"),
        ("きすき", "Kisuki"), ("だいとう", "Daito"), ("きょうとし", "Kyotoshi"), ("ちゅうおう", "Chuo"),
        ("にっぽん", "Nippon"), ("まっちゃ", "Matcha"), ("じゃんけん", "Janken"), ("ゆい うんなん", "Yui Unnan"), ("", ""),
    ],
)  # fmt: skip
def test_kana_in_latin_letters(kana, said):
    assert latin(kana) == said
