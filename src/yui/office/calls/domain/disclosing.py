"""開示請求: which papers and records are asked for, what the ordinance withholds, and the paper that is given out.

What is given out is a row of pictures: what is black has nothing below it. Only places and grounds are kept.
"""

import datetime as dt

from django.db import transaction

from yui.base import clock
from yui.base.access.actor import Actor
from yui.base.access.errors import NotPossible
from yui.base.access.permissions import Permission
from yui.base.access.rules import require
from yui.base.audit.record import record
from yui.base.documents.paper import pdf
from yui.base.files.domain import store_file
from yui.office.calls import redacting
from yui.office.calls.disclosed import FIELDS, INDEX, RECORDS, index_pages
from yui.office.calls.domain.opening import read_paper
from yui.office.calls.domain.peeking import note_peek
from yui.office.calls.models import Call, DisclosureRequest, Redaction
from yui.office.calls.queries.disclosing import (
    areas_of,
    chosen_papers,
    disclosable_papers,
    index_of,
    ready_records,
    record_pages,
)

DECISIONS = {"whole": "全部開示", "part": "一部開示", "refused": "不開示"}


def record_disclosure(
    *,
    actor: Actor,
    call: Call,
    number: str,
    requester: str,
    received_on: dt.date,
    about: str,
    papers: list[str],
    records: list[str],
) -> DisclosureRequest:
    """Enter a request. ``papers``: public ids; ``records``: of ``RECORDS``. What is sealed cannot be chosen.

    Raises ``NotPossible`` for a paper that is not opened, a record that is not there yet, or nothing chosen.
    """
    require(actor, Permission.CALL_DECIDE, call)
    if received_on > clock.today():
        raise NotPossible("受け付けた日は、今日までの日にしてください。", "future")
    if not papers and not records:
        raise NotPossible("開示を求められている書類か記録を選んでください。", "nothing")
    open_ids = set(disclosable_papers(call).values_list("public_id", flat=True))
    if set(papers) - open_ids:
        note_peek(actor, "disclosure_of_sealed", call)
        raise NotPossible("開封していない書類は、開示できません。", "sealed")
    if set(records) - set(ready_records(call)):
        raise NotPossible("まだできていない記録は、開示できません。", "not_ready")
    with transaction.atomic():
        asked = DisclosureRequest.objects.create(
            authority=call.authority,
            call=call,
            number=number.strip(),
            requester=requester.strip(),
            received_on=received_on,
            about=about.strip(),
            papers=papers,
            records=records,
            recorded_at=clock.now(),
            recorded_by=actor.account,
        )
        record(actor, "disclosure.recorded", asked, details={"papers": papers, "records": records})
    return asked


def find_page(*, actor: Actor, asked: DisclosureRequest, paper: str, page: int) -> bytes:
    """A page of a chosen paper as a picture, with what is marked framed; the reading is recorded by the paper's door.

    Raises ``LookupError`` for a paper or page that does not belong here and ``NotPossible`` for one that is no PDF.
    """
    require(actor, Permission.CALL_DECIDE, asked)
    if paper not in asked.papers:
        raise LookupError(paper)
    data = read_paper(actor=actor, public_id=paper).data
    try:
        return redacting.picture(data, page, areas_of(asked, paper).get(page, ()))
    except redacting.Unreadable as error:
        raise NotPossible("PDFではないので、ページを表示できません。", "not_a_pdf") from error


def find_page_count(*, actor: Actor, asked: DisclosureRequest, paper: str) -> int:
    """How many pages a chosen paper has. Raises ``NotPossible`` for one that is no PDF."""
    require(actor, Permission.CALL_DECIDE, asked)
    try:
        return redacting.page_count(read_paper(actor=actor, public_id=paper).data)
    except redacting.Unreadable as error:
        raise NotPossible("PDFではないので、ページを表示できません。", "not_a_pdf") from error


def redact(*, actor: Actor, asked: DisclosureRequest, paper: str, page: int, area: list[int], ground: str) -> Redaction:
    """Mark an area of a page that is withheld: [left, top, right, bottom] in thousandths.

    Raises ``NotPossible`` for a paper, page or area that is none.
    """
    require(actor, Permission.CALL_DECIDE, asked)
    if paper not in asked.papers:
        raise NotPossible("この請求の書類ではありません。", "not_asked")
    fault = redacting.fault_of(area)
    if fault:
        raise NotPossible(fault, "area")
    pages = find_page_count(actor=actor, asked=asked, paper=paper)
    if not 1 <= page <= pages:
        raise NotPossible(f"ページは、1から{pages}までです。", "page")
    return _mark(actor=actor, asked=asked, paper=paper, page=page, area=area, ground=ground)


def withhold(*, actor: Actor, asked: DisclosureRequest, field: str, ground: str) -> Redaction:
    """Withhold a field of a record wherever it stands, such as the names of members. Raises ``NotPossible``."""
    require(actor, Permission.CALL_DECIDE, asked)
    if field not in FIELDS or field.partition(".")[0] not in asked.records:
        raise NotPossible("この請求の記録にない項目です。", "not_asked")
    return _mark(actor=actor, asked=asked, paper=field, page=0, area=[], ground=ground)


def unmark(*, actor: Actor, redaction: Redaction) -> None:
    """Take a mark back, as long as nothing was decided."""
    require(actor, Permission.CALL_DECIDE, redaction)
    with transaction.atomic():
        _undecided(redaction.request)
        record(actor, "redaction.removed", redaction, details={"request": redaction.request.public_id})
        redaction.delete()


def decide_disclosure(
    *, actor: Actor, asked: DisclosureRequest, decision: str, withheld: str = ""
) -> DisclosureRequest:
    """Decide, and make what is given out: an index of what is withheld, then every page as a picture.

    ``withheld``: why everything is refused. Raises ``NotPossible`` where the decision does not fit the marks.
    """
    require(actor, Permission.CALL_DECIDE, asked)
    if decision not in DECISIONS:
        raise ValueError(decision)
    with transaction.atomic():
        asked = _undecided(asked)
        marks = asked.redactions.count()
        if decision == "whole" and marks:
            raise NotPossible("隠すところがあるので、全部開示にはできません。", "marks")
        if decision == "part" and not marks:
            raise NotPossible("一部開示にするには、隠すところと根拠の条文を書いてください。", "no_marks")
        if decision == "refused" and not withheld.strip():
            raise NotPossible("不開示のわけと、根拠の条文を書いてください。", "reason_needed")
        asked.decision, asked.decided_on = decision, clock.today()
        asked.withheld = withheld.strip() if decision == "refused" else ""
        asked.index = index_of(asked) if decision != "refused" else []
        if decision != "refused":
            asked.result = store_file(
                actor=actor, upload=_made(actor, asked), name=f"開示文書 {asked.number}.pdf", purpose="disclosure",
                permission=Permission.CALL_DECIDE, thing=asked, data_class="c3c",
                related=("disclosure", asked.public_id),
            )  # fmt: skip
        asked.save()
        record(actor, "disclosure.decided", asked, details={"decision": decision, "marks": marks})
    return asked


def _made(actor: Actor, asked: DisclosureRequest) -> bytes:
    front = pdf(INDEX, index_pages(asked, DECISIONS[asked.decision]))
    parts = [
        (read_paper(actor=actor, public_id=paper.public_id).data, areas_of(asked, paper.public_id))
        for paper in chosen_papers(asked)
    ]
    parts += [(record_pages(asked, key), {}) for key in RECORDS if key in asked.records]
    try:
        return redacting.blackened(front, parts)
    except redacting.Unreadable as error:
        raise NotPossible("PDFではない書類か、ページの多すぎる書類があります。", str(error)) from error


def _mark(*, actor: Actor, asked: DisclosureRequest, paper: str, page: int, area: list[int], ground: str) -> Redaction:
    if not ground.strip():
        raise NotPossible("根拠の条文を書いてください。", "ground_needed")
    with transaction.atomic():
        asked = _undecided(asked)
        made = Redaction.objects.create(
            authority=asked.authority,
            request=asked,
            paper=paper,
            page=page,
            area=area,
            ground=ground.strip(),
            recorded_at=clock.now(),
            recorded_by=actor.account,
        )
        record(actor, "redaction.marked", made, details={"request": asked.public_id, "paper": paper, "page": page})
    return made


def _undecided(asked: DisclosureRequest) -> DisclosureRequest:
    asked = DisclosureRequest.objects.select_for_update().select_related("call__authority").get(pk=asked.pk)
    if asked.decided_on is not None:
        raise NotPossible("この請求は、もう決定しました。", "decided")
    return asked
