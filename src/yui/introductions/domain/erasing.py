"""What goes and what stays of this wing when a person is erased; called in the transaction of the erasure.

Gone: every word (why, answers, reasons, outcome, meeting place), the parts of scores, unused links, and, once the erasure
stands, the person's row in the town's snapshot. Ended: what was
under way; the other side is told 見送り and nothing else. Staying under the pseudonymous id: the dated steps, the yes or
no, the exposure, because they were counted.
"""

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor, system_actor
from yui.base.access.rules import town_of
from yui.base.messages.domain import cancel_related
from yui.introductions.domain import notices
from yui.introductions.domain.answering import tell_passed
from yui.introductions.domain.moving import lock, move
from yui.introductions.generations import forget_erased
from yui.introductions.models import Answer, AnswerLink, Candidate, Introduction, IntroductionChange
from yui.introductions.states import OPEN, State, Step
from yui.people.models import Person


def erase_in_introductions(*, actor: Actor, person: Person) -> None:
    """The eraser of this wing. The house ends what is running; who asked stands in the audit of the erasure."""
    house = system_actor(town_of(actor), "erasure")
    own = Introduction.objects.filter(person=person)
    for row in own.filter(state__in=OPEN):
        introduction = lock(row)
        told = introduction.state in (State.ASKING, State.ACCEPTED, State.MEETING)
        move(actor=house, introduction=introduction, step=Step.STOP)
        cancel_related(actor=house, related=(notices.RELATED, introduction.public_id))
        if told:
            tell_passed(house, introduction, Answer.Side.HOST)
    own.update(why="", outcome="", meeting_place="", parts=[])
    Answer.objects.filter(introduction__in=own).update(words="", private_reason="")
    IntroductionChange.objects.filter(introduction__in=own).update(private_reason="")
    AnswerLink.objects.filter(introduction__in=own, used_at=None).update(expires_on=clock.today())
    Candidate.objects.filter(person=person).update(parts=[])
    town = town_of(actor)
    transaction.on_commit(lambda: forget_erased(town))
