"""The first morning of a new town: last year's list comes in, somebody is called, and the import is taken back."""

import re

from tests.journeys.lists import FAULTS, ROWS, as_cp932, faulty_rows, right_rows


def send(visit, name, data, words):
    visit.page.locator('main input[type="file"]').first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )
    return visit.press(words)


def until_done(visit):
    visit.page.get_by_text("新しく入った").wait_for(timeout=60_000)
    return visit.text()


def test_a_list_with_forty_faults_is_mended_imported_called_and_taken_back(visit):
    desk = visit("coordinator", width=1280)
    desk.open("/konan/desk/import/")
    assert "見出しの行" in send(desk, "meibo.csv", as_cp932(faulty_rows()), "読んでみる")
    assert "3行目：会員番号・氏名・ふりがな" in desk.text()
    desk.press("次へ")
    seen = desk.press("たしかめる")
    assert "新しく入る\n1960人" in seen
    assert "40行（直すところがあります）" in seen
    listed = desk.fetch(desk.links("faults.csv")[0]).decode("utf-8-sig")
    stops = [line for line in listed.splitlines() if "この行は取り込まない" in line]
    assert len(stops) == 40
    assert desk.page.locator("main .yui-chip--danger").count() == len(FAULTS)
    assert '"E7"' in stops[0]
    seen = send(desk, "naoshita.csv", as_cp932(right_rows()), "読みなおす")
    assert f"新しく入る\n{ROWS}人" in seen
    desk.press(f"{ROWS}人を取り込む")
    assert f"新しく入った\n{ROWS}人" in until_done(desk)

    seen = desk.follow("今日の仕事を見る")
    waiting = int(re.search(r"手をあげたのに、一度も声をかけていない人　([0-9]+)人", seen)[1])
    assert waiting >= ROWS
    desk.follow("声をかける順番を見る")
    names = [name.inner_text() for name in desk.page.locator("main .yui-work__name").all()]
    assert "同意をたしかめるところから" in desk.text()
    assert "090-0000-" in desk.press("電話をかける")
    called = desk.page.locator("main h1").inner_text()
    desk.fill(content="同意をたしかめた。来週また電話する。")
    desk.press("記録する")
    assert desk.path() == "/konan/desk/candidates/first-calls/"
    assert f"{waiting - 1}人のうち" in desk.text()

    desk.open("/konan/desk/import/")
    desk.follow("開く")
    desk.follow("この取込を元に戻す")
    seen = desk.press("元に戻す")
    assert f"元に戻ったのは{ROWS - 1}人です。" in seen
    assert called.startswith(names[0])
    assert names[0] in seen
    assert "だれかが変えたか、連絡を記録した方です" in seen
