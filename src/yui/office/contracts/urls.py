"""Addresses of contracts, all below desk/."""

from django.urls import path

from yui.office.contracts.views import overview, rows, walking

app_name = "contracts"
ONE = "desk/contracts/<slug:public_id>/"
SUBCONTRACT = "desk/subcontracts/<slug:public_id>/"
CHANGE = "desk/staff-changes/<slug:public_id>/"
STAFF = "desk/named-staff/<slug:public_id>/"

urlpatterns = [
    path("desk/contracts/", overview.listing, name="contracts"),
    path("desk/contracts/new/", walking.new, name="new"),
    path("desk/contract-files/<slug:public_id>/", overview.file, name="file"),
    path(ONE, overview.page, name="contract"),
    path(ONE + "sheet/", overview.sheet, name="sheet"),
    path(ONE + "edit/", walking.edit, name="edit"),
    path(ONE + "years/", walking.years, name="years"),
    path(ONE + "deposit/", walking.deposit, name="deposit"),
    path(ONE + "deposit/return/", walking.give_back, name="return_deposit"),
    path(ONE + "papers/", walking.papers, name="papers"),
    path(ONE + "ask/", walking.ask, name="ask"),
    path(ONE + "decide/", walking.decide, name="decide"),
    path(ONE + "sign/", walking.sign, name="sign"),
    path(ONE + "complete/", walking.complete, name="complete"),
    path(ONE + "end/", walking.end, name="end"),
    path(ONE + "drop/", walking.drop, name="drop"),
    path(ONE + "amend/", rows.amend, name="amend"),
    path("desk/amendments/<slug:public_id>/decide/", rows.decide_amendment, name="amendment_decide"),
    path(ONE + "subcontracts/new/", rows.subcontract_new, name="subcontract_new"),
    path(SUBCONTRACT, rows.subcontract, name="subcontract"),
    path(SUBCONTRACT + "edit/", rows.subcontract_edit, name="subcontract_edit"),
    path(SUBCONTRACT + "decide/", rows.subcontract_decide, name="subcontract_decide"),
    path(SUBCONTRACT + "withdraw/", rows.subcontract_withdraw, name="subcontract_withdraw"),
    path(SUBCONTRACT + "word/", rows.subcontract_word, name="subcontract_word"),
    path(ONE + "staff/new/", rows.staff_new, name="staff_new"),
    path(STAFF + "change/", rows.staff_change_new, name="staff_change_new"),
    path(STAFF + "erase/", rows.staff_erase, name="staff_erase"),
    path(CHANGE, rows.staff_change, name="staff_change"),
    path(CHANGE + "decide/", rows.staff_change_decide, name="staff_change_decide"),
    path(CHANGE + "see/", rows.staff_change_see, name="staff_change_see"),
    path(CHANGE + "word/", rows.staff_change_word, name="staff_change_word"),
]
