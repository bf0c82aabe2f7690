"""The rules of one commission's ledger: the engine's profile, and what each category is called and asks for.

Made from the definition in force. Where the document has no rule of expenses, lines are kept under ``GENERAL`` headings:
the engine accepts any category then, and only limits by year and the contract amount apply.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yui.base import definitions
from yui.engine.faults import Faults
from yui.engine.profile import Profile, read_object
from yui.engine.reading import Log
from yui.office.profiles import expense_profile

if TYPE_CHECKING:
    from yui.office.commissions.models import Commission
    from yui.office.definition import Commission as CommissionPart
    from yui.office.expenses.definition import Category as CategoryPart
    from yui.office.expenses.definition import Expenses, HonorariumClass

GENERAL = {
    "personnel": "人件費",
    "honorarium": "謝金",
    "travel": "旅費",
    "lodging": "宿泊費",
    "communications": "通信運搬費",
    "consumables": "消耗品費",
    "printing": "印刷製本費",
    "rental": "使用料・賃借料",
    "outsourcing": "再委託費",
    "management_fee": "一般管理費",
    "other": "その他",
}
"""Headings where the document names none; for order only, nothing is judged by them."""
CONTRACT = "contract"
SOURCES = {
    CONTRACT: "この契約の委託料",
    "grant": "交付金",
    "subsidy": "ほかの補助金",
    "own": "自己負担",
}
"""Who pays a line. The engine calls the first one ``contract``: only that part is eligible."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A category as the ledger shows it. ``sources``: by code of a rule that it has, where the document says it."""

    key: str
    number: str
    name: str
    summary: str
    refused: bool
    sources: Mapping[str, str]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Rules:
    """``data`` goes to the engine as it is, so that a third person can ask the same question."""

    data: dict[str, Any]
    profile: Profile
    headings: Mapping[str, Heading]
    has_document_rules: bool
    document: str
    contract_amount: int | None
    """The amount the document names; the ledger may have a later one."""
    contract_source: str
    classes: tuple["HonorariumClass", ...] = ()

    def name_of(self, key: str) -> str:
        """The name of a category; a key that the definition no longer has stays readable."""
        heading = self.headings.get(key)
        return heading.name if heading else key

    @property
    def eligible(self) -> list[Heading]:
        """The categories that may be claimed, in the order of the document."""
        return [one for one in self.headings.values() if not one.refused]

    @property
    def refused(self) -> list[Heading]:
        """What the document never pays."""
        return [one for one in self.headings.values() if one.refused]


def rules_of(commission: "Commission") -> Rules:
    """The rules of a commission from the definition in force. Call inside the authority's scope."""
    definition = definitions.current(commission.authority)
    part: CommissionPart | None = next((one for one in definition.commissions if one.key == commission.key), None)
    written: Expenses | None = definition.expenses
    own = written if written is not None and written.commission == commission.key else None
    data = expense_profile(definition, commission.key, name=commission.authority.key, title=commission.title)
    budget = part.budget if part else None
    limit = budget.limit if budget else None
    return Rules(
        data=data,
        profile=_read(data),
        headings=_headings(own),
        has_document_rules=own is not None,
        document=part.document.title if part else commission.title,
        contract_amount=limit.value if limit else None,
        contract_source=(limit.source or limit.note or "") if limit else "",
        classes=tuple(own.honorarium.classes) if own and own.honorarium else (),
    )


def _read(data: dict[str, Any]) -> Profile:
    log = Log()
    profile = read_object(data, (), log)
    if profile is None:
        raise Faults(log.faults)
    return profile


def _headings(own: "Expenses | None") -> dict[str, Heading]:
    if own is None:
        return {
            key: Heading(key, "", name, "文書に費目の定めがないので、整理のための見出しです。", False, {})
            for key, name in GENERAL.items()
        }
    found = {one.key: _heading(one, own) for one in own.categories}
    for refused in own.refused:
        sources = {"refused": refused.source or own.commission}
        found[refused.key] = Heading(refused.key, refused.number, refused.name, refused.summary, True, sources)
    return found


def _heading(one: "CategoryPart", own: "Expenses") -> Heading:
    """Which rules a category has, and where the document says each."""
    sources: dict[str, str] = {"listed": one.source or ""}
    split = next((term.source for term in own.terms if term.key == "split"), None)
    for rule in ("contract_part", "sources_exceed_claimed"):
        sources[rule] = split or "二重に払わないための決まり"
    if one.formula is not None:
        sources["rate_times_hours"] = _told(one.formula)
    if one.ceiling is not None and one.ceiling.yen is not None:
        rule = "night_limit" if one.ceiling.per == "night_and_person" else "limit"
        sources[rule] = _told(one.ceiling.yen)
    if one.ceiling is not None and one.ceiling.share is not None:
        sources["share_of_total"] = _told(one.ceiling.share)
    for condition in one.conditions:
        rule = {"no_food": "food_excluded", "cheapest": "cheapest_route", "cost_only": "own_supply_at_cost"}.get(
            condition.key, ""
        )
        if rule:
            sources[rule] = condition.source or one.source or ""
    if one.consulted_before is not None and one.consulted_before.value:
        sources["not_consulted"] = _told(one.consulted_before)
    if one.key == "honorarium" and own.honorarium is not None:
        sources["honorarium_table"] = _told(own.honorarium.classes[0].yen_per_hour)
    if one.verifiable is not None and one.verifiable.value:
        sources["no_evidence"] = _told(one.verifiable)
    return Heading(one.key, one.number, one.name, one.summary, False, sources)


def _told(setting: Any) -> str:
    return setting.source or setting.note or ""
