"""docs/reference/settings.md: every variable of the environment, from ``config/variables.py``."""

from yui.config.reference.markdown import code, page_of, table
from yui.config.variables import VARIABLES

LEAD = (
    "設定はすべて環境変数で、どれもなくても動きます（`var/` の中のデータベースと、localhost）。\n"
    "`yui doctor` が、動いている所の設定をたしかめます。「いつ」が「試験」のものは、テストのためだけにあります。"
)


def page() -> str:
    """One row for each variable."""
    rows = ((code(v.name), v.meaning, v.default, v.when) for v in VARIABLES)
    return page_of("設定", "`yui.config.variables`", LEAD, table(("変数", "意味", "ないとき", "いつ"), rows))
