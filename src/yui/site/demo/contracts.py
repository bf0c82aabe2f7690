"""The contract of the demonstration town: signed, with a subcontract that waits, one that was allowed, a change of staff."""

import datetime as dt

from yui.base.access.actor import actor_for, system_actor
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.staff.domain import end_of_fiscal_year
from yui.office.commissions.domain import remind_contractors
from yui.office.commissions.models import Commission, Engagement
from yui.office.contracts.domain import (
    attach_paper,
    decide_contract,
    decide_subcontract,
    draft_contract,
    name_staff,
    request_amendment,
    request_contract,
    request_staff_change,
    request_subcontract,
    sign_contract,
)
from yui.office.contracts.models import Contract, Subcontract
from yui.site.demo.people import Town

AMOUNT = 8_250_000
PAPER = "見本の{}です。".format


def build_contract(town: Town) -> None:
    """What the walk leaves behind, by the same verbs; then what waits today."""
    commission = Commission.objects.get()
    engagement = Engagement.objects.select_related("organization").get()
    system = system_actor(town.authority, "demo")
    officer = actor_for(town.accounts["officer"], town.authority)
    colleague = actor_for(_colleague(town), town.authority)
    contract = draft_contract(
        actor=colleague, commission_key=commission.key, organization=engagement.organization,
        values={
            "title": f"{commission.title}契約", "number": "見本 第8-21号",
            "amount": AMOUNT, "tax": 750_000, "starts_on": commission.starts_on, "ends_on": commission.ends_on,
            "head_office_in_town": True,
            "reflected": "電話と手紙でも参加できる窓口を、仕様書に加えた。\n夕方の当番の試みを、業務計画書に加えた。",
        },
    )  # fmt: skip
    for which, name in (("specification", "仕様書"), ("work_plan", "業務計画書")):
        attach_paper(actor=colleague, contract=contract, which=which, upload=PAPER(name).encode(), name=f"{name}.txt")
    contract = request_contract(actor=colleague, contract=contract, comment="協議のあとの仕様書をつけました。")
    contract = decide_contract(actor=officer, contract=contract, accepted=True)
    contract = sign_contract(actor=colleague, contract=contract, on=min(commission.starts_on, town.today))
    _staff(town, contract)
    done = _subcontract(town, contract, "株式会社 例示デザイン", "チラシのデザインと印刷", 330_000, 3)
    decide_subcontract(
        actor=officer, subcontract=done, accepted=True, comment="承認します。",
        indispensable="収支の見とおしに要る部数を、期日までに刷れるのがこの会社だけである。",
    )  # fmt: skip
    _subcontract(town, contract, "合同会社 架空映像", "事業成果の動画の編集", 440_000, 20)
    request_amendment(
        actor=colleague, contract=contract, effective_on=town.today, reason="交流会を1回へらすため。",
        amount=AMOUNT - 165_000, tax=735_000, ends_on=contract.ends_on, years={},
    )  # fmt: skip
    remind_contractors(actor=system, now=town.at(town.today, 9))


def _colleague(town: Town) -> Account:
    """Another officer, who drafts: nobody decides about the own draft."""
    made = Account.objects.create_user("makoto@example.jp", name="模範 まこと")
    Grant.objects.create(
        authority=town.authority, account=made, role="officer", starts_on=town.ago(365),
        ends_on=end_of_fiscal_year(town.today),
    )  # fmt: skip
    return made


def _staff(town: Town, contract: Contract) -> None:
    lead = actor_for(town.accounts["contractor_lead"], town.authority)
    for role, name, career in (
        ("chief", "試案 みのり", "地域づくりの業務に12年。うち4年は総括。"),
        ("staff", "架空 健一", "窓口と相談の業務に5年。"),
    ):
        staff = name_staff(
            actor=lead, contract=contract, role=role, name=name, career=career, starts_on=contract.starts_on
        )
    request_staff_change(
        actor=lead, leaving=staff, name="例示 花子", career="福祉の相談員として8年。社会福祉士。",
        planned_on=town.today + dt.timedelta(days=14), reason="left", reason_words="今の担当者が退職するため。",
        handover="2週間、2人で窓口に立って引き継ぐ。",
    )  # fmt: skip


def _subcontract(town: Town, contract: Contract, name: str, work: str, amount: int, days: int) -> Subcontract:
    lead = actor_for(town.accounts["contractor_lead"], town.authority)
    return request_subcontract(
        actor=lead, contract=contract, subcontractor=name, work=work, outline=f"{work}だけを任せる。",
        structure="責任者1人、作業2人。個人情報は渡さない。", amount=amount,
        starts_on=town.today + dt.timedelta(days=days), ground="専門の機材と技術が要るため。",
    )  # fmt: skip
