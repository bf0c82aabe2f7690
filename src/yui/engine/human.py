"""An answer told in Japanese sentences, for `--human`: the steps, then the lists with their reasons."""

from collections.abc import Mapping
from typing import Any

from yui.engine.sentences import say


def account(answer: Mapping[str, Any]) -> str:
    """Several lines, each ended."""
    lines = [f"{number}. {step['says']}" for number, step in enumerate(answer["steps"], start=1)]
    for name, entries in answer.get("lists", {}).items():
        lines.append(f"◆ {name}：" + ("" if entries else "（該当なし）"))
        for rank, entry in enumerate(entries, start=1):
            lines.append(f"  {rank}位 {entry['id']} {entry['score']}点" + _reasons(entry["parts"]))
    for name, why in answer.get("excluded", {}).items():
        lines += [f"× {name} と {other}：{say('matching', 'limits', limit, {})}" for other, limit in why.items()]
    lines += _places(answer)
    lines += [f"！ {finding}" for finding in answer.get("findings", ())]
    if answer.get("ignored"):
        lines.append("使わなかった項目：" + "、".join(answer["ignored"]))
    return "".join(line + "\n" for line in lines)


def _places(answer: Mapping[str, Any]) -> list[str]:
    """Who goes where, who does not and why, and what does not run."""
    told = answer.get("unmatched", {})
    lines = [f"○ {name} → {'、'.join(mine)}" for name, mine in answer.get("matching", {}).items() if mine]
    lines += [f"－ {name}：{say('matching.assignment', 'unmatched', code, {})}" for name, code in told.items()]
    for gone in answer.get("cancelled", ()):
        wanted = "、".join(gone["wanted_by"]) or "なし"
        why = say("matching.assignment", "cancelled", gone["why"], {})
        lines.append(f"× {gone['program']}：{why}（希望した人：{wanted}）")
    return lines


def _reasons(parts: list[dict[str, Any]]) -> str:
    """The code and value of each part; counts before the weight are not in the answer, so no sentence is made up."""
    return "".join(f"\n      {part['value']:+d} {part['term']}" for part in parts)
