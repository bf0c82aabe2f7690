"""docs/reference/routes.md: every address with its name and who may open it, from the URL configuration."""

import re
from collections.abc import Iterator, Sequence

from django.urls import URLPattern, URLResolver, get_resolver

from yui.base.access.permissions import Permission
from yui.base.access.roles import ROLES
from yui.config.reference.markdown import code, page_of, table

OPEN = {"public": "だれでも", "signed_in": "サインインした人"}
LEAD = (
    "どの住所も、だれが開けるかを自分で言います（`public`、`signed_in`、または権限）。言わない住所はテストが見つけます。\n"
    "権限をもつ役割の `（自分）` は、自分のことだけです。持たない人には 404（職員には理由の付いた 403）が返ります。"
)


def page() -> str:
    """One row for each address, in the order in which they are tried."""
    rows = ((code("/" + path), code(name), *_who(entry)) for path, name, entry in routes())
    return page_of("住所と権限", "URL の設定", LEAD, table(("住所", "名前", "権限", "開ける役割"), rows))


def routes(
    patterns: Sequence[URLPattern | URLResolver] | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Path, name with its namespace, and the pattern."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + _readable(str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry.url_patterns, path, inner)
        else:
            yield path, space + (entry.name or ""), entry


def _readable(pattern: str) -> str:
    """``(?P<key>.+)`` of a regular expression as ``<key>``, as the others are written."""
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern).removeprefix("^").removesuffix("$")


def _who(entry: URLPattern) -> tuple[str, str]:
    access = getattr(entry.callback, "access", "")
    if not isinstance(access, Permission):
        return code(access), OPEN.get(access, "")
    held = [
        role.label + ("" if access in role.everywhere else "（自分）")
        for role in ROLES.values()
        if access in role.everywhere | role.own
    ]
    return code(access.value), "、".join(held)
