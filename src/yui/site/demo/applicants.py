"""Invented applicants of the demonstration call: one in the portal, one handed in on paper, nothing opened yet."""

from yui.base.access.actor import actor_for
from yui.base.accounts.models import Account
from yui.office.calls.domain import (
    Arrived,
    Declared,
    Entry,
    add_paper,
    check_requirement,
    declare_eligibility,
    receive_papers,
    register_applicant,
    register_on_paper,
    set_estimate,
    submit_proposal,
)
from yui.office.calls.models import Applicant, Call, Proposal
from yui.office.calls.rules import rules_of
from yui.site.demo.people import Town
from yui.site.demo.roles import DEMO_ROLES

KEY, STAGE = "r9", "proposal"
PAGE = b"BT /F1 12 Tf 60 760 Td (Mihon no machi, kikaku teian) Tj ET BT /F1 10 Tf 290 30 Td (1) Tj ET"
PAPER = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length %d>>stream
%s
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%%%EOF""" % (len(PAGE), PAGE)
"""One page of A4 with its number."""


def build_applicants(town: Town) -> None:
    """Two applicants of the announced call."""
    call = Call.objects.get(key=KEY)
    _on_paper(town, call)
    _in_the_portal(town, call)


def _on_paper(town: Town, call: Call) -> None:
    officer = actor_for(town.accounts["officer"], town.authority)
    entry = Entry(
        name="架空まちづくり協議会", form="unincorporated", representative="会長 架空 健一",
        postal="529-0000 見本県見本市架空町1", mail="kakuu@example.jp", telephone="0748-00-0021",
    )  # fmt: skip
    applicant = register_on_paper(actor=officer, call=call, entry=entry, channel="hand")
    pile = [
        Arrived(key, 5 if key == "proposal" else 1)
        for key in ("application", "proposal", "estimate", "oath", "articles")
    ]
    receive_papers(
        actor=officer,
        applicant=applicant,
        stage=STAGE,
        channel="hand",
        received_at=town.at(town.ago(2), 10),
        papers=pile,
    )
    check_requirement(
        actor=officer, applicant=applicant, requirement="no_arrears", result="pending", reason="納税証明を待っています"
    )
    Applicant.objects.filter(pk=applicant.pk).update(registered_at=town.at(town.ago(2), 10))


def _in_the_portal(town: Town, call: Call) -> None:
    account = town.accounts["proposer"] = Account.objects.create_user(DEMO_ROLES["proposer"].email, name="例示 りょう")
    entry = Entry(
        name="例示コミュニティデザイン社", representative="代表取締役 例示 花子", postal="529-0000 見本県見本市例示町2",
        mail="reiji@example.jp", telephone="0748-00-0022",
    )  # fmt: skip
    applicant = register_applicant(actor=actor_for(account, town.authority), call=call, entry=entry)
    actor = actor_for(account, town.authority)
    keys = [one.key for one in rules_of(call).rules.eligibility]
    declare_eligibility(actor=actor, applicant=applicant, answers={key: Declared(True) for key in keys})
    for key in ("application", "proposal", "oath"):
        add_paper(actor=actor, applicant=applicant, stage=STAGE, paper=key, upload=PAPER, name=f"見本-{key}.pdf")
    set_estimate(actor=actor, applicant=applicant, stage=STAGE, yen=4_500_000)
    made = submit_proposal(actor=actor, applicant=applicant, stage=STAGE, although_missing=True)
    Applicant.objects.filter(pk=applicant.pk).update(registered_at=town.at(town.ago(4), 15))
    Proposal.objects.filter(pk=made.pk).update(received_at=town.at(town.ago(1), 16))
