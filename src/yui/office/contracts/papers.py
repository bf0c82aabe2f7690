"""The written approval of a subcontract and the written consent to a change of staff, as Word."""

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.documents.domain import make_document
from yui.base.documents.models import Document
from yui.engine.calendar.written import wareki
from yui.office.contracts.models import Contract, StaffChange, Subcontract


def make_subcontract_approval(*, actor: Actor, subcontract: Subcontract) -> Document:
    """再委託承認書 of an approved subcontract. Each time a new one; older ones stay."""
    require(actor, Permission.CONTRACT_WRITE, subcontract)
    if subcontract.state != "approved":
        raise NotPossible("承認したものだけ、承認書を作れます。", "not_approved")
    context = {
        **_common(subcontract.contract),
        "subcontractor": subcontract.subcontractor,
        "work": subcontract.work,
        "outline": subcontract.outline,
        "structure": subcontract.structure,
        "amount": f"{subcontract.amount:,}円",
        "starts_on": wareki(subcontract.starts_on),
        "ground": subcontract.ground,
        "indispensable": subcontract.indispensable,
    }
    document = make_document(
        actor=actor, kind="subcontract_approval", title="再委託承認書", context=context,
        snapshot={"subcontract": subcontract.public_id, "version": subcontract.version},
        name=f"再委託承認書_{wareki(clock.today())}.docx", permission=Permission.CONTRACT_WRITE, thing=subcontract,
        related=("contract", subcontract.contract.public_id), data_class="c3c",
    )  # fmt: skip
    Subcontract.objects.filter(pk=subcontract.pk).update(document_id=document.attachment.public_id)
    return document


def make_consent(*, actor: Actor, change: StaffChange) -> Document:
    """業務担当者の変更承諾書 of a change that was consented to."""
    require(actor, Permission.CONTRACT_WRITE, change)
    if change.state != "approved":
        raise NotPossible("承諾したものだけ、承諾書を作れます。", "not_approved")
    context = {
        **_common(change.contract),
        "role": change.leaving.get_role_display(),
        "leaving": change.leaving.name,
        "coming": change.coming.name,
        "career": change.coming.career,
        "on": wareki(change.coming.starts_on or change.planned_on),
        "reason": f"{change.get_reason_display()}　{change.reason_words}",
        "ground": change.equal_or_better,
    }
    document = make_document(
        actor=actor, kind="staff_change_consent", title="業務担当者の変更承諾書", context=context,
        snapshot={"change": change.public_id, "version": change.version},
        name=f"変更承諾書_{wareki(clock.today())}.docx", permission=Permission.CONTRACT_WRITE, thing=change,
        related=("contract", change.contract.public_id), data_class="c3c",
    )  # fmt: skip
    StaffChange.objects.filter(pk=change.pk).update(document_id=document.attachment.public_id)
    return document


def _common(contract: Contract) -> dict[str, str]:
    return {
        "date": wareki(clock.today()),
        "town": contract.authority.name,
        "contractor": contract.organization.name,
        "contract": contract.title,
        "number": contract.number,
        "signed_on": wareki(contract.signed_on) if contract.signed_on else "",
    }
