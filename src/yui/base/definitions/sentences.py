"""What pydantic found, told to the person who edits the file."""

from collections.abc import Mapping
from typing import Any

_SENTENCES = {
    "missing": "「{field}」がありません。書いてください。",
    "extra_forbidden": "「{field}」という項目は使えません。つづりを見直すか、消してください。",
    "string_type": "文字を書いてください（いまは {given}）。数字だけの文字は引用符で囲みます。",
    "string_too_short": "1文字以上書いてください。",
    "string_too_long": "{max_length}文字以内で書いてください。",
    "string_pattern_mismatch": "決まった書き方に合いません（{pattern}）。いまは {given}。",
    "int_type": "整数を書いてください（いまは {given}）。",
    "int_parsing": "整数を書いてください（いまは {given}）。",
    "int_from_float": "小数ではなく整数を書いてください（いまは {given}）。",
    "float_type": "数を書いてください（いまは {given}）。",
    "float_parsing": "数を書いてください（いまは {given}）。",
    "bool_type": "true か false を書いてください（いまは {given}）。",
    "bool_parsing": "true か false を書いてください（いまは {given}）。",
    "date_type": "日付を 2027-03-19 の形で書いてください（いまは {given}）。",
    "date_parsing": "日付を 2027-03-19 の形で書いてください（いまは {given}）。",
    "date_from_datetime_parsing": "日付を 2027-03-19 の形で書いてください（いまは {given}）。",
    "date_from_datetime_inexact": "日付を 2027-03-19 の形で書いてください（いまは {given}）。",
    "literal_error": "次のどれかを書いてください：{expected}（いまは {given}）。",
    "greater_than_equal": "{ge}以上の数を書いてください（いまは {given}）。",
    "less_than_equal": "{le}以下の数を書いてください（いまは {given}）。",
    "list_type": "「- 」で始まる並びを書いてください。",
    "dict_type": "「名前: 値」の組を書いてください。",
    "model_type": "「名前: 値」の組を書いてください。",
    "model_attributes_type": "「名前: 値」の組を書いてください。",
    "too_short": "{min_length}つ以上書いてください。",
    "too_long": "{max_length}つまでにしてください。",
}


def sentence(error: Mapping[str, Any]) -> str:
    """The Japanese sentence for one pydantic error (an entry of ``ValidationError.errors()``)."""
    kind: str = error["type"]
    context = dict(error.get("ctx", {}))
    if kind == "value_error":
        return str(context["error"])
    given = error.get("input")
    shown = "空" if given is None else f"「{str(given)[:40]}」"
    field = next((str(step) for step in reversed(error["loc"]) if isinstance(step, str)), "")
    context = {name: str(value) for name, value in context.items()}
    context["expected"] = context.get("expected", "").replace(" or ", "、").replace("'", "")
    known = _SENTENCES.get(kind)
    return known.format(field=field, given=shown, **context) if known else f"書き方が合いません（{error['msg']}）。"
