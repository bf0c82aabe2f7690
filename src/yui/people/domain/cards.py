"""Paper cards: a code that opens the pages of one person, for whoever has no mail address.

The code is shown once, when the card is printed; only a keyed hash of it is stored. It opens the technical account of the
person (see ``accounts``), which speaks for this person and nobody else.
"""

import datetime as dt
import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible, Refused
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.accounts.models import Account
from yui.base.audit.record import record
from yui.base.definitions import current
from yui.people.domain.profile import lock
from yui.people.models import Card, Person, Proxy
from yui.people.sign_ins import open_card_account, technical_account

TRIES_PER_VISITOR = 5
TRIES_PER_TOWN = 300
WINDOW_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """``code`` in groups, e.g. ``K74M-2QXT``; it can not be read again."""

    card: Card
    code: str


def issue_card(*, actor: Actor, person: Person) -> PrintedCard:
    """Make a card to be printed now. Cards issued before stop opening anything."""
    require(actor, Permission.PERSON_WRITE, person)
    rules = current(actor.authority).people.card  # type: ignore[arg-type]
    today = clock.today()
    code = "".join(secrets.choice(rules.alphabet.value) for _ in range(rules.length.value))
    until = today + dt.timedelta(days=rules.valid_days.value)
    with transaction.atomic():
        person = lock(person)
        Card.objects.filter(person=person, ended_on=None).update(ended_on=today)
        card = Card.objects.create(
            authority_id=person.authority_id, person=person, code_hash=_hash(code), issued_on=today, expires_on=until
        )
        open_card_account(person, until)
        record(actor, "card.issued", card, person_id=person.public_id)
    size = rules.group.value
    return PrintedCard(card, "-".join(code[start : start + size] for start in range(0, len(code), size)))


def end_card(*, actor: Actor, person: Person) -> None:
    """A lost card: it opens nothing from now on, and neither does the account behind it."""
    require(actor, Permission.PERSON_WRITE, person)
    yesterday = clock.today() - dt.timedelta(days=1)
    with transaction.atomic():
        Card.objects.filter(person=person, ended_on=None).update(ended_on=clock.today())
        Proxy.objects.filter(person=person, account=technical_account(person)).update(ends_on=yesterday)
        record(actor, "card.ended", person, person_id=person.public_id)


def sign_in_by_card(*, actor: Actor, code: str, visitor: str) -> Account:
    """The account that a card opens. ``visitor`` is the address the try comes from; it is kept as a hash only.

    Raises ``Refused`` after too many tries, ``NotPossible`` for a code that opens nothing (without saying why).
    """
    if actor.authority is None:
        raise Refused(_("まちを選んでください。"))
    _count_try(actor.authority.pk, visitor)
    card = Card.objects.filter(code_hash=_hash(code), ended_on=None, expires_on__gte=clock.today()).first()
    if card is None or card.person.erased_at is not None or card.person.merged_into_id is not None:
        raise NotPossible(
            _("この番号では開けません。カードの文字をたしかめて、もう一度書いてください。"), "card_unknown"
        )
    account = open_card_account(card.person, card.expires_on)
    record(actor, "card.used", card, person_id=card.person.public_id)
    cache.delete(_try_key(actor.authority.pk, visitor))
    return account


def _hash(code: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKC", code).upper() if c.isascii() and c.isalnum())
    return salted_hmac("yui.people.card", plain, algorithm="sha256").hexdigest()


def _try_key(authority_id: int, visitor: str) -> str:
    return "card:" + hashlib.sha256(f"{authority_id}|{visitor}".encode()).hexdigest()


def _count_try(authority_id: int, visitor: str) -> None:
    """Five tries in a quarter of an hour from one address, three hundred in a town."""
    for key, most in (
        (_try_key(authority_id, visitor), TRIES_PER_VISITOR),
        (f"card:town:{authority_id}", TRIES_PER_TOWN),
    ):
        cache.add(key, 0, WINDOW_SECONDS)
        try:
            tries = cache.incr(key)
        except ValueError:  # it ran out between the two calls
            tries = 1
        if tries > most:
            raise Refused(
                _("何度かちがう番号が書かれました。15分ほどたってから、もう一度お試しください。"), "too_many_tries"
            )
