"""docs/reference/roles.md: who may do what, from ``base/access``."""

from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES, Role
from yui.config.reference.markdown import code, page_of, table

LEAD = (
    "`●` まちのすべてについてできる、`○` 自分のこと（自分、代理をしている人、自分の団体）だけできる、空白はできない。\n"
    "サインインしていない人がもつ権限はありません。だれにでも開いているページは [routes.md](routes.md) にあります。"
)


def page() -> str:
    """The purposes of the roles, then roles × permissions."""
    roles = list(ROLES.values())
    purposes = table(
        ("役割", "コード", "何のため", "職員の画面", "いつまで"),
        ((r.label, code(r.key), r.purpose, "あり（二要素が必須）" if r.staff else "なし", _until(r)) for r in roles),
    )
    held = table(
        ("権限", *(r.label for r in roles)),
        ((code(p.value), *(_mark(r, p) for r in roles)) for p in Permission),
    )
    return page_of(
        "役割と権限", "`yui.base.access.roles`", LEAD, "## 役割", purposes, "## 役割と権限の表", held,
    )  # fmt: skip


def _mark(role: Role, permission: Permission) -> str:
    if permission in role.everywhere:
        return "●"
    return "○" if permission in role.own else ""


def _until(role: Role) -> str:
    if not role.staff:
        return "登録・構成員・代理の間"
    return "受託の終わりまで" if role.by_engagement else "年度末まで"
