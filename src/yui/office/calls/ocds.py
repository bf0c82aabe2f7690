"""A call as open data: a release package of the Open Contracting Data Standard 1.1, one release for each version.

Days without a time of day are told in words (milestones); the standard's dates carry a time, and none is made up.
"""

from datetime import datetime
from typing import Any

from django.conf import settings

from yui.base import clock
from yui.base.tenancy.addresses import full_url, town_url
from yui.base.tenancy.models import Authority
from yui.office.calls.models import Call, CallVersion
from yui.office.calls.queries.publishing import award_of
from yui.office.calls.rules import Announced, rules_in
from yui.office.calls.schedule import cut_off
from yui.office.calls.states import CallState
from yui.office.calls.wording import hidden_mail, told

VERSION = "1.1"
STATUS = {
    CallState.ANNOUNCED: "active", CallState.POSTPONED: "active", CallState.SCORING: "active",
    CallState.SCORED: "active", CallState.DECIDED: "complete", CallState.CONTRACTED: "complete",
    CallState.NO_CANDIDATE: "unsuccessful", CallState.CANCELLED: "cancelled",
}  # fmt: skip
METHODS = {"mail": "written", "hand": "inPerson", "email": "electronicSubmission", "web": "electronicSubmission"}


def release_package(call: Call) -> dict[str, Any]:
    """The package, as plain data fit for JSON."""
    town, released = call.authority, _releases(call)
    return {
        "uri": full_url(town_url(town, "calls:ocds", public_id=call.public_id)),
        "version": VERSION,
        "publishedDate": released[-1]["date"],
        "publisher": {"name": town.name, "uri": full_url(town_url(town, "site:town"))},
        "releases": released,
    }


def ocid_of(call: Call) -> str:
    """The identifier of the whole process: the publisher's prefix, the town and the call; of a 再募集 its own."""
    return f"{settings.YUI_OCDS_PREFIX}-{call.authority.key}-{call.public_id}"


def _releases(call: Call) -> list[dict[str, Any]]:
    versions = list(CallVersion.objects.filter(call=call).exclude(effective_at=None).order_by("number"))
    made = []
    for place, version in enumerate(versions):
        last = place == len(versions) - 1 and call.ended_at is None
        status = STATUS[CallState(call.state)] if last else "active"
        tag = ["tenderAmendment"] if place else ["tender"]
        at = version.effective_at
        assert at is not None
        made.append(_release(call, version, versions[: place + 1], status=status, tag=tag, at=at))
    if call.ended_at is not None:
        cancelled = call.state == CallState.CANCELLED
        made.append(
            _release(
                call, versions[-1], versions, status=STATUS[CallState(call.state)], at=call.ended_at,
                tag=["tenderCancellation"] if cancelled else ["tenderUpdate"],
            )
        )  # fmt: skip
    award = award_of(call)
    return made if award is None else [*made, _award_release(call, versions, award)]


def _award_release(call: Call, versions: list[CallVersion], award: dict[str, Any]) -> dict[str, Any]:
    """What was published of the result; the adopted organisation becomes a party."""
    made = _release(
        call, versions[-1], versions, status=STATUS[CallState(call.state)], tag=["award"],
        at=datetime.fromisoformat(award["date"]),
    )  # fmt: skip
    made["parties"] += [{**one, "roles": ["supplier"]} for one in award["suppliers"]]
    return made | {"awards": [award]}


def _release(
    call: Call, version: CallVersion, versions: list[CallVersion], *, status: str, tag: list[str], at: datetime
) -> dict[str, Any]:
    announced, town = rules_in(version), call.authority
    ocid, who = ocid_of(call), {"id": f"JP-{town.key}", "name": town.name}
    suffix = "" if tag[0] in ("tender", "tenderAmendment") else f"-{tag[0]}"
    related = {"relatedProcesses": [_related(call.earlier)]} if call.earlier is not None else {}
    return {
        "ocid": ocid,
        "id": f"{ocid}-v{version.number}{suffix}",
        "date": _written(at),
        "tag": tag,
        "initiationType": "tender",
        "language": "ja",
        "parties": [{**who, "roles": ["buyer", "procuringEntity"], "contactPoint": _contact(town, announced)}],
        "buyer": who,
        "tender": _tender(call, announced, versions, who=who, status=status),
        **related,
    }


def _tender(
    call: Call, announced: Announced, versions: list[CallVersion], *, who: dict[str, str], status: str
) -> dict[str, Any]:
    rules, ocid = announced.rules, ocid_of(call)
    page = full_url(town_url(call.authority, "calls:call", public_id=call.public_id))
    channels = rules.submission.channels.value
    made: dict[str, Any] = {
        "id": call.public_id,
        "title": rules.title.value,
        "description": "\n".join(one.summary for one in rules.purposes),
        "status": status,
        "procuringEntity": who,
        "value": {"amount": rules.cap.value, "currency": "JPY"},
        "procurementMethod": "open",
        "procurementMethodDetails": rules.method.value,
        "mainProcurementCategory": "services",
        "awardCriteria": "ratedCriteria",
        "awardCriteriaDetails": "\n".join(_criteria(announced)),
        "submissionMethod": sorted({METHODS[one] for one in channels if one in METHODS}),
        "submissionMethodDetails": f"{rules.submission.ways.value}（{rules.submission.place.value}）",
        "eligibilityCriteria": "\n".join(f"{one.number} {one.name}：{one.summary}" for one in rules.eligibility),
        "documents": [
            {"id": "notice", "documentType": "tenderNotice", "title": rules.title.value, "url": page, "language": "ja"}
        ],
        "milestones": [_milestone(announced, one.key) for one in rules.schedule],
    }
    made |= {
        "tenderPeriod": _period(announced, announced.last_stage.due),
        "enquiryPeriod": _period(announced, rules.questions.until),
    }
    if call.ended_for and status == "cancelled":
        made["statusDetails"] = call.ended_for
    if len(versions) > 1:
        made["amendments"] = [
            {
                "id": str(after.number), "date": _written(after.effective_at), "rationale": after.reason,
                "amendsReleaseID": f"{ocid}-v{after.number - 1}", "releaseID": f"{ocid}-v{after.number}",
            }
            for after in versions[1:]
            if after.effective_at is not None
        ]  # fmt: skip
    return {name: value for name, value in made.items() if value}


def _criteria(announced: Announced) -> list[str]:
    return [
        f"{group.name}：{one.name}（{one.points.value}点）"
        for group in announced.rules.criteria
        for one in group.criteria
    ]


def _period(announced: Announced, key: str) -> dict[str, str]:
    moment = announced.moment(key)
    ends = {"startDate": moment.opens.value if moment.opens else "", "endDate": moment.closes.value}
    return {name: _written(end) for name, when in ends.items() if when and (end := cut_off(when)) is not None}


def _milestone(announced: Announced, key: str) -> dict[str, Any]:
    moment = announced.moment(key)
    planned = "（予定）" if moment.planned and moment.planned.value else ""
    end = cut_off(moment.closes.value)
    due = {"dueDate": _written(end)} if end is not None else {}
    return {
        "id": key,
        "title": moment.name,
        "type": "preProcurement",
        "description": f"{told(moment.closes.value)}{planned}",
        **due,
    }


def _contact(town: Authority, announced: Announced) -> dict[str, str]:
    rules = announced.rules
    letter = rules.mail_written.value if rules.mail_written else ""
    made = {
        "name": rules.contact.value,
        "telephone": rules.tel.value if rules.tel else town.contact.get("phone", ""),
        "email": "" if letter else hidden_mail(rules.mail.value if rules.mail else town.contact.get("mail", ""), ""),
    }
    return {name: value for name, value in made.items() if value}


def _related(earlier: Call) -> dict[str, Any]:
    return {
        "id": "1", "relationship": ["unsuccessfulProcess"], "title": earlier.title, "scheme": "ocid",
        "identifier": ocid_of(earlier),
    }  # fmt: skip


def _written(moment: datetime) -> str:
    return moment.astimezone(clock.TOKYO).replace(microsecond=0).isoformat()
