"""The rules of contracting as plain values: from a definition, or from what a commission or contract kept of them.

Pure: no Django. A definition loaded before these rules existed gets the defaults, which are the strictest reading.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yui.office.definition import Commission

EACH_APPROVED, NOT_IN_PRINCIPLE, LISTED_IN_FORM = "each_approved", "not_in_principle", "listed_in_form"
REPORTED, CONSENTED = "reported", "consented"
SUBCONTRACT_WORDS = {
    EACH_APPROVED: "再委託は、再委託先ごとに、前もって書面で承認を得ます。",
    NOT_IN_PRINCIPLE: "再委託は、原則として認めません。市が欠かせないと認めたときだけ、前もって書面で承認します。",
    LISTED_IN_FORM: "再委託先は、{form}に書き、契約のときに承諾を得ます。",
}
STAFF_WORDS = {
    REPORTED: "体制を変えるときは、前もって書面で報告します。",
    CONSENTED: "業務予定者は、原則として変えません。やむをえないときは、同等以上の人であることの了解を、前もって得ます。",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """How work is given on and staff changed; days and percent of the register of deliverables."""

    subcontracts: str = EACH_APPROVED
    subcontract_form: str = ""
    staff_changes: str = CONSENTED
    tolerance: int = 10
    soon_days: int = 7
    late_days: int = 3

    @property
    def subcontract_sentence(self) -> str:
        """The rule in words."""
        return SUBCONTRACT_WORDS[self.subcontracts].format(form=self.subcontract_form or "提案のときの様式")

    @property
    def staff_sentence(self) -> str:
        """The rule in words."""
        return STAFF_WORDS[self.staff_changes]


def rules_of(part: "Commission") -> Rules:
    """The rules of a commission of a definition."""
    given = part.contracting
    if given is None:
        return Rules()
    return Rules(
        subcontracts=given.subcontracts.value,
        subcontract_form=given.subcontract_form.value if given.subcontract_form else "",
        staff_changes=given.staff_changes.value,
        tolerance=given.tolerance_percent.value,
        soon_days=given.soon_days.value,
        late_days=given.late_days.value,
    )


def kept_of(part: "Commission") -> dict[str, Any]:
    """The same as data that a commission or a contract keeps."""
    return asdict(rules_of(part))


def kept_rules(kept: dict[str, Any] | None) -> Rules:
    """The rules that ``kept_of`` wrote down, also where they were written before a rule existed."""
    known = {name: value for name, value in (kept or {}).items() if name in Rules.__slots__}
    return Rules(**known)
