"""What stands in the headers, the side menu and the foot of every page: composed here from all wings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.base import definitions
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission as P
from yui.base.access.roles import Role
from yui.base.access.rules import holds_everywhere
from yui.base.tenancy.addresses import town_url
from yui.base.tenancy.models import Authority
from yui.site.places import CALL_PLACES, has_several_towns, landing_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the side menu, for those who hold the permission for everything."""

    label: str
    name: str
    permission: P
    kinds: frozenset[str] = frozenset()
    """Only for authorities of these kinds; empty is every kind."""
    below: tuple[str, ...] = ()
    """Other addresses of the desk that belong to it."""

    def leads_to(self, path: str, desk: str, url: str) -> int:
        """How much of a path one of its addresses tells; 0 where it does not lead there."""
        if url == desk:  # every page of staff begins with it
            return len(url) if path == url else 0
        told = [one for one in (url, *(f"{desk}{more}" for more in self.below)) if path.startswith(one)]
        return max((len(one) for one in told), default=0)


WIDE, CITY = frozenset({"prefecture", "council"}), frozenset({"city"})
RULES = "fairness"
"""The page of explanation that has a page of its own, drawn from the rules in force."""
MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("毎日のこと", (
        Entry("市町のようす", "office:towns", P.TOWNS_READ, WIDE),
        Entry("市のホーム", "site:home", P.OFFICER_HOME_READ, CITY),
        Entry("ホーム", "site:home", P.OFFICER_HOME_READ, WIDE),
        Entry("今日の仕事", "site:desk", P.DESK_READ),
        Entry("承認", "site:approvals", P.APPROVAL_DECIDE),
        Entry("連絡の記録", "people:notes", P.CONTACT_NOTE_READ),
        Entry("出す手紙", "site:letters", P.LETTER_PRINT),
    )),
    ("人と団体", (
        Entry("人財", "people:people", P.PERSON_SEARCH),
        Entry("団体", "people:organizations", P.ORGANIZATION_READ, below=("memberships/",)),
        Entry("困りごと", "people:concerns", P.CONCERN_WRITE),
        Entry("潜在候補・候補者リスト", "prospects:prospects", P.PROSPECT_READ),
    )),
    ("出番と紹介", (
        Entry(
            "企画・出番", "activities:desk_activities", P.ACTIVITY_READ,
            below=("opportunities/", "sessions/", "applicants/"),
        ),
        Entry("席決め", "assignments:desk_rounds", P.ASSIGNMENT_READ),
        Entry("候補をさがす", "introductions:candidates", P.CANDIDATES_READ),
        Entry("紹介", "introductions:introductions", P.INTRODUCTION_READ),
    )),
    ("名簿の手入れ", (
        Entry("名簿の取込", "exchange:imports", P.PERSON_IMPORT),
        Entry("重複かもしれない登録", "people:duplicates", P.PERSON_MERGE),
    )),
    ("数字", (
        Entry("指標", "office:figures", P.FIGURES_READ),
        Entry("層のうごき", "site:layers", P.FIGURES_READ),
        Entry("公平のようす", "introductions:fairness", P.FAIRNESS_READ),
        Entry("候補を出すきまり", "introductions:rules", P.FAIRNESS_READ),
        Entry("声かけの内わけ", "introductions:exposures", P.FAIRNESS_READ),
        Entry("県と分けあう数字", "office:sharing", P.SHARING_READ, CITY),
    )),
    ("業務", (
        Entry(
            "契約", "contracts:contracts", P.CONTRACT_READ,
            below=("subcontracts/", "staff-changes/", "named-staff/", "amendments/"),
        ),
        Entry("成果物・書類", "office:commission", P.COMMISSION_READ),
        Entry("会議・打合せ", "office:meetings", P.COMMISSION_READ),
        Entry("月次報告", "office:reports", P.REPORT_READ),
        Entry("経費台帳", "office:expenses", P.EXPENSE_READ),
        Entry("公募", "calls:desk_calls", P.CALL_READ, below=("call-questions/",)),
        Entry("様式", "office:templates", P.TEMPLATE_WRITE),
    )),
    ("しくみ", (
        Entry("定義", "site:definition", P.DEFINITION_READ),
        Entry("役割とアカウント", "site:accounts", P.ACCOUNT_MANAGE),
        Entry("記録をたどる", "site:audit", P.AUDIT_READ),
        Entry("時間のかかる仕事", "site:jobs", P.JOB_READ),
    )),
)  # fmt: skip
"""In the order of the day: what waits today, the people, what is offered to them, the lists to tend; then the rest."""


def menu_for(actor: Actor, authority: Authority, path: str) -> list[dict[str, Any]]:
    """The side menu: only what this actor may open; the longest address that leads here is the present one."""
    groups, kind = [], definitions.current(authority).scheme.authority.kind
    desk, found = town_url(authority, "site:desk"), list[tuple[int, dict[str, Any]]]()
    for title, entries in MENU:
        items = []
        for e in entries:
            own = any(
                e.permission in role.own for role in actor.held if role.staff
            )  # such as the contractor's contract
            if (own or holds_everywhere(actor, e.permission)) and (not e.kinds or kind in e.kinds):
                url = town_url(authority, e.name)
                items.append({"label": e.label, "url": url, "count": None, "current": False})
                found.append((e.leads_to(path, desk, url), items[-1]))
        if items:
            groups.append({"title": title, "items": items})
    told, item = max(found, key=lambda one: one[0], default=(0, {}))
    item["current"] = told > 0
    return groups


def _mark_current(items: list[dict[str, Any]], path: str) -> None:
    leading = [item for item in items if path.startswith(item["url"])]
    if leading:
        max(leading, key=lambda item: len(item["url"]))["current"] = True


def _links(authority: Authority, path: str, entries: Iterable[tuple[Any, str]]) -> list[dict[str, Any]]:
    links = [{"label": label, "url": town_url(authority, name), "current": False} for label, name in entries]
    _mark_current(links, path)
    return links


def composed(request: HttpRequest) -> dict[str, Any]:
    """The context processor after the one of ``base.ui``: navigation, menu, foot and personal links."""
    authority, actor = getattr(request, "authority", None), getattr(request, "actor", None)
    if authority is None or actor is None:
        return {}
    nav = [(_("出番をさがす"), "activities:catalogue")]
    speaks = bool(actor.person_ids or actor.organization_ids)
    if not speaks:
        nav.append((_("登録する"), "people:register"))
    if speaks or actor.account is None:  # who is not registered has no page of their own
        nav.append((_("マイページ"), "site:my"))
    kinds = {kind for kind, _pk in actor.subjects}
    nav += [(_(label), page) for kind, label, page in CALL_PLACES if kind in kinds]
    found: dict[str, Any] = {"nav": _links(authority, request.path, nav), "footer_links": _footer(authority, request)}
    if actor.is_staff:
        found["nav"].append({"label": _("職員の画面"), "url": town_url(authority, landing_of(actor)), "current": False})
        found["desk_menu"] = menu_for(actor, authority, request.path)
        roles = [_told(role, authority) for role in actor.held if role.staff]
        found["desk_role"] = roles[0]
        found["desk_sub"] = "　".join([authority.name, "・".join(roles)])
        guide = next(role.key for role in actor.held if role.staff)
        found["personal_links"] = [
            {"label": _("使い方"), "url": town_url(authority, "site:guide", role=guide)},
            {"label": "設定", "url": reverse("mfa_index")},
            {"label": _("終了する"), "url": reverse("account_logout")},
        ]
    elif "committee_member" in kinds or ("applicant" in kinds and not speaks):
        guide = "evaluator" if "committee_member" in kinds else "proposer"
        found["personal_links"] = [
            {"label": _("使い方"), "url": town_url(authority, "site:guide", role=guide)},
            {"label": _("終了する"), "url": reverse("account_logout")},
        ]
    if actor.account is not None and has_several_towns(request):
        change = {"label": _("まちをかえる"), "url": reverse("house:start"), "current": False}
        found.setdefault("personal_links", []).insert(0, change)
        if not request.path.startswith(town_url(authority, "site:desk")):
            found["nav"].append(change)
    return found


def _told(role: Role, authority: Authority) -> str:
    """The name of a role; who works for a council or a prefecture is no officer of a city."""
    wide = definitions.current(authority).scheme.authority.kind in WIDE
    return role.label.removeprefix("市の") if wide else role.label


def _footer(authority: Authority, request: HttpRequest) -> list[dict[str, Any]]:
    links = [
        {"label": page.label.in_language(request.LANGUAGE_CODE), "url": town_url(authority, "site:about", key=page.key)}
        for page in definitions.current(authority).site.pages
        if page.key != RULES
    ]
    role = "organization" if request.actor.organization_ids else "resident"  # type: ignore[attr-defined]
    guide = {"label": _("使い方"), "url": town_url(authority, "site:guide", role=role)}
    calls = {"label": _("公募"), "url": town_url(authority, "calls:calls")}
    return [*links, calls, guide, {"label": _("公平のきまり"), "url": town_url(authority, "site:fairness_rule")}]
