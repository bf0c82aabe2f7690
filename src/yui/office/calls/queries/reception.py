"""What the desk sees of applicants: before the opening whether papers are there, never what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.permissions import Permission as P
from yui.base.access.rules import holds_everywhere
from yui.office.calls.applicant_words import CHANNELS, PROPOSAL_STATES, RESULTS, SYSTEM, VERDICTS, finding_words
from yui.office.calls.checklist import AGREEMENT, missing_of
from yui.office.calls.deadlines import closed, closing
from yui.office.calls.definition import Stage
from yui.office.calls.domain.standing import asked_for
from yui.office.calls.models import Applicant, Call, Disqualification, Proposal, SealOpening
from yui.office.calls.queries.applicants import answers_of, open_disqualifications, opened_stages
from yui.office.calls.rules import Announced, rules_of, rules_of_each
from yui.office.calls.states import APPLICANTS, CallState

TONES = {"eligible": "ok", "invited": "ok", "selected": "ok", "disqualified": "danger", "not_eligible": "danger"}
_LABELS = {one.key: one.staff_label for one in APPLICANTS.states}


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A submission as the desk sees it."""

    row: Proposal
    state: str
    tone: str
    channel: str
    verdict: str
    opened: bool
    papers: list[dict[str, Any]]
    missing: str


def applicant_rows(call: Call) -> list[dict[str, Any]]:
    """Each applicant with its state and what came in each stage. The order is that of registration, never of sums."""
    announced, opened = rules_of(call), opened_stages(call)
    found: dict[int, list[Proposal]] = {}
    rows = Proposal.objects.filter(applicant__call=call, state__in=("received", "refused")).order_by("id")
    for one in rows:
        found.setdefault(one.applicant_id, []).append(one)
    return [
        {
            "applicant": one, "label": _LABELS[one.state], "tone": TONES.get(one.state, ""),
            "channel": CHANNELS.get(one.channel, one.channel),
            "cells": [_cell([p for p in found.get(one.pk, []) if p.stage == stage.key], opened) for stage in announced.rules.stages],
        }
        for one in Applicant.objects.filter(call=call)
    ]  # fmt: skip


def proposal_lines(applicant: Applicant) -> list[ProposalLine]:
    """Everything that came from one applicant, newest first; names and findings from the opening on."""
    announced, opened = rules_of(applicant.call), opened_stages(applicant.call)
    rows = (
        Proposal.objects.filter(applicant=applicant).exclude(state="draft").order_by("-id").prefetch_related("papers")
    )
    return [_line(announced, applicant, row, row.stage in opened) for row in rows]


def requirement_rows(applicant: Applicant) -> list[dict[str, Any]]:
    """Each requirement: what was declared, what staff found."""
    answers, rows = answers_of(applicant), []
    for one in rules_of(applicant.call).rules.eligibility:
        last = answers.get(one.key)
        label, tone = RESULTS[last.result if last else "pending"]
        rows.append({"rule": one, "answer": last, "label": label, "tone": tone})
    return rows


def disqualification_rows(applicant: Applicant) -> list[dict[str, Any]]:
    """What is proposed and what was decided."""
    grounds = {one.key: one for one in rules_of(applicant.call).rules.disqualifications}
    return [
        {"row": one, "ground": grounds.get(one.ground), "by": SYSTEM.get(one.by_system, "")}
        for one in Disqualification.objects.filter(applicant=applicant)
    ]


def stage_rows(call: Call, announced: Announced) -> list[dict[str, Any]]:
    """Each stage: until when, how many came, whether it is opened."""
    now = clock.now()
    openings = {one.stage: one for one in SealOpening.objects.filter(call=call).select_related("opened_by")}
    states = Proposal.objects.filter(applicant__call=call).values_list("stage", "state", "verdict")
    found = list(states)
    return [
        {
            "stage": stage, "until": closing(announced, stage.key), "over": closed(announced, stage.key, now),
            "received": sum(1 for row in found if row[0] == stage.key and row[1] == "received"),
            "refused": sum(1 for row in found if row[0] == stage.key and row[1] == "refused"),
            "opening": openings.get(stage.key),
        }
        for stage in announced.rules.stages
    ]  # fmt: skip


def stages_to_open(calls: Sequence[Call]) -> dict[int, list[Stage]]:
    """Call → its stages whose deadline has passed, for which papers came and which nobody has opened. Three queries."""
    if not calls:
        return {}
    held, now = rules_of_each(list(calls)), clock.now()
    received = Proposal.objects.filter(applicant__call__in=calls, state="received").order_by()
    came = set(received.values_list("applicant__call_id", "stage").distinct())
    opened = set(SealOpening.objects.filter(call__in=calls).order_by().values_list("call_id", "stage"))
    return {
        call.pk: [
            stage
            for stage in held[call.pk].rules.stages
            if (call.pk, stage.key) in came - opened and closed(held[call.pk], stage.key, now)
        ]
        for call in calls
    }


def proposals_card(call: Call, announced: Announced, actor: Actor) -> dict[str, Any]:
    """The card of this room on the page of a call."""
    return {
        "call": call,
        "draft": call.state == CallState.DRAFT,
        "applicants": Applicant.objects.filter(call=call).count(),
        "stages": stage_rows(call, announced) if call.state != CallState.DRAFT else [],
        "proposed": len(open_disqualifications(call)),
        "may": holds_everywhere(actor, P.PROPOSAL_READ),
        "may_open": holds_everywhere(actor, P.CALL_DECIDE),
    }


def _cell(rows: list[Proposal], opened: set[str]) -> dict[str, Any]:
    live = [one for one in rows if one.state == "received"]
    shown = live[-1] if live else (rows[-1] if rows else None)
    if shown is None:
        return {"row": None}
    label, tone = PROPOSAL_STATES[shown.state]
    return {
        "row": shown, "label": VERDICTS.get(shown.verdict, label) if shown.verdict else label, "tone": tone,
        "estimate": shown.estimate if shown.stage in opened else None, "two": len(live) > 1,
    }  # fmt: skip


def _line(announced: Announced, applicant: Applicant, row: Proposal, opened: bool) -> ProposalLine:
    names = {one.key: f"{one.number} {one.name}" for one in announced.rules.papers} | {AGREEMENT: "協定書の写し"}
    label, tone = PROPOSAL_STATES[row.state]
    shown = opened and row.state == "received"
    papers = [
        {
            "row": one, "label": names.get(one.paper, one.paper), "name": one.name if shown else "",
            "findings": [finding_words(f) for f in one.findings] if shown or one.on_paper else [],
            "readable": shown and bool(one.path),
        }
        for one in row.papers.all()
    ]  # fmt: skip
    missing = missing_of(asked_for(announced, row.stage, applicant), {one.paper for one in row.papers.all()})
    return ProposalLine(
        row, label, tone, CHANNELS.get(row.channel, row.channel), VERDICTS.get(row.verdict, row.verdict), shown, papers,
        "、".join(f"{one.number} {one.name}" for one in missing) if row.state == "received" else "",
    )  # fmt: skip
