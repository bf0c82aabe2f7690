"""Questions: taken to the second, by the ways of the call alone; the asker is never shown; two officers for each answer."""

import datetime as dt

import pytest
from django.test import Client

from yui.base import clock
from yui.base.access.errors import NotPossible, Refused
from yui.base.approvals.domain import approve, return_for_change
from yui.base.approvals.queries import approval_of
from yui.base.messages.models import Message
from yui.office.calls.desk_items import question_items
from yui.office.calls.domain import (
    amend_call,
    ask_question,
    begin_amendment,
    change_values,
    decline_question,
    draft_answer,
    enter_question,
    publish_answer,
)
from yui.office.calls.domain.questions import APPROVAL_KIND, returned_words
from yui.office.calls.naming import names_found
from yui.office.calls.queries.questions import desk_questions, receipt_words
from yui.office.calls.rules import rules_of
from yui.office.calls.tests.cast import applicant

CUT_OFF = dt.datetime(2024, 6, 10, 17, tzinfo=clock.TOKYO)


def entered(town, at=CUT_OFF, channel="email", **more):
    return enter_question(
        actor=town.decides, call=town.call, channel=channel, received_at=at, text="架空社です。様式は変えてよいか。",
        **{"asker": "株式会社 架空社", "asker_mail": "kaku@example.jp"} | more,
    )  # fmt: skip


def answered(town, question, **more):
    given = {"masked": "様式は変えてよいか。", "answer": "変えられません。"} | more
    return draft_answer(actor=town.decides, question=question, version=question.version, **given)


def approved(town, question):
    approve(actor=town.actor(town.second), approval=approval_of(APPROVAL_KIND, question.public_id))
    question.refresh_from_db()
    return question


@pytest.fixture
def after(kurihara, settings):
    """Kurihara on the day after the last day for questions."""
    settings.YUI_TODAY = "2024-06-11"
    return kurihara


@pytest.mark.parametrize(
    ("late", "channel", "verdict"),
    [
        (0, "email", ""), (1, "email", "late"), (-3600, "phone", "channel_not_allowed"), (-3600, "web", "channel_not_allowed"),
        (-3600, "hand", "channel_not_allowed"), (3600, "mail", "channel_not_allowed"),
    ],
)  # fmt: skip
def test_a_question_is_taken_to_the_second_and_by_the_ways_of_the_call(after, late, channel, verdict):
    question = entered(after, CUT_OFF + dt.timedelta(seconds=late), channel)
    assert (question.verdict, question.state) == (verdict, "refused" if verdict else "received")


def test_why_a_question_was_refused_is_told_in_words(after):
    late = entered(after, CUT_OFF + dt.timedelta(seconds=1))
    assert "17:00:01" in " ".join(receipt_words(rules_of(after.call), late))
    with pytest.raises(NotPossible):
        answered(after, late)


def test_a_question_of_the_future_is_a_slip(after):
    with pytest.raises(NotPossible, match="先に"):
        entered(after, CUT_OFF + dt.timedelta(days=9))


def test_an_answer_needs_another_officer_and_stands_on_the_page_without_the_asker(after):
    question = answered(after, entered(after))
    with pytest.raises(Refused):
        approve(actor=after.decides, approval=approval_of(APPROVAL_KIND, question.public_id))
    with pytest.raises(NotPossible):
        publish_answer(actor=after.decides, question=question)
    publish_answer(actor=after.decides, question=approved(after, question))
    page = Client().get(f"/kurihara/calls/{after.call.public_id}/").content.decode()
    assert "変えられません。" in page
    assert "架空社" not in page
    assert "期限のあとの回答" not in page


def test_an_answer_sent_back_is_written_again(after):
    question = answered(after, entered(after))
    approval = approval_of(APPROVAL_KIND, question.public_id)
    return_for_change(actor=after.actor(after.second), approval=approval, comment="根拠を書く")
    question.refresh_from_db()
    assert (question.state, returned_words(question)) == ("received", "根拠を書く")
    assert answered(after, question, answer="様式第3号は変えられません。").state == "drafted"


def test_the_name_of_the_asker_stops_a_public_answer_until_it_was_looked_at(after):
    question = entered(after)
    for more in ({"masked": "架空社です。様式は"}, {"answer": "株式会社架空社さま、できません。"}):
        with pytest.raises(NotPossible) as refused:
            answered(after, question, **more)
        assert refused.value.code == "asker_named"
    assert answered(after, question, masked="架空社です。様式は", named=True).state == "drafted"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ｶｸｳ社", []), ("カ ク ウ 社の質問", ["株式会社カクウ社"]), ("ｶｸｳ社の質問", ["株式会社カクウ社"]),
        ("(株)カクウ社", ["株式会社カクウ社"]), ("社の質問", []),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text, found):
    names = ["株式会社カクウ社"]
    assert names_found(text, names) == (found if text != "ｶｸｳ社" else names)


def test_a_private_answer_goes_to_the_asker_alone_and_needs_its_reason(after):
    question = entered(after)
    with pytest.raises(NotPossible, match="わけ"):
        answered(after, question, manner="private")
    question = answered(after, question, manner="private", reason="その人の提案に関わるため")
    publish_answer(actor=after.decides, question=approved(after, question))
    assert [(one.to_address, "変えられません。" in one.body) for one in Message.objects.filter(kind="call_answer")] == [
        ("kaku@example.jp", True)
    ]
    page = Client().get(f"/kurihara/calls/{after.call.public_id}/").content.decode()
    assert "変えられません。" not in page


def test_a_question_is_declined_with_a_reason_where_the_call_allows_it(after):
    question = entered(after)
    with pytest.raises(NotPossible):
        decline_question(actor=after.decides, question=question, reason=" ")
    declined = decline_question(actor=after.decides, question=question, reason="公募と関わりがないため")
    assert (declined.state, declined.reason) == ("declined", "公募と関わりがないため")


def test_sanda_answers_everybody_and_every_question(sanda, settings):
    settings.YUI_TODAY = "2025-06-04"
    at = dt.datetime(2025, 6, 3, 16, 45, tzinfo=clock.TOKYO)
    question = entered(sanda, at)
    with pytest.raises(NotPossible) as refused:
        answered(sanda, question, manner="private", reason="見本")
    assert refused.value.code == "private_not_allowed"
    with pytest.raises(NotPossible) as refused:
        decline_question(actor=sanda.decides, question=question, reason="見本")
    assert refused.value.code == "decline_not_allowed"
    assert entered(sanda, at + dt.timedelta(seconds=1)).verdict == "late"


def test_the_deadline_for_answers_is_guarded_and_a_late_answer_is_marked(after, settings):
    question = answered(after, entered(after))
    assert [(item.kind, item.chip_tone) for item in question_items(after.decides, clock.today())] == [
        ("waiting", "warn")
    ]
    settings.YUI_TODAY = "2024-06-15"
    assert [item.kind for item in question_items(after.decides, clock.today())] == ["late"]
    assert (desk_questions(after.call)["waiting"], desk_questions(after.call)["overdue"]) == (1, True)
    publish_answer(actor=after.decides, question=approved(after, question))
    assert "期限のあとの回答" in Client().get(f"/kurihara/calls/{after.call.public_id}/").content.decode()
    assert list(question_items(after.decides, clock.today())) == []


def test_an_applicant_asks_on_the_web_only_where_the_call_takes_it(kurihara):
    firm, other = applicant(kurihara, "firm"), applicant(kurihara, "other")
    asks = kurihara.actor(firm.account)
    assert ask_question(actor=asks, applicant=firm, text="見本の質問").verdict == "channel_not_allowed"
    begin_amendment(actor=kurihara.decides, call=kurihara.call)
    kurihara.call.refresh_from_db()
    values = {("questions", "channels"): ["email", "web"]}
    change_values(actor=kurihara.decides, call=kurihara.call, version=kurihara.call.version, values=values, source="")
    amend_call(actor=kurihara.decides, call=kurihara.call, reason="専用の画面からも受けるため")
    assert ask_question(actor=asks, applicant=firm, text="見本の質問").state == "received"
    with pytest.raises(Refused):
        ask_question(actor=asks, applicant=other, text="人の名で")
