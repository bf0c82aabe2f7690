"""お誘い: what was sent or said to whom by which channel, and what came back."""

import datetime as dt

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require, town_of
from yui.base.audit.record import record
from yui.base.definitions import by_key, current
from yui.people.definition import Channel
from yui.people.prospects.domain.prospects import lock
from yui.people.prospects.models import Invitation, Prospect

Outcome = Invitation.Outcome


def invite(*, actor: Actor, prospect: Prospect, channel: str, sent_on: dt.date) -> Invitation:
    """One prospect was invited. A channel that uses the contact needs the person's word first; nothing is sent here."""
    require(actor, Permission.PROSPECT_WRITE, prospect)
    with transaction.atomic():
        fresh = lock(prospect)
        way = _channel(actor, channel, sent_on)
        if way.many:
            raise NotPossible("この方法は、一度に多くの方へのお誘いに使います。", "many")
        if way.needs_consent and fresh.agreed == Prospect.Agreed.UNKNOWN:
            raise NotPossible("連絡してよいかを、まだうかがっていません。先に同意をたしかめてください。", "not_agreed")
        made = Invitation.objects.create(
            authority=fresh.authority, prospect=fresh, channel=channel, sent_on=sent_on, recorded_at=clock.now(),
            account=actor.account,
        )  # fmt: skip
        fresh.touched_on = max(fresh.touched_on, sent_on)
        fresh.save(update_fields=["touched_on"])
        record(actor, "invitation.made", made, details={"channel": channel})
    return made


def invite_many(*, actor: Actor, channel: str, to_words: str, copies: int, sent_on: dt.date) -> Invitation:
    """Many were invited at once, by 回覧板, flyers or the web; no person is named."""
    require(actor, Permission.PROSPECT_WRITE)
    if not _channel(actor, channel, sent_on).many:
        raise NotPossible("この方法は、おひとりずつのお誘いに使います。", "single")
    if not to_words.strip() or copies < 1:
        raise NotPossible("どこへ、いくつ出したかを書いてください。", "to_missing")
    with transaction.atomic():
        made = Invitation.objects.create(
            authority=town_of(actor), channel=channel, to_words=to_words.strip(), copies=copies, sent_on=sent_on,
            recorded_at=clock.now(), account=actor.account,
        )  # fmt: skip
        record(actor, "invitation.made", made, details={"channel": channel})
    return made


def answer_invitation(*, actor: Actor, invitation: Invitation, outcome: str, answered_on: dt.date) -> Invitation:
    """What one prospect answered. An answer may be corrected until the person is registered."""
    require(actor, Permission.PROSPECT_WRITE, invitation)
    if outcome not in Outcome.values or outcome == Outcome.WAITING:
        raise NotPossible("お返事を選んでください。", "unknown_outcome")
    with transaction.atomic():
        fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if fresh.prospect is None:
            raise NotPossible("お返事は、おひとりずつのお誘いに書きます。", "many")
        if fresh.registered_on is not None:
            raise NotPossible("このお誘いは、もう登録につながっています。", "registered")
        if not fresh.sent_on <= answered_on <= clock.today():
            raise NotPossible("お返事の日は、お誘いの日から今日までの間です。", "day")
        prospect = lock(fresh.prospect)
        fresh.outcome, fresh.answered_on = outcome, answered_on
        fresh.save(update_fields=["outcome", "answered_on"])
        prospect.touched_on = max(prospect.touched_on, answered_on)
        prospect.save(update_fields=["touched_on"])
        record(actor, "invitation.answered", fresh, details={"outcome": outcome})
    return fresh


def _channel(actor: Actor, key: str, sent_on: dt.date) -> Channel:
    if sent_on > clock.today():
        raise NotPossible("これからの日は書けません。お誘いした日を書いてください。", "future")
    found: Channel | None = by_key(current(town_of(actor)).people.prospects.channels).get(key)
    if found is None:
        raise NotPossible("お誘いの方法を選んでください。", "unknown_channel")
    return found
