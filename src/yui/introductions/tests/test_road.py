"""From a proposal to 3か月後確認: each verb, each refusal."""

import datetime as dt
import re

import pytest

from yui.activities.models import Tie
from yui.base import clock
from yui.base.access.actor import ANONYMOUS
from yui.base.access.errors import Gone, NotPossible, Refused
from yui.base.audit.models import AuditEvent
from yui.base.clock import TOKYO
from yui.base.messages.models import Message
from yui.introductions import domain
from yui.introductions.domain import Said
from yui.introductions.models import Answer, AnswerLink, Exposure, Introduction, IntroductionChange
from yui.introductions.tests.conftest import account_of, make_opportunity, make_person
from yui.people.models import Consent, Pause, Residence

YES = Said(yes=True, how="phone", words="楽しみです")
NO = Said(yes=False, how="phone", private_reason="busy")


def asked(cast, person, opportunity=None):
    made = domain.propose_introduction(
        actor=cast.actor(), person=person, opportunity=opportunity or cast.opportunity, why="落ち着いた声の方です"
    )
    return domain.ask_both_sides(actor=cast.actor(), introduction=made)


def both_yes(cast, person):
    made = asked(cast, person)
    for side in Answer.Side.values:
        domain.answer(actor=cast.actor(), introduction=made, side=side, said=YES)
    made.refresh_from_db()
    return made


def token_in(message):
    return re.search(r"/answer/([\w-]+)/", message.body)[1]


def letters_to(person):
    return Message.objects.filter(to_kind="person", to_id=person.public_id).order_by("id")


def test_the_whole_road_leaves_a_dated_row_for_every_step(sora, taro, settings):
    made = both_yes(sora, taro)
    actor = sora.actor()
    at = dt.datetime(2026, 11, 28, 10, 0, tzinfo=TOKYO)
    domain.set_meeting(actor=actor, introduction=made, at=at, place="例示公民館")
    settings.YUI_TODAY = "2026-11-28"
    domain.record_met(actor=actor, introduction=made)
    domain.start_together(actor=actor, introduction=made)
    domain.record_outcome(actor=actor, introduction=made, kind="continues", text="月に一度、続いている")
    domain.follow_up(actor=actor, introduction=made, text="いまも続いている")
    made.refresh_from_db()
    assert made.state == "followed_up"
    assert made.follow_up_on == dt.date(2027, 2, 28)
    rows = IntroductionChange.objects.filter(introduction=made).values_list("state", flat=True)
    assert list(rows) == ["proposed", "asking", "accepted", "meeting", "met", "working", "outcome", "followed_up"]
    assert list(Exposure.objects.values_list("act", flat=True)) == ["asked", "accepted", "met"]
    tie = Tie.objects.get()
    assert (tie.person, tie.other_organization, tie.introduction_id) == (taro, sora.organization, made.public_id)
    assert tie.first_time
    steps = AuditEvent.objects.filter(object_id=made.public_id, act__startswith="introduction.")
    assert steps.count() == 10


@pytest.mark.parametrize("case", ["consent", "resting", "hidden", "closed", "age"])
def test_a_person_who_must_not_be_asked_is_not_proposed(sora, taro, case):
    if case == "consent":
        Consent.objects.filter(person=taro, purpose="introduce").update(withdrawn_on=clock.today())
    elif case == "resting":
        Pause.objects.create(authority=sora.authority, person=taro, starts_on=clock.today(), recorded_at=clock.now())
    elif case == "hidden":
        taro.hidden = True
        taro.save()
    elif case == "closed":
        sora.opportunity.state = "closed"
        sora.opportunity.save()
    else:
        sora.opportunity.age_to = 30
        sora.opportunity.save()
    with pytest.raises(NotPossible) as refusal:
        domain.propose_introduction(actor=sora.actor(), person=taro, opportunity=sora.opportunity)
    assert refusal.value.sentence
    assert Introduction.objects.count() == 0


def test_a_coordinator_may_set_the_slots_aside(sora):
    person = make_person(sora.authority, "架空 健一", slots=("weekday_evening",))
    made = domain.propose_introduction(actor=sora.actor(), person=person, opportunity=sora.opportunity)
    assert "skill:reading" in {part["term"] for part in made.parts}


def test_one_open_introduction_for_a_pair(sora, taro):
    asked(sora, taro)
    with pytest.raises(NotPossible):
        domain.propose_introduction(actor=sora.actor(), person=taro, opportunity=sora.opportunity)


def test_the_load_cap_protects_the_willing_until_the_next_month(sora, taro, settings):
    things = [make_opportunity(sora.authority, sora.organization, title=f"出番 {number}") for number in range(3)]
    for thing in things[:2]:
        asked(sora, taro, thing)
    with pytest.raises(NotPossible) as refusal:
        asked(sora, taro, things[2])
    assert refusal.value.code == "load"
    settings.YUI_TODAY = "2026-12-01"
    assert asked(sora, taro, things[2]).state == "asking"


def test_each_side_is_asked_by_the_way_it_chose(sora):
    person = make_person(sora.authority, "下書 ひろし", way="letter")
    Residence.objects.create(
        authority=sora.authority, person=person, postal_code="520-0000", address="架空町2-3", effective_on=clock.today()
    )
    asked(sora, person)
    letter = letters_to(person).get()
    assert (letter.channel, letter.return_slip) == ("letter", True)
    assert "架空町2-3" in letter.to_address
    assert Message.objects.get(to_kind="organization").channel == "mail"
    by_phone = make_person(sora.authority, "例示 花子", way="phone")
    asked(sora, by_phone)
    assert letters_to(by_phone).get().channel == "phone"


def test_the_host_is_asked_without_a_name(sora, taro):
    asked(sora, taro)
    body = Message.objects.get(to_kind="organization").body
    assert "見本" not in body.replace("見本学区", "")
    assert taro.public_id not in body
    assert "70代・見本学区（およそ）" in body
    assert "落ち着いた声の方です" in body


def test_a_link_answers_once(sora, taro):
    asked(sora, taro)
    token = token_in(letters_to(taro).get())
    made = domain.answer_by_link(actor=_anonymous(sora), token=token, yes=True, words="よろしく")
    assert (made.side, made.how, made.yes) == ("person", "link", True)
    with pytest.raises(Gone):
        domain.answer_by_link(actor=_anonymous(sora), token=token, yes=False)
    assert Answer.objects.count() == 1


def test_an_expired_and_an_unknown_link_are_gone(sora, taro, settings):
    asked(sora, taro)
    token = token_in(letters_to(taro).get())
    settings.YUI_TODAY = "2026-11-28"
    with pytest.raises(Gone) as expired:
        domain.open_link(token)
    assert expired.value.code == "expired"
    with pytest.raises(Gone):
        domain.open_link("nothing")


def test_only_the_hash_of_a_token_is_stored(sora, taro):
    asked(sora, taro)
    token = token_in(letters_to(taro).get())
    assert token not in set(AnswerLink.objects.values_list("token_hash", flat=True))


def test_a_no_tells_the_other_side_nothing_but_that_it_is_passed(sora, taro):
    made = asked(sora, taro)
    domain.answer(actor=sora.actor(), introduction=made, side="person", said=NO)
    made.refresh_from_db()
    assert made.state == "declined"
    last = Message.objects.filter(to_kind="organization").latest("id")
    assert "今回は見送りとなりました" in last.body
    assert "busy" not in last.body
    assert "見本" not in last.body
    assert IntroductionChange.objects.get(state="declined").private_reason == "busy"
    assert not any("busy" in str(row.details) for row in AuditEvent.objects.all())


def test_a_no_is_remembered_for_that_host_until_the_period_ends(sora, taro, settings):
    made = asked(sora, taro)
    domain.answer(actor=sora.actor(), introduction=made, side="host", said=NO)
    again = make_opportunity(sora.authority, sora.organization, title="本の修理")
    other = make_opportunity(sora.authority, person=make_person(sora.authority, "試案 みのり"), title="草刈り")
    with pytest.raises(NotPossible) as refusal:
        domain.propose_introduction(actor=sora.actor(), person=taro, opportunity=again)
    assert refusal.value.code == "blocked"
    domain.propose_introduction(actor=sora.actor(), person=taro, opportunity=other)
    settings.YUI_TODAY = "2027-05-21"
    domain.propose_introduction(actor=sora.actor(), person=taro, opportunity=again)


def test_after_both_yes_each_is_told_the_chosen_way_and_the_reading_is_audited(sora, taro):
    both_yes(sora, taro)
    mail = taro.contact_set.get(kind="mail").value
    phone = taro.contact_set.get(kind="phone").value
    to_host = Message.objects.filter(to_kind="organization").latest("id")
    assert mail in to_host.body
    assert phone not in to_host.body
    assert "見本 太郎" in to_host.body
    assert "楽しみです" in to_host.body
    assert "bunko@sora.example.jp" in letters_to(taro).last().body
    assert "0748-00-0777" not in letters_to(taro).last().body
    readings = AuditEvent.objects.filter(act="contact.read", person_id=taro.public_id, reason="exchange")
    assert readings.exists()


def test_one_side_may_not_answer_for_the_other(sora, taro):
    made = asked(sora, taro)
    own = sora.actor(account_of(sora.authority, taro))
    with pytest.raises(Refused):
        domain.answer(actor=own, introduction=made, side="host", said=Said(yes=True, how="page"))
    with pytest.raises(Refused):
        domain.answer(actor=own, introduction=made, side="person", said=YES)
    domain.answer(actor=own, introduction=made, side="person", said=Said(yes=True, how="page"))
    stranger = sora.actor(account_of(sora.authority, make_person(sora.authority, "試案 みのり")))
    with pytest.raises(Refused):
        domain.answer(actor=stranger, introduction=made, side="person", said=Said(yes=True, how="page"))


def test_a_second_answer_is_refused_with_a_sentence(sora, taro):
    made = asked(sora, taro)
    domain.answer(actor=sora.actor(), introduction=made, side="person", said=YES)
    with pytest.raises(NotPossible) as refusal:
        domain.answer(actor=sora.actor(), introduction=made, side="person", said=NO)
    assert refusal.value.sentence == "お返事はもう受け取っています（11月20日（金）、電話で）。"


def test_asking_again_by_letter_gives_a_new_day(sora, taro, settings):
    Residence.objects.create(
        authority=sora.authority, person=taro, postal_code="", address="架空町9", effective_on=clock.today()
    )
    made = asked(sora, taro)
    settings.YUI_TODAY = "2026-11-30"
    way = domain.ask_again(actor=sora.actor(), introduction=made, side="person", channel="letter")
    made.refresh_from_db()
    assert way.channel == "letter"
    assert made.answer_due_on == dt.date(2026, 12, 7)
    assert domain.open_link(token_in(letters_to(taro).last())).side == "person"


def test_waiting_mails_are_reminded_once(sora, taro, settings):
    asked(sora, taro)
    actor = sora.actor()
    assert domain.remind_waiting(actor=actor, authority=sora.authority, today=clock.today()) == 0
    settings.YUI_TODAY = "2026-11-26"
    assert domain.remind_waiting(actor=actor, authority=sora.authority, today=clock.today()) == 2
    assert domain.remind_waiting(actor=actor, authority=sora.authority, today=clock.today()) == 0


def test_stopping_tells_both_the_same_short_sentence(sora, taro):
    made = both_yes(sora, taro)
    before = Message.objects.count()
    domain.stop(actor=sora.actor(), introduction=made, private_reason="日程が合わない")
    told = list(Message.objects.order_by("-id")[: Message.objects.count() - before])
    assert {message.kind for message in told} == {"introduction_passed"}
    assert len(told) == 2
    assert not any("日程" in message.body for message in told)


def test_a_resident_cannot_take_a_coordinators_step(sora, taro):
    made = both_yes(sora, taro)
    own = sora.actor(account_of(sora.authority, taro))
    for verb in (domain.record_met, domain.start_together):
        with pytest.raises(Refused):
            verb(actor=own, introduction=made)


def test_steps_out_of_order_are_refused(sora, taro):
    made = asked(sora, taro)
    with pytest.raises(NotPossible):
        domain.record_met(actor=sora.actor(), introduction=made)


def test_three_months_later_both_are_asked_how_it_goes_once(sora, taro, settings):
    made = both_yes(sora, taro)
    domain.record_met(actor=sora.actor(), introduction=made)
    settings.YUI_TODAY = "2027-02-20"
    actor, today = sora.actor(), clock.today()
    assert domain.send_follow_ups(actor=actor, authority=sora.authority, today=today) == 1
    assert Message.objects.filter(kind="introduction_after").count() == 2
    assert domain.send_follow_ups(actor=actor, authority=sora.authority, today=today) == 0


def _anonymous(cast):
    from dataclasses import replace

    return replace(ANONYMOUS, authority=cast.authority)
