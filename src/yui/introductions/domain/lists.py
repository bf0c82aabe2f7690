"""Making a candidate list, and writing into the ledger who was shown and who was passed over.

A list is one for each question, audience and day: whoever of the same audience looks again on the same day, while no
fact has changed, sees the same list and nobody is counted twice. SHOWN rows are one for each entry of a list. Who was
eligible and not shown gets one PASSED_OVER row a calendar month for each 出番, however many lists there were (in a large
town a job writes them, see ``passed_over``); the number for each list stands on the list itself (``eligible`` − shown).
"""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from yui.activities.models import Opportunity
from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import holds_everywhere, require, town_of
from yui.base.audit.record import record
from yui.introductions import facts, freshness
from yui.introductions.models import Candidate, CandidateList, Exposure
from yui.introductions.passed_over import exposure_of, note_passed_over
from yui.introductions.rules import RULES_OF_QUESTION, number_of
from yui.people.models import Person

STAFF, HOST, SELF = "staff", "host", "self"
ALREADY = "already"
"""Code beside the engine's limits: an introduction is under way, or the person has joined."""


def make_candidate_list(
    *, actor: Actor, opportunity: Opportunity | None = None, person: Person | None = None, size: int | None = None
) -> CandidateList:
    """Persons for an ``opportunity``, or 出番 for a ``person``; exactly one of the two is given.

    Who asks decides the audience: the desk, the host of the 出番, or the person itself. ``size``: entries at most, else
    as the definition says. Raises ``Refused``.
    """
    target = opportunity or person
    if target is None or (opportunity is not None and person is not None):
        raise ValueError("give either an opportunity or a person")
    audience = _audience(actor, opportunity, person)
    today = clock.today()
    gathered: facts.Gathered | freshness.Overlaid
    if isinstance(target, Opportunity):
        gathered = freshness.for_opportunity(town_of(actor), target, today)
    else:
        gathered = facts.for_person(town_of(actor), target, today, own=audience == SELF)
    if size is not None:
        gathered.ask_for(size)
    digest = gathered.digest
    key = hashlib.sha256(f"{target.public_id}|{audience}|{today}|{digest}".encode()).hexdigest()
    with transaction.atomic():
        found = CandidateList.objects.filter(key=key).first()
        if found is not None:
            record(actor, "candidates.seen", found, details={"audience": audience})
            return found
        return _store(actor, gathered, opportunity, person, audience=audience, digest=digest, key=key)


def _audience(actor: Actor, opportunity: Opportunity | None, person: Person | None) -> str:
    if opportunity is not None:
        require(actor, Permission.CANDIDATES_READ, opportunity)
        return STAFF if holds_everywhere(actor, Permission.CANDIDATES_READ) else HOST
    if holds_everywhere(actor, Permission.CANDIDATES_READ) and not actor.system:
        require(actor, Permission.CANDIDATES_READ, person)
        return STAFF
    require(actor, Permission.PERSON_READ, person)
    if not actor.system and ("person", person.pk if person else 0) not in actor.subjects:
        raise Refused(_("ご自分のものだけが見られます。"))
    return SELF


def _store(
    actor: Actor,
    gathered: facts.Gathered | freshness.Overlaid,
    opportunity: Opportunity | None,
    person: Person | None,
    *,
    audience: str,
    digest: str,
    key: str,
) -> CandidateList:
    question, listed = gathered.head, gathered.answer()
    today, now = clock.today(), clock.now()
    excluded = {**listed.excluded_by, **({ALREADY: gathered.already} if gathered.already else {})}
    made, new = CandidateList.objects.get_or_create(
        authority=town_of(actor),
        key=key,
        defaults={
            "opportunity": opportunity,
            "person": person,
            "direction": question["direction"],
            "digest": digest,
            "seen_by": SELF if audience == SELF else actor.ident,
            "audience": audience,
            "made_on": today,
            "made_at": now,
            "rule": {**{name: question[name] for name in RULES_OF_QUESTION}, "version": number_of(question)},
            "seed": question["lottery"]["seed"],
            "considered": listed.considered + gathered.already,
            "eligible": listed.considered - sum(listed.excluded_by.values()),
            "excluded": excluded,
        },
    )
    if new:
        _write_rows(made, listed)
        record(actor, "candidates.shown", made, details={"audience": audience})
    return made


def _write_rows(made: CandidateList, listed: facts.Listed) -> None:
    """Candidates and exposures; rows of both sides are fetched once."""
    ids = [entry.id for entry in listed.entries]
    persons = {} if made.person_id else {row.public_id: row for row in Person.objects.filter(public_id__in=ids)}
    related = Opportunity.objects.select_related("activity")
    things = {row.public_id: row for row in related.filter(public_id__in=ids)} if made.person_id else {}
    pairs = [
        (entry, made.person or persons[entry.id], made.opportunity or things[entry.id]) for entry in listed.entries
    ]
    Candidate.objects.bulk_create(
        Candidate(
            authority_id=made.authority_id,
            list=made,
            person=person,
            opportunity=thing,
            rank=rank,
            score=entry.score,
            fair_place=entry.fair_place,
            parts=[{"term": part.term, "value": part.value, "amount": part.amount} for part in entry.parts],
        )
        for rank, (entry, person, thing) in enumerate(pairs, start=1)
    )
    Exposure.objects.bulk_create(
        exposure_of(made, person, thing, Exposure.Act.SHOWN, rank=rank)
        for rank, (_, person, thing) in enumerate(pairs, start=1)
    )
    if made.opportunity is not None:
        note_passed_over(made, listed)
