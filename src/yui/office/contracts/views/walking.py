"""The walk of a contract: draft, years, deposit, papers, request, decide, sign; then complete, end, drop."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from yui.base import clock, definitions
from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.tenancy.addresses import town_url
from yui.office.calls.queries.chosen import Chosen, chosen_of_calls
from yui.office.contracts import domain
from yui.office.contracts.facts import budget_of
from yui.office.contracts.forms import (
    CommentForm,
    ContractForm,
    DayForm,
    DecideForm,
    DepositForm,
    EndForm,
    PapersForm,
    YearsForm,
)
from yui.office.contracts.models import Contract, ContractDeposit, ContractYear
from yui.office.contracts.queries import contract_path
from yui.office.contracts.views.acting import acted, contract_here, posted
from yui.office.contracts.yearly import years_between
from yui.office.definition import Commission as CommissionPart
from yui.people.queries import organizations_on

BOTH = "仕様書・業務計画書をつけました。"


def _organizations() -> Any:
    return organizations_on(clock.today()).order_by("kana", "name")


def _first_words(part: CommissionPart) -> dict[str, Any]:
    first = {"commission_key": part.key, "title": part.title_corrected.value}
    return {**first, "starts_on": part.term.first.value, "ends_on": part.term.last.value}


def _named(chosen: Sequence[Chosen]) -> list[tuple[str, str]]:
    return [(one.key, one.label) for one in chosen]


def _words_of(picked: Chosen) -> dict[str, Any]:
    """What a call already knows of the contract with whom it selected."""
    known = _organizations().filter(name=picked.name).first()
    who = {"organization": known.public_id} if known is not None else {"new_name": picked.name}
    return {"selection_id": picked.key, "amount": picked.estimate, "head_office_in_town": picked.in_town, **who}


@needs(Permission.CONTRACT_WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Draft a contract for a commission of the definition in force."""
    actor = request.actor  # type: ignore[attr-defined]
    parts = list(reversed(definitions.current(request.authority).commissions))  # type: ignore[attr-defined]
    choices = [(part.key, part.title_corrected.value) for part in parts]
    chosen = chosen_of_calls()
    picked = next((one for one in chosen if one.key == request.GET.get("chosen", "")), None)
    form = ContractForm(
        request.POST or None, organizations=_organizations(), parts=choices, chosen=_named(chosen),
        initial=_first_words(next((part for part in parts if picked and part.key == picked.commission_key), parts[0]))
        | (_words_of(picked) if picked else {}),
    )  # fmt: skip
    blank = Contract(authority=request.authority)  # type: ignore[attr-defined]
    made: list[Contract] = []

    def act() -> None:
        data = form.cleaned_data
        who = {"organization": data["organization"], "new_name": data["new_name"]}
        made.append(
            domain.draft_contract(actor=actor, commission_key=data["commission_key"], values=form.values(), **who)
        )

    answer = acted(
        request, form, act, contract=blank, title="契約を起案する", submit="下書きを作る", done="契約の下書きを作りました。",
        lead="契約保証金と年度ごとの額は、定義のきまりから計算します。", back=town_url(blank.authority, "contracts:contracts"),
    )  # fmt: skip
    if made:
        answer["Location"] = contract_path(made[0])
    return answer


@needs(Permission.CONTRACT_WRITE)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a draft."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    names = ("title", "number", "amount", "tax", "starts_on", "ends_on", "head_office_in_town", "selection_id", "reflected", "version")  # fmt: skip
    initial = {name: getattr(contract, name) for name in names} | {"organization": contract.organization.public_id}
    chosen = _named(chosen_of_calls())
    form = ContractForm(request.POST or None, organizations=_organizations(), chosen=chosen, initial=initial)

    def act() -> None:
        version = form.cleaned_data["version"] or 0
        domain.change_draft(actor=actor, contract=contract, version=version, values=form.values())

    return acted(
        request, form, act, contract=contract, title="下書きをなおす", submit="保存する", done="下書きをなおしました。"
    )


@needs(Permission.CONTRACT_WRITE)
def years(request: HttpRequest, public_id: str) -> HttpResponse:
    """年度ごとの額."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    covered = years_between(contract.starts_on, contract.ends_on)
    present = dict(ContractYear.objects.filter(contract=contract).values_list("fiscal_year", "amount"))
    limits = dict(budget_of(contract.terms).years)
    initial = {f"year_{year}": present.get(year) for year in covered}
    form = YearsForm(request.POST or None, years=covered, limits=limits, initial=initial)
    return acted(
        request, form, lambda: domain.set_years(actor=actor, contract=contract, amounts=form.amounts()),
        contract=contract, title="年度ごとの額", submit="保存する", done="年度ごとの額を保存しました。",
        lead=f"合計は、契約金額 {contract.amount:,}円と同じにします。契約の期間にない年度は、書けません。",
    )  # fmt: skip


@needs(Permission.CONTRACT_WRITE)
def deposit(request: HttpRequest, public_id: str) -> HttpResponse:
    """契約保証金: paid or waived."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    row = ContractDeposit.objects.select_related("contract__authority", "authority").get(contract=contract)
    initial = {
        "paid": row.paid or row.least,
        "paid_on": row.paid_on,
        "waived": row.waived or None,
        "ground": row.ground,
    }
    form = DepositForm(
        request.POST or None, request.FILES or None, initial=initial, waived=contract.terms.get("waived", "")
    )

    def act() -> None:
        data = dict(form.cleaned_data)
        upload = data.pop("file")
        paid, waived = data.pop("paid") or 0, data.pop("waived") or 0
        name = upload.name if upload else ""
        domain.settle_deposit(
            actor=actor, deposit=row, paid=paid, waived=waived, upload=upload or None, name=name, **data
        )

    least = f"少なくとも {row.least:,}円。" if row.least is not None else "文書に定めがありません。"
    return acted(
        request, form, act, contract=contract, title="契約保証金を決める", submit="決める", done="契約保証金を決めました。",
        lead=least + "納める額と免除する額を合わせて、これ以上にします。", files=True,
    )  # fmt: skip


@needs(Permission.CONTRACT_WRITE)
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """The negotiated 仕様書 and the 業務計画書."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    form = PapersForm(request.POST or None, request.FILES or None)

    def act() -> None:
        for which, upload in form.cleaned_data.items():
            if upload:
                domain.attach_paper(actor=actor, contract=contract, which=which, upload=upload, name=upload.name)

    return acted(
        request, form, act, contract=contract, title="仕様書・業務計画書をつける", submit="つける", done=BOTH, files=True,
        lead="選ばれた提案の内容を反映した、協議のあとのものをつけます。",
    )  # fmt: skip


@needs(Permission.CONTRACT_WRITE)
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the draft to those who decide."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    form = CommentForm(posted(request))
    return acted(
        request, form,
        lambda: domain.request_contract(actor=actor, contract=contract, comment=form.cleaned_data["comment"]),
        contract=contract, title="決裁に出す", submit="決裁に出す", done="決裁に出しました。",
        lead="自分で起案したものは、自分では承認できません。ほかの職員が決裁します。",
    )  # fmt: skip


@needs(Permission.APPROVAL_DECIDE)
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Approve the draft or send it back."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    form = DecideForm(posted(request))
    return acted(
        request, form,
        lambda: domain.decide_contract(
            actor=actor, contract=contract, accepted=form.accepted, comment=form.cleaned_data["comment"]
        ),
        contract=contract, title="契約を決裁する", submit="決める", done="決裁しました。",
    )  # fmt: skip


@needs(Permission.CONTRACT_WRITE)
def sign(request: HttpRequest, public_id: str) -> HttpResponse:
    """Signing begins the engagement."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    form = DayForm(posted(request), label="契約を結んだ日", initial={"on": clock.today()})
    return acted(
        request, form, lambda: domain.sign_contract(actor=actor, contract=contract, on=form.cleaned_data["on"]),
        contract=contract, title="契約を結ぶ", submit="契約を結んだことを記録する",
        done="契約を結びました。業務が始まり、成果物・書類が期限つきでならびました。",
        lead="記録すると、ゆいの中でも業務と受託が始まります。",
    )  # fmt: skip


@needs(Permission.CONTRACT_WRITE)
def complete(request: HttpRequest, public_id: str) -> HttpResponse:
    """完了."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    form = DayForm(posted(request), label="完了を認めた日", initial={"on": clock.today()})
    return acted(
        request, form, lambda: domain.complete_contract(actor=actor, contract=contract, on=form.cleaned_data["on"]),
        contract=contract, title="完了を認める", submit="完了を認める", done="契約の完了を認めました。",
        lead="完了に要る成果物と書類を、すべて受け取ってあることが要ります。",
    )  # fmt: skip


@needs(Permission.CONTRACT_WRITE)
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """解除."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    form = EndForm(posted(request), initial={"on": clock.today()})
    return acted(
        request, form, lambda: domain.end_contract(actor=actor, contract=contract, **form.cleaned_data),
        contract=contract, title="契約を解除する", submit="契約を解除する", done="契約を解除しました。受託もその日で終わります。",
        lead="解除すると、受託者の人には、次の日から何も見えません。データの引き渡しを、さきに確かめてください。", danger=True,
    )  # fmt: skip


@needs(Permission.CONTRACT_WRITE)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """取りやめ."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    return acted(
        request, forms.Form(posted(request)), lambda: domain.drop_contract(actor=actor, contract=contract),
        contract=contract, title="契約を取りやめる", submit="取りやめる", done="契約を取りやめました。",
        lead="この下書きは、取りやめとして残ります。元には戻せません。", danger=True,
    )  # fmt: skip


@needs(Permission.CONTRACT_WRITE)
def give_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the deposit."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    row = ContractDeposit.objects.select_related("contract", "authority").get(contract=contract)
    form = DayForm(posted(request), label="返した日", initial={"on": clock.today()})
    return acted(
        request, form, lambda: domain.return_deposit(actor=actor, deposit=row, on=form.cleaned_data["on"]),
        contract=contract, title="契約保証金を返す", submit="返したことを記録する", done="契約保証金を返しました。",
    )  # fmt: skip
