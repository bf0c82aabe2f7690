"""How two versions of a definition differ, told path by path in words."""

from collections.abc import Mapping
from typing import Any

from .reading import dotted, walk


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Sentences such as ``people.guardian_age.default：18 → 20``; empty when nothing differs.

    Entries of a list are told by their key, so moving one is no difference.
    """
    old, new = _leaves(before), _leaves(after)
    told = [
        f"{words}：{_shown(old[words])} → {_shown(new[words])}"
        for words in new
        if words in old and old[words] != new[words]
    ]
    told += [f"{words}：加えた（{_shown(new[words])}）" for words in new if words not in old]
    told += [f"{words}：消した（{_shown(old[words])}）" for words in old if words not in new]
    return sorted(told)


def _leaves(data: Mapping[str, Any]) -> dict[str, Any]:
    return {dotted(path, data): value for path, value in walk(data) if not isinstance(value, dict | list)}


def _shown(value: Any) -> str:
    if value is None:
        return "なし"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
