"""起案: a contract before it is signed. Its terms, its deposit and its years come from the definition."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction

from yui.base import clock, definitions
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Stale
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.approvals.decisions import decides
from yui.base.approvals.domain import approve, request_approval, return_for_change, withdraw
from yui.base.approvals.models import Approval
from yui.base.approvals.queries import approval_of
from yui.base.approvals.states import OPEN
from yui.base.approvals.states import State as ApprovalState
from yui.base.audit.record import record
from yui.base.files.domain import store_file
from yui.office.commissions.models import Commission
from yui.office.contracts.domain.steps import approval_for, lock, move
from yui.office.contracts.facts import budget_of, least_deposit, terms_of
from yui.office.contracts.models import Contract, ContractDeposit, ContractYear
from yui.office.contracts.queries import contract_path
from yui.office.contracts.states import LABELS, State
from yui.office.contracts.yearly import Finding, judge_years, years_between
from yui.people.domain import register_organization
from yui.people.models import Organization

EDITABLE = (
    "organization", "number", "title", "selection_id", "amount", "tax", "starts_on", "ends_on", "head_office_in_town",
    "reflected",
)  # fmt: skip
PAPERS = {"specification": "specification_id", "work_plan": "work_plan_id"}


def draft_contract(
    *,
    actor: Actor,
    commission_key: str,
    values: Mapping[str, Any],
    organization: Organization | None = None,
    new_name: str = "",
) -> Contract:
    """Draft a contract for a commission of the definition, with an organisation of the register or a new one by name.

    ``values``: any of ``EDITABLE``. Raises ``NotPossible``.
    """
    require(actor, Permission.CONTRACT_WRITE)
    if (organization is None) != bool(new_name.strip()):
        raise NotPossible("名簿の団体を選ぶか、新しい団体の名前を書くか、どちらか一方にしてください。", "organization")
    town = town_of(actor)
    definition = definitions.current(town)
    part = definition.commission_of(commission_key)
    with transaction.atomic():
        if organization is None:
            organization = register_organization(actor=actor, values={"name": new_name.strip()})
        contract = Contract(
            authority=town,
            commission_key=commission_key,
            commission=Commission.objects.filter(key=commission_key).first(),
            terms=terms_of(definition, part),
            drafted_by=actor.account,
            recorded_at=clock.now(),
            **_known({**values, "organization": organization}),
        )
        _possible(contract)
        contract.save()
        _compute(actor, contract)
        record(actor, "contract.drafted", contract, details={"commission": commission_key})
    return contract


def change_draft(*, actor: Actor, contract: Contract, version: int, values: Mapping[str, Any]) -> Contract:
    """Change a draft; deposit and years follow. Raises ``Stale`` and ``NotPossible``."""
    require(actor, Permission.CONTRACT_WRITE, contract)
    known = _known(values)
    with transaction.atomic():
        contract = lock(contract)
        if contract.version != version:
            raise Stale({name: getattr(contract, name) for name in known}, dict(known))
        _drafted(contract)
        changed = [name for name, value in known.items() if getattr(contract, name) != value]
        for name in changed:
            setattr(contract, name, known[name])
        _possible(contract)
        contract.version += 1
        contract.save()
        _compute(actor, contract)
        record(actor, "contract.changed", contract, fields=changed)
    return contract


def set_years(*, actor: Actor, contract: Contract, amounts: Mapping[int, int]) -> Contract:
    """年度ごとの額 of a draft. Years outside of the term are refused: what is only planned is no commitment (P-704)."""
    require(actor, Permission.CONTRACT_WRITE, contract)
    with transaction.atomic():
        contract = lock(contract)
        _drafted(contract)
        found = judge_years(
            contract.amount, amounts, years_between(contract.starts_on, contract.ends_on), budget_of(contract.terms)
        )
        wrong = [finding.sentence for finding in found if finding.code in ("outside", "missing", "sum")]
        if wrong:
            raise NotPossible(wrong[0], "years")
        write_years(actor=actor, contract=contract, amounts=amounts)
        record(actor, "contract.years_set", contract, details={"years": len(amounts)})
    return contract


def attach_paper(*, actor: Actor, contract: Contract, which: str, upload: File | bytes, name: str) -> Contract:
    """Keep the negotiated 仕様書 or the 業務計画書 with a contract that is not yet signed. Raises ``NotPossible``."""
    require(actor, Permission.CONTRACT_WRITE, contract)
    with transaction.atomic():
        contract = lock(contract)
        if contract.state not in (State.DRAFT, State.APPROVED):
            raise NotPossible(f"いまは「{LABELS[State(contract.state)]}」なので、差し替えられません。", "wrong_state")
        kept = store_file(
            actor=actor, upload=upload, name=name, purpose="contract", permission=Permission.CONTRACT_WRITE,
            thing=contract, related=("contract", contract.public_id),
        )  # fmt: skip
        setattr(contract, PAPERS[which], kept.public_id)
        contract.version += 1
        contract.save()
        record(actor, "contract.paper_attached", contract, fields=[PAPERS[which]])
    return contract


def request_contract(*, actor: Actor, contract: Contract, comment: str = "") -> Contract:
    """Lay a draft before those who decide. Raises ``NotPossible`` while years or limits do not allow it."""
    require(actor, Permission.CONTRACT_WRITE, contract)
    with transaction.atomic():
        contract = lock(contract)
        _drafted(contract)
        stopping = [finding.sentence for finding in findings_of(contract) if finding.stops]
        if stopping:
            raise NotPossible(stopping[0], "findings")
        move(actor=actor, contract=contract, to=State.REVIEW)
        request_approval(
            actor=actor, kind="contract", object_id=contract.public_id, title=f"契約：{contract.title}",
            url=contract_path(contract), comment=comment, permission=Permission.CONTRACT_WRITE, thing=contract,
        )  # fmt: skip
    return contract


def decide_contract(*, actor: Actor, contract: Contract, accepted: bool, comment: str = "") -> Contract:
    """決裁, or back to the draft with the words that say what to change. Nobody approves their own draft."""
    approval = approval_for("contract", contract)
    if accepted:
        approve(actor=actor, approval=approval, comment=comment)
    else:
        return_for_change(actor=actor, approval=approval, comment=comment)
    contract.refresh_from_db()
    return contract


def drop_contract(*, actor: Actor, contract: Contract) -> Contract:
    """取りやめ: a contract that will not be signed."""
    require(actor, Permission.CONTRACT_WRITE, contract)
    with transaction.atomic():
        contract = move(actor=actor, contract=lock(contract), to=State.DROPPED)
        approval = approval_of("contract", contract.public_id)
        if approval is not None and approval.state in OPEN:
            withdraw(actor=actor, approval=approval)
    return contract


def findings_of(contract: Contract) -> list[Finding]:
    """What its years and limits say of a contract; computes, changes nothing."""
    amounts = dict(ContractYear.objects.filter(contract=contract).values_list("fiscal_year", "amount"))
    covered = years_between(contract.starts_on, contract.ends_on)
    return judge_years(contract.amount, amounts, covered, budget_of(contract.terms))


def write_years(*, actor: Actor, contract: Contract, amounts: Mapping[int, int]) -> None:
    """Replace the years of a contract, each with the limit that its terms keep; a part of verbs that have asked."""
    require(actor, Permission.CONTRACT_READ, contract)
    limits = budget_of(contract.terms).years
    ContractYear.objects.filter(contract=contract).delete()
    ContractYear.objects.bulk_create(
        ContractYear(
            authority_id=contract.authority_id,
            contract=contract,
            fiscal_year=year,
            amount=amount,
            limit=limits.get(year),
        )
        for year, amount in sorted(amounts.items())
    )


def _compute(actor: Actor, contract: Contract) -> None:
    """The deposit and, where there is one year only, its amount. What was paid or waived before stays."""
    least, steps = least_deposit(contract.terms, contract.amount, local=contract.head_office_in_town)
    deposit, _ = ContractDeposit.objects.get_or_create(
        contract=contract, defaults={"authority_id": contract.authority_id}
    )
    deposit.least, deposit.steps = least, steps
    deposit.save()
    covered = years_between(contract.starts_on, contract.ends_on)
    if len(covered) == 1:
        write_years(actor=actor, contract=contract, amounts={covered[0]: contract.amount})
    else:
        ContractYear.objects.filter(contract=contract).exclude(fiscal_year__in=covered).delete()


def _possible(contract: Contract) -> None:
    if contract.ends_on < contract.starts_on:
        raise NotPossible("契約の終わりの日が、始まりの日より前です。", "ends_on")
    if not 0 <= contract.tax <= contract.amount or contract.amount < 1:
        raise NotPossible("消費税の額は、契約金額の内の額です。", "tax")
    part = contract.commission
    if part is not None and not (part.starts_on <= contract.starts_on and contract.ends_on <= part.ends_on):
        raise NotPossible("契約の期間は、始まっている業務の期間の中で書いてください。", "ends_on")


def _drafted(contract: Contract) -> None:
    if contract.state != State.DRAFT:
        raise NotPossible(f"いまは「{LABELS[State(contract.state)]}」なので、なおせません。", "wrong_state")


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in EDITABLE if name in values}


def _react(*, actor: Actor, approval: Approval, state: ApprovalState, comment: str) -> None:
    reached = {
        ApprovalState.APPROVED: State.APPROVED,
        ApprovalState.RETURNED: State.DRAFT,
        ApprovalState.WITHDRAWN: State.DRAFT,
    }.get(state)
    if reached is not None and Contract.objects.get(public_id=approval.object_id).state == State.REVIEW:
        move(actor=actor, contract=lock(Contract.objects.get(public_id=approval.object_id)), to=reached)


decides("contract")(_react)
