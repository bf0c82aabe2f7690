"""What came of the calls of the demonstration: Sanda's notices with a request for an explanation and one for disclosure;
an earlier call of Kurihara whose result is public."""

import datetime as dt
from typing import Any

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import actor_for, system_actor
from yui.base.accounts.models import Account
from yui.base.approvals.domain import approve
from yui.base.approvals.models import Approval
from yui.base.jobs.models import JobRun
from yui.base.jobs.tasks import perform
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope
from yui.office.calls.domain import disclosing, explaining, noticing
from yui.office.calls.models import Applicant, Call, CallVersion, Notice, Publication
from yui.site.demo.roles import CALL_ROLES
from yui.site.demo.selections import SANDA_FIRMS

PAST = 320
"""Days since the earlier call was published."""
ASKED = "実施体制の評価について、もう少しくわしく知りたいです。"


def build_results() -> bool:
    """Both. Returns whether anything was built."""
    with authority_scope(Authority.objects.get(key="kurihara")):
        if Publication.objects.exists():
            return False
    _sanda()
    _kurihara()
    return True


def _sanda() -> None:
    """Both notices are sent; one applicant asks why, somebody asks for the record."""
    authority = Authority.objects.get(key="sanda")
    with authority_scope(authority):
        officer = Account.objects.get(email=CALL_ROLES["sanda_officer"].email)
        call = Call.objects.get(state="decided")
        for kind in ("participation_result", "result"):
            _send(authority, officer, call, kind)
        asker = Applicant.objects.get(call=call, name=SANDA_FIRMS[1])
        notice = Notice.objects.filter(applicant=asker, kind="result").get()
        if notice.ask_until is not None:
            explaining.ask_explanation(actor=actor_for(asker.account, authority), notice=notice, text=ASKED)
        asked = disclosing.record_disclosure(
            actor=actor_for(officer, authority), call=call, number="見本第7号", requester="見本 太郎",
            received_on=clock.today(), about="選定の記録", papers=[], records=["selection"],
        )  # fmt: skip
        disclosing.withhold(
            actor=actor_for(officer, authority),
            asked=asked,
            field="selection.points",
            ground="情報公開条例第7条（見本）",
        )


def _send(authority: Authority, officer: Account, call: Call, kind: str) -> None:
    """Drafted by the officer, approved by the house, sent by the job."""
    acts = actor_for(officer, authority)
    batch = noticing.draft_notices(actor=acts, call=call, kind=kind)
    given: dict[str, Any] = {"channels": ["post", "mail"], "contact": "地域福祉課（見本）", "version": batch.version}
    noticing.set_notices(
        actor=acts, batch=batch, dated_on=clock.today(), reference="見本福第12号", signed_by="三田市長（見本）", **given
    )
    noticing.ask_for_notices(actor=acts, batch=batch)
    approve(actor=system_actor(authority, "demo"), approval=Approval.objects.get(object_id=batch.public_id))
    noticing.send_notices(actor=acts, batch=batch)
    perform.func(JobRun.objects.get(arguments__batch=batch.public_id).public_id)
    if kind == "participation_result":
        noticing.mark_posted(actor=acts, batch=batch)


def _kurihara() -> None:
    """A call of the year before, published and contracted."""
    authority = Authority.objects.get(key="kurihara")
    with authority_scope(authority), transaction.atomic():
        present = CallVersion.objects.filter(call__number=1).order_by("id").last()
        if present is None:
            return
        at = clock.now() - dt.timedelta(days=PAST)
        title = "栗原地域移住相談会業務 企画提案募集（架空）"
        began = at - dt.timedelta(days=50)
        call = Call.objects.create(
            authority=authority, key="r5", commission_key=present.call.commission_key, title=title, state="contracted",
            announced_at=began, recorded_at=began,
        )  # fmt: skip
        rules = present.rules | {"key": "r5", "title": {"default": title, "note": "見本の名です。"}}
        CallVersion.objects.create(
            authority=authority, call=call, number=1, rules=rules, profile=present.profile | {"title": title},
            effective_at=began, recorded_at=began,
        )  # fmt: skip
        content = {
            "title": title, "number": 1, "method": "公募型プロポーザル方式", "outcome": "selected", "adopted": "架空いなか舎",
            "proposals": 3, "decided_on": at.date().isoformat(), "why": "",
        }  # fmt: skip
        Publication.objects.create(authority=authority, call=call, content=content, published_at=at)
