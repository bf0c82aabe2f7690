"""What belongs to a contract in force: amendments, subcontracts, named staff and their changes."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yui.base.access.gates import needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.approvals.queries import approval_of
from yui.office.contracts import domain
from yui.office.contracts.facts import budget_of
from yui.office.contracts.forms import AmendForm, DecideForm, StaffChangeForm, StaffForm, SubcontractForm
from yui.office.contracts.models import Amendment, NamedStaff, StaffChange, Subcontract
from yui.office.contracts.papers import make_consent, make_subcontract_approval
from yui.office.contracts.queries import contract_path, is_open, path_of, row_words
from yui.office.contracts.rules import kept_rules
from yui.office.contracts.views.acting import acted, contract_here, posted, row_here
from yui.office.contracts.yearly import years_between


@needs(Permission.CONTRACT_WRITE)
def amend(request: HttpRequest, public_id: str) -> HttpResponse:
    """変更契約: amount, term, years; asked for with its reason."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    covered = years_between(contract.starts_on, contract.ends_on)
    present = {f"year_{year.fiscal_year}": year.amount for year in contract.years.all()}
    initial = {"amount": contract.amount, "tax": contract.tax, "ends_on": contract.ends_on, **present}
    form = AmendForm(
        posted(request), years=covered if len(covered) > 1 else [], limits=dict(budget_of(contract.terms).years),
        initial=initial,
    )  # fmt: skip
    return acted(
        request, form, lambda: domain.request_amendment(actor=actor, contract=contract, **form.values()),
        contract=contract, title="変更契約を起案する", submit="決裁に出す", done="変更契約を決裁に出しました。",
        lead=f"いまの契約金額は {contract.amount:,}円です。減らすこともできます。",
    )  # fmt: skip


@needs(Permission.APPROVAL_DECIDE)
def decide_amendment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Approve a change of the contract, or return it."""
    row, actor = row_here(request, Amendment, public_id), request.actor  # type: ignore[attr-defined]
    form = DecideForm(posted(request))
    return acted(
        request, form,
        lambda: domain.decide_amendment(
            actor=actor, amendment=row, accepted=form.accepted, comment=form.cleaned_data["comment"]
        ),
        contract=row.contract, title=f"第{row.number}回の変更契約を決裁する", submit="決める", done="決裁しました。",
        lead=f"{row.amount_before:,}円から{row.amount:,}円へ。理由：{row.reason}",
    )  # fmt: skip


@needs(Permission.CONTRACT_REQUEST)
def subcontract_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """再委託の願い出."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    rules = kept_rules(contract.terms.get("contracting"))
    form = SubcontractForm(posted(request), rules=rules)
    return acted(
        request, form, lambda: domain.request_subcontract(actor=actor, contract=contract, **form.cleaned_data),
        contract=contract, title="再委託を願い出る", submit="市に願い出る", done="再委託を願い出ました。市の承認を待っています。",
        lead=rules.subcontract_sentence + "承認があるまで、始められません。",
    )  # fmt: skip


@needs(Permission.CONTRACT_REQUEST)
def subcontract_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a returned one and ask again."""
    row, actor = row_here(request, Subcontract, public_id), request.actor  # type: ignore[attr-defined]
    names = ("subcontractor", "work", "outline", "structure", "amount", "starts_on", "ground", "listed")
    rules = kept_rules(row.contract.terms.get("contracting"))
    form = SubcontractForm(posted(request), rules=rules, initial={name: getattr(row, name) for name in names})
    return acted(
        request, form, lambda: domain.change_subcontract(actor=actor, subcontract=row, **form.cleaned_data),
        contract=row.contract, title="再委託の願い出をなおす", submit="もう一度、市に願い出る",
        done="もう一度、願い出ました。", lead=rules.subcontract_sentence, back=path_of("subcontract", row),
    )  # fmt: skip


@needs(Permission.CONTRACT_READ)
def subcontract(request: HttpRequest, public_id: str) -> HttpResponse:
    """One subcontract with its way."""
    row, actor = row_here(request, Subcontract, public_id), request.actor  # type: ignore[attr-defined]
    label, chip = row_words(row.state)
    context = {
        "row": row, "contract": row.contract, "contract_path": contract_path(row.contract), "label": label, "chip": chip,
        "rules": kept_rules(row.contract.terms.get("contracting")),
        "approval": approval_of("subcontract", row.public_id),
        "may_decide": is_open(row) and may(actor, Permission.APPROVAL_DECIDE, row),
        "may_edit": row.state == "returned" and may(actor, Permission.CONTRACT_REQUEST, row),
        "may_withdraw": is_open(row) and row.asked_by_id == getattr(actor.account, "pk", 0),
        "may_write_paper": row.state == "approved" and may(actor, Permission.CONTRACT_WRITE, row),
        "shows_people": may(actor, Permission.CONTRACT_REQUEST, row),
    }  # fmt: skip
    return render(request, "contracts/subcontract.html", context)


@needs(Permission.APPROVAL_DECIDE)
def subcontract_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Approve in writing before it begins, or return."""
    row, actor = row_here(request, Subcontract, public_id), request.actor  # type: ignore[attr-defined]
    rules = kept_rules(row.contract.terms.get("contracting"))
    form = DecideForm(posted(request), rules=rules)
    return acted(
        request, form,
        lambda: domain.decide_subcontract(
            actor=actor, subcontract=row, accepted=form.accepted, comment=form.cleaned_data["comment"],
            indispensable=form.cleaned_data.get("indispensable", ""),
        ),
        contract=row.contract, title=f"再委託を決める：{row.subcontractor}", submit="決める", done="決めました。",
        lead=rules.subcontract_sentence, back=path_of("subcontract", row),
    )  # fmt: skip


@require_POST
@needs(Permission.CONTRACT_REQUEST)
def subcontract_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """取下げ."""
    row = row_here(request, Subcontract, public_id)
    domain.withdraw_subcontract(actor=request.actor, subcontract=row)  # type: ignore[attr-defined]
    messages.success(request, "願い出を取り下げました。")
    return redirect(path_of("subcontract", row))


@require_POST
@needs(Permission.CONTRACT_WRITE)
def subcontract_word(request: HttpRequest, public_id: str) -> HttpResponse:
    """The written approval as Word."""
    row = row_here(request, Subcontract, public_id)
    make_subcontract_approval(actor=request.actor, subcontract=row)  # type: ignore[attr-defined]
    messages.success(request, "承認書（ワード）を作りました。")
    return redirect(path_of("subcontract", row))


@needs(Permission.CONTRACT_REQUEST)
def staff_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name somebody of the contractor."""
    contract, actor = contract_here(request, public_id), request.actor  # type: ignore[attr-defined]
    form = StaffForm(
        posted(request), initial={"starts_on": max(contract.starts_on, contract.signed_on or contract.starts_on)}
    )
    return acted(
        request, form, lambda: domain.name_staff(actor=actor, contract=contract, **form.cleaned_data),
        contract=contract, title="業務の体制を届ける", submit="届ける", done="業務の体制に加えました。",
        lead="名前と経歴は、この契約の確認だけに使い、契約が終わって5年度たつと消えます。",
    )  # fmt: skip


@needs(Permission.CONTRACT_REQUEST)
def staff_change_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """体制の変更, before it happens."""
    leaving, actor = row_here(request, NamedStaff, public_id), request.actor  # type: ignore[attr-defined]
    rules = kept_rules(leaving.contract.terms.get("contracting"))
    form = StaffChangeForm(posted(request), rules=rules)
    return acted(
        request, form, lambda: domain.request_staff_change(actor=actor, leaving=leaving, **form.cleaned_data),
        contract=leaving.contract, title=f"体制を変える：{leaving.get_role_display()}", submit="届け出る",
        done="体制の変更を届け出ました。", lead=f"いまは {leaving.name} さん。{rules.staff_sentence}",
    )  # fmt: skip


@needs(Permission.CONTRACT_READ)
def staff_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """One change of staff with its way."""
    row, actor = row_here(request, StaffChange, public_id), request.actor  # type: ignore[attr-defined]
    label, chip = row_words(row.state)
    context = {
        "row": row, "contract": row.contract, "contract_path": contract_path(row.contract), "label": label, "chip": chip,
        "rules": kept_rules(row.contract.terms.get("contracting")),
        "approval": approval_of("staff_change", row.public_id),
        "may_decide": is_open(row) and may(actor, Permission.APPROVAL_DECIDE, row),
        "may_see": row.state == "reported" and may(actor, Permission.CONTRACT_WRITE, row),
        "may_write_paper": row.state == "approved" and may(actor, Permission.CONTRACT_WRITE, row),
        "shows_people": may(actor, Permission.CONTRACT_REQUEST, row),
    }  # fmt: skip
    return render(request, "contracts/staff_change.html", context)


@needs(Permission.APPROVAL_DECIDE)
def staff_change_decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Consent that the new one is as able or abler, or return."""
    row, actor = row_here(request, StaffChange, public_id), request.actor  # type: ignore[attr-defined]
    form = DecideForm(posted(request))
    return acted(
        request, form,
        lambda: domain.decide_staff_change(
            actor=actor, change=row, accepted=form.accepted, comment=form.cleaned_data["comment"]
        ),
        contract=row.contract, title="体制の変更を決める", submit="決める", done="決めました。",
        lead="新しい人が、同等以上の人かを確かめます。", back=path_of("staff_change", row),
    )  # fmt: skip


@require_POST
@needs(Permission.CONTRACT_WRITE)
def staff_change_see(request: HttpRequest, public_id: str) -> HttpResponse:
    """The report was read."""
    row = row_here(request, StaffChange, public_id)
    domain.see_staff_change(actor=request.actor, change=row)  # type: ignore[attr-defined]
    messages.success(request, "報告を確かめたことを記録しました。")
    return redirect(path_of("staff_change", row))


@require_POST
@needs(Permission.CONTRACT_WRITE)
def staff_change_word(request: HttpRequest, public_id: str) -> HttpResponse:
    """The written consent as Word."""
    row = row_here(request, StaffChange, public_id)
    make_consent(actor=request.actor, change=row)  # type: ignore[attr-defined]
    messages.success(request, "承諾書（ワード）を作りました。")
    return redirect(path_of("staff_change", row))


@needs(Permission.PERSON_ERASE)
def staff_erase(request: HttpRequest, public_id: str) -> HttpResponse:
    """Erase name and career of somebody who no longer holds the role."""
    row, actor = row_here(request, NamedStaff, public_id), request.actor  # type: ignore[attr-defined]
    return acted(
        request, forms.Form(posted(request)), lambda: domain.erase_named_staff(actor=actor, staff=row),
        contract=row.contract, title="名前と経歴を消す", submit="消す", done="名前と経歴を消しました。", danger=True,
        lead=f"{row.get_role_display()}がいたことと、その期間は残ります。元には戻せません。",
    )  # fmt: skip
