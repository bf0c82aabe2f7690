"""docs/reference/measures.md: what can be counted, from the ``measures.py`` of each wing."""

from yui.base.measures.registry import all_measures
from yui.config.reference.markdown import code, page_of, table

LEAD = (
    "数字は、いつも日付のある行の数です（`rows(measure, as_of)`）。「期末」はその期間の最後の日に続いているもの、「期間」は期間の中に起きたものを数えます。\n"
    "月を締めると行が固定され、あとの訂正は理由の付いた新しい版になります。"
)


def page() -> str:
    """One row for each measure, by key."""
    rows = ((code(m.key), m.label, m.unit, "期末" if m.stock else "期間", m.note) for m in all_measures())
    return page_of(
        "数えられるもの", "各棟の `measures.py`", LEAD, table(("キー", "名前", "単位", "数えかた", "説明"), rows)
    )
