"""The whole road by real people: registered, found, introduced, met, counted, reported."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.visits import Visit

pytestmark = pytest.mark.journey
Begin = Callable[..., Visit]
WAYS = [
    pytest.param(390, False, "下書 ひより", id="390-without-script"),
    pytest.param(1280, True, "雛形 あさひ", id="1280-with-script"),
]
PHONE = {390: "090-0000-3900", 1280: "090-0000-1280"}
WHY = "本を読む声がやさしく、土曜も平日も動ける方です。"


@pytest.mark.parametrize(("width", "script", "name"), WAYS)
def test_from_registering_to_a_tie(visit: Begin, width: int, script: bool, name: str) -> None:
    mail, title = f"hiyori-{width}@example.jp", f"見本の読みきかせ{width}"
    officer, host = visit("officer", width, script), visit("organization", width, script)
    figures = officer_figures(officer)
    resident = visit(None, width, script)
    registers(resident, name, mail, PHONE[width])
    page = opens_an_activity(host, title)
    approves(officer, title)
    opportunity = stands_in_the_catalogue(visit(None, width, script), title)

    coordinator = visit("coordinator", width, script)
    introduction = proposes(coordinator, opportunity, name)
    secrets = (mail, PHONE[width])
    contacts_are_hidden(coordinator, host, introduction, secrets, name)
    answers_by_link(visit(None, width, script), mail)
    contacts_are_hidden(coordinator, host, introduction, secrets, name=None)
    answers_by_telephone(coordinator, introduction)
    contacts_are_shown(host, introduction, mail)
    meet_and_begin(coordinator, introduction)

    takes_part(resident, host, opportunity, page)
    tie_is_told(host, page, name)
    moves_on(coordinator, resident, name)
    later = officer_figures(officer)
    for label in ("双方が「はい」となった紹介", "参加・手伝いののべ数", "はじめてのつながり", "新しく登録した人"):
        assert later[label] > figures[label], label


def registers(resident: Visit, name: str, mail: str, phone: str) -> None:
    """Three short pages; then three 出番 with three reasons each, and 気になる at once."""
    resident.open("/konan/")
    resident.follow("登録する")
    required = must_be_filled(resident)
    resident.fill(display_name=name, kana=name[-3:], mail=mail, phone=phone)
    resident.choose("district", "菩提寺")
    resident.tick("contact_way", "mail")
    resident.press("次へ")
    required += must_be_filled(resident)
    resident.tick("theme", "kosodate", "kyoiku")
    resident.tick("interest", "with_children")
    resident.tick("skill", "reading")
    resident.tick("slot", "weekday_morning", "weekday_afternoon", "saturday_morning")
    resident.press("次へ")
    required += must_be_filled(resident)
    for box in resident.page.locator('main input[name^="consent_"]').all():
        box.check(force=True)
    text = resident.press("登録する")
    assert required <= 7
    assert f"{name}さん、登録ありがとうございます" in text
    cards = resident.page.locator("main .yui-card").filter(has=resident.page.locator(".yui-reasons"))
    assert cards.count() == 3
    for card in cards.all():
        assert card.locator(".yui-reasons li").count() == 3
    marked = cards.first.locator("h2, h3").first.inner_text()
    resident.press("気になる")
    assert marked in resident.open("/konan/my/")


def must_be_filled(resident: Visit) -> int:
    """How many questions of this page carry 必須; a group of chips is one."""
    return int(resident.page.locator("main form .yui-required").count())


def officer_figures(officer: Visit) -> dict[str, int]:
    """This month's figures on the officer's home, by what they count."""
    officer.open("/konan/desk/home/")
    cards = officer.page.locator("main .yui-stat").all()
    return {
        card.locator(".yui-stat__label").inner_text(): int(
            re.sub(r"\D", "", card.locator(".yui-stat__value").inner_text())
        )
        for card in cards
    }


def opens_an_activity(host: Visit, title: str, district: str = "菩提寺") -> str:
    """An organisation opens an activity with three dates of today and an 出番, and lays it before the town."""
    host.open("/konan/group/activities/new/")
    host.fill(
        title=title, o_title=title, o_about="絵本を1冊、ゆっくり読みます。", capacity="５", place="見本まちづくりセンター",
        day_1="R8.11.18", start_1="０時", end_1="23時50分",
    )  # fmt: skip
    host.unfold("ほかの日にち")
    host.fill(day_2="11/18", start_2="0:00", end_2="23:50", day_3="11月18日", start_3="0:00", end_3="23:40")
    host.tick("theme", "kosodate")
    host.choose("district", district)
    host.tick("first_timers")
    host.unfold("もっとくわしく")
    host.tick("skill", "reading")
    host.tick("interest", "with_children")
    host.tick("slot", "weekday_morning", "weekday_afternoon")
    host.press("市に出す")
    assert title in host.open("/konan/group/activities/")
    host.follow(title)
    return host.path()


def approves(officer: Visit, title: str) -> None:
    """The officer reads and approves."""
    officer.open("/konan/desk/home/")
    officer.follow("内容を見て承認", title)
    waiting, _, decided = officer.press("承認する").partition("さいきん決めたもの")
    assert title in decided
    assert title not in waiting


def stands_in_the_catalogue(passer: Visit, title: str) -> str:
    """Anybody finds it, by theme and district; the public id of the 出番."""
    text = passer.open("/konan/opportunities/?theme=kosodate&district=bodaiji")
    assert title in text
    passer.follow(title)
    assert "ひながた文庫" in passer.text()
    assert "schema.org" in passer.source()
    return passer.path().rstrip("/").rpartition("/")[2]


def proposes(coordinator: Visit, opportunity: str, name: str) -> str:
    """Candidates with three reasons each, and why the others are not there; then a proposal and the question."""
    text = coordinator.open(f"/konan/desk/candidates/{opportunity}/")
    cards = coordinator.page.locator("main .yui-cand")
    assert cards.count() >= 2
    assert all(card.locator(".yui-reasons li").count() == 3 for card in cards.all())
    assert "今回は入らなかった方と、その理由" in text
    assert "動ける時間が重なりません" in text.partition("今回は入らなかった方")[2]
    coordinator.follow("紹介を起こす", name)
    coordinator.fill(why=f"{name}さんは、{WHY}")
    assert "お名前" in coordinator.press("提案をつくる"), "a name among the words is sent back"
    coordinator.fill(why=WHY)
    assert (
        "まだだれにも伝わりません" in coordinator.press("提案をつくる") or "提案をつくりました" in coordinator.source()
    )
    coordinator.press("双方にうかがう")
    return coordinator.path()


def contacts_are_hidden(
    coordinator: Visit, host: Visit, introduction: str, secrets: tuple[str, ...], name: str | None
) -> None:
    """Before both said yes, neither page holds the contact; before the person's yes, the host's page no name."""
    coordinator.open(introduction)
    pages = [coordinator.source()]
    host.open("/konan/group/introductions/")
    pages.append(host.source())
    host.open(f"/konan/group/introductions/{introduction.rstrip('/').rpartition('/')[2]}/")
    pages.append(host.source())
    assert "連絡先は、まだどちらにも見えません" in pages[0]
    for secret in secrets:
        assert not any(secret in page or secret.replace("-", "") in page for page in pages)
    if name:
        assert not any(name in page for page in pages[1:])


def answers_by_link(person: Visit, mail: str, host: str = "ひながた文庫") -> None:
    """The person opens the mail's one-time link and says yes; the used link says so clearly."""
    person.open("/_outbox/")
    row = person.page.locator("main tr", has_text=mail).filter(has_text="出番のご相談")
    address = row.locator("a").first.get_attribute("href")
    person.open(address or "")
    link = person.links(r"/answer/")[0]
    assert WHY in person.open(link)
    assert host in person.text()
    assert "お返事を受け取りました" in person.press("はい、話を聞いてみたい")
    assert "お返事は、いただいています" in person.open(link, status=410)


def answers_by_telephone(coordinator: Visit, introduction: str) -> None:
    """Staff write down what the host said."""
    coordinator.open(introduction)
    coordinator.follow("返事を記入する")
    coordinator.tick("yes", "yes")
    coordinator.tick("how", "phone")
    coordinator.press("返事を記入する")
    assert coordinator.path() == introduction


def contacts_are_shown(host: Visit, introduction: str, mail: str) -> None:
    """After both yes: the host reads the one way that the person chose."""
    text = host.open(f"/konan/group/introductions/{introduction.rstrip('/').rpartition('/')[2]}/")
    assert mail in text
    assert "090-0000" not in host.source()


def meet_and_begin(coordinator: Visit, introduction: str) -> None:
    """A day is set, they met, they act together."""
    coordinator.open(introduction)
    coordinator.follow("顔合わせの日を決める")
    coordinator.fill(day="Ｒ８．１１．２０", time="１０時半", place="見本まちづくりセンター")
    coordinator.press("決めて伝える")
    assert "10時30分" in coordinator.text()
    coordinator.follow("顔合わせを記録する")
    coordinator.fill(day="R8.11.18")
    coordinator.press("記録する")
    coordinator.press("協働が始まった")
    assert "協働の始まりを記録しました" in coordinator.source()


def takes_part(resident: Visit, host: Visit, opportunity: str, activity: str) -> None:
    """The resident applies and comes: once by the code of the place, twice ticked by the host; says whom they met."""
    resident.open(f"/konan/opportunities/{opportunity}/")
    resident.follow("応募")
    resident.press("応募する")
    host.open(activity)
    sessions = host.links(r"/sessions/\w+/attendance/$")
    assert len(sessions) == 3
    host.open(sessions[0].replace("attendance", "poster"))
    code = host.page.locator(".yui-code").first.inner_text()
    resident.open("/konan/my/attend/")
    resident.fill(code=code.upper())
    assert "はじめて会った人はいますか" in resident.press("来ました") + resident.source()
    resident.press("はい、いました")
    if resident.page.locator('main input[name="met_host"]').count():
        resident.tick("met_host")
        resident.press("この人たちと、はじめて会った")
    for session in sessions[1:]:
        host.open(session)
        for box in host.page.locator('main input[name="came"]').all():
            box.check(force=True)
        for box in host.page.locator('main input[name^="role-"]').all():
            box.check(force=True)
        host.press("出席を書きとめる")
        assert "出席を書きとめました" in host.source()


def tie_is_told(host: Visit, activity: str, name: str) -> None:
    """The host answers the one question, too."""
    host.open(activity)
    host.open(host.links(r"/sessions/\w+/attendance/$")[0])
    assert name in host.text()
    for box in host.page.locator('main input[name="met"]').all():
        box.check(force=True)
    host.press("この人たちと、はじめて会った")
    assert host.page.locator('main input[name="met"]:checked').count() >= 1


def moves_on(coordinator: Visit, resident: Visit, name: str) -> None:
    """The next stage is proposed with the rows as evidence; it takes effect with the person's own yes."""
    coordinator.open("/konan/desk/people/")
    coordinator.fill(typed=name[-3:])
    coordinator.press("さがす")
    coordinator.follow(name)
    coordinator.follow("次の層を提案する")
    assert "記録で、すべてそろっています" in coordinator.text()
    coordinator.press("ご本人にたずねる")
    assert "地域サポーター" not in resident.open("/konan/my/stage/").partition("進みませんか")[2].partition("次の")[0]
    resident.press("はい、進みます")
    assert "地域サポーター" in resident.page.locator("main #here, main [aria-labelledby=here]").first.inner_text()
