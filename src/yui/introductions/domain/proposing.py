"""Proposing a pair. What protects a person stands above any coordinator's wish: consent, rest, load, age, a past no."""

import re
import unicodedata
from typing import Any

from django.db import IntegrityError, transaction

from yui.activities.models import Opportunity
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions import current
from yui.base.tenancy.models import Authority
from yui.engine.matching import read_instance, recommend
from yui.introductions import facts
from yui.introductions.domain.moving import write_change
from yui.introductions.models import CandidateList, Introduction
from yui.introductions.states import State
from yui.people.models import Person

CONTACT = re.compile(r"\d[\d\- ()]{7,}\d|[\w.+-]+@[\w-]+\.[\w.]+")
"""What looks like a telephone number or a mail address."""
ADVICE = ("slots", "languages", "stage", "place")
"""Limits that shape a list, but that a coordinator who knows both sides may set aside."""
FORBIDDING = ("age", "needs_consents", "load", "load_cap", "blocked", "resting", "open")
"""Fields behind the limits that nobody may set aside."""


def propose_introduction(
    *,
    actor: Actor,
    person: Person,
    opportunity: Opportunity,
    why: str = "",
    candidate_list: CandidateList | None = None,
) -> Introduction:
    """提案: a pair with the coordinator's words. Nobody is told yet.

    Raises ``NotPossible`` with the sentence of the limit that forbids it, or when the pair is already under way.
    """
    require(actor, Permission.INTRODUCTION_WRITE, person)
    require(actor, Permission.INTRODUCTION_WRITE, opportunity)
    fault = fault_of_words(why, person)
    if fault:
        raise NotPossible(fault, "names")
    today = clock.today()
    try:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=person.pk)  # two coordinators may think of the same person
            parts = _checked(actor, person, opportunity)
            made = Introduction.objects.create(
                authority=town_of(actor),
                opportunity=opportunity,
                person=person,
                list=candidate_list,
                coordinator=actor.account,
                state=State.PROPOSED,
                why=why.strip(),
                parts=parts,
                proposed_on=today,
            )
            write_change(actor=actor, introduction=made, before="")
            record(
                actor,
                "introduction.propose",
                made,
                person_id=person.public_id,
                details={"opportunity": opportunity.public_id},
            )
    except IntegrityError as error:
        raise NotPossible("この組み合わせの紹介は、もう進んでいます。", "under_way") from error
    return made


def fault_of_words(why: str, person: Person) -> str:
    """What is wrong with words that both sides will read: they name the person or tell a way to reach somebody."""
    plain = unicodedata.normalize("NFKC", why)
    names = {part for part in re.split(r"[\s・＝=]+", person.display_name) if len(part) > 1}
    named = [part for part in sorted(names) if unicodedata.normalize("NFKC", part) in plain]
    if named:
        return f"お名前（{named[0]}）は書かないでください。団体は、ご本人の「はい」の前に読みます。"
    if CONTACT.search(plain):
        return "連絡先（電話番号やメールアドレス）は書かないでください。双方の「はい」のあとに伝わります。"
    return ""


def check_load(actor: Actor, person: Person, *, planned: int = 0) -> None:
    """Raise ``NotPossible`` when the person was asked as often this month as the definition allows."""
    cap = current(town_of(actor)).introductions.load_cap_per_month.value
    if facts.load_of([person.pk], clock.today())[person.pk] + planned >= cap:
        raise NotPossible(f"今月のお願いが上限（{cap}件）に達しています。来月になってからにしましょう。", "load")


def _checked(actor: Actor, person: Person, opportunity: Opportunity) -> list[dict[str, Any]]:
    """The parts of the pair's score, if nothing forbids the pair."""
    gathered = facts.for_pair(town_of(actor), person, opportunity, clock.today())
    if gathered.already:
        raise NotPossible("この組み合わせの紹介は、もう進んでいるか、すでに参加されています。", "under_way")
    if not gathered.question["persons"]:
        raise NotPossible("この方は、いまは紹介できません。", "not_there")
    planned = Introduction.objects.filter(person=person, state=State.PROPOSED).count()
    check_load(actor, person, planned=planned)
    question = gathered.question
    whole = recommend(read_instance(question))
    entries = next(iter(whole.lists.values()))
    if not entries:
        entries = _beyond_advice(actor, question)
    return [{"term": part.term, "value": part.value, "amount": part.amount} for part in entries[0].parts]


def find_parts(authority: Authority, person: Person, opportunity: Opportunity) -> list[dict[str, Any]]:
    """Why a pair fits, whatever limits say: for a pair that is a fact already, such as one entered from older papers."""
    question = facts.for_pair(authority, person, opportunity, clock.today()).question
    for left_away in (FORBIDDING, (*FORBIDDING, *ADVICE)):
        result = recommend(read_instance(_bare(question, left_away)))
        for entries in result.lists.values():
            for entry in entries:
                return [{"term": part.term, "value": part.value, "amount": part.amount} for part in entry.parts]
    return []


def _beyond_advice(actor: Actor, question: facts.Json) -> Any:
    """The same pair without the limits of ``ADVICE``; raises for one of the others."""
    result = recommend(read_instance(_bare(question, ADVICE)))
    limit = next((limit for why in (result.excluded or {}).values() for limit in why.values()), "")
    if limit:
        sentences = {row.key: row.sentence for row in current(town_of(actor)).introductions.limits}
        raise NotPossible(sentences[limit], limit)
    return next(iter(result.lists.values()))


def _bare(question: facts.Json, left_away: tuple[str, ...]) -> facts.Json:
    """The question without some fields of persons and opportunities."""
    sides = {
        side: {
            key: {name: value for name, value in row.items() if name not in left_away}
            for key, row in question[side].items()
        }
        for side in ("persons", "opportunities")
    }
    return {**question, **sides}
