"""What can happen to people and organisations: one function for each verb."""

from yui.people.answers import Answers
from yui.people.domain.accounts import link_account, unlink_account
from yui.people.domain.cards import end_card, issue_card, sign_in_by_card
from yui.people.domain.concerns import raise_concern, solve_concern
from yui.people.domain.consents import give_consent, withdraw_consent
from yui.people.domain.drafts import drop_draft, drop_old_drafts, find_draft, save_draft
from yui.people.domain.duplicates import (
    find_likeness,
    forget_journals,
    keep_apart,
    merge_people,
    name_pair,
    told_person,
    undo_merge,
)
from yui.people.domain.erasure import erase_person, register_eraser
from yui.people.domain.exports import Exported, Wanted, export_people
from yui.people.domain.notes import choose_for_report, keep_promise, log_contact
from yui.people.domain.organizations import (
    add_member,
    change_role,
    end_member,
    end_organization,
    register_organization,
    update_organization,
)
from yui.people.domain.own_data import export_own_data, register_own_data
from yui.people.domain.pauses import pause, resume
from yui.people.domain.profile import hide_person, profile_values, set_contacts, update_profile
from yui.people.domain.registration import Registered, register_by_proxy, register_person
from yui.people.domain.stages import agree_stage, decline_stage, propose_stage, step_down

__all__ = [
    "Answers",
    "Exported",
    "Registered",
    "Wanted",
    "add_member",
    "agree_stage",
    "change_role",
    "choose_for_report",
    "decline_stage",
    "drop_draft",
    "drop_old_drafts",
    "end_card",
    "end_member",
    "end_organization",
    "erase_person",
    "export_own_data",
    "export_people",
    "find_draft",
    "find_likeness",
    "forget_journals",
    "give_consent",
    "hide_person",
    "issue_card",
    "keep_apart",
    "keep_promise",
    "link_account",
    "log_contact",
    "merge_people",
    "name_pair",
    "pause",
    "profile_values",
    "propose_stage",
    "raise_concern",
    "register_by_proxy",
    "register_eraser",
    "register_organization",
    "register_own_data",
    "register_person",
    "resume",
    "save_draft",
    "set_contacts",
    "sign_in_by_card",
    "solve_concern",
    "step_down",
    "told_person",
    "undo_merge",
    "unlink_account",
    "update_organization",
    "update_profile",
    "withdraw_consent",
]
