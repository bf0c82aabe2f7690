"""A registration begun and not finished: kept on the server, found by a random token in the visitor's session."""

import datetime as dt
import secrets
from typing import Any

from django.utils.translation import gettext as _

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import Refused
from yui.base.definitions import current
from yui.people.models import Draft


def save_draft(*, actor: Actor, token: str, answers: dict[str, Any], step: int) -> Draft:
    """Keep what was typed so far, in the draft of that token or in a new one. Nothing is judged here.

    Not written into the audit: there is no person yet, and the token is the visitor's secret.
    """
    if actor.authority is None:
        raise Refused(_("まちを選んでください。"))
    today = clock.today()
    days = current(actor.authority).people.form.draft_kept_days.value
    draft = find_draft(token) or Draft(authority=actor.authority, token=secrets.token_urlsafe(32))
    draft.answers = {**draft.answers, **answers}
    draft.step = step
    draft.saved_at = clock.now()
    draft.expires_on = today + dt.timedelta(days=days)
    draft.save()
    return draft


def find_draft(token: str) -> Draft | None:
    """The draft of a token, unless its days are over."""
    if not token:
        return None
    return Draft.objects.filter(token=token, expires_on__gte=clock.today()).first()


def drop_draft(*, actor: Actor, token: str) -> None:
    """Forget what was typed, because the visitor asks for it."""
    if actor.authority is None:
        raise Refused(_("まちを選んでください。"))
    Draft.objects.filter(token=token).delete()


def drop_old_drafts(*, actor: Actor) -> int:
    """Delete the drafts whose days are over. Run by a job each day."""
    if not actor.system:
        raise Refused(_("この操作は、あなたの役割ではできません。"))
    count, _kinds = Draft.objects.filter(expires_on__lt=clock.today()).delete()
    return count
