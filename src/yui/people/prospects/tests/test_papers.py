"""A candidate list becomes the deliverable: Word from the town's form, Excel, kept and numbered."""

import io

import pytest
from openpyxl import load_workbook

from yui.base.access.errors import NotPossible
from yui.base.documents.models import Document
from yui.base.documents.registry import all_forms
from yui.base.documents.word import check_template, text_of
from yui.base.files import store
from yui.people.domain import register_organization
from yui.people.prospects import domain
from yui.people.prospects.queries import NOT_AGREED

pytestmark = pytest.mark.django_db


def read(document):
    with store.open_path(document.attachment.path) as handle:
        return handle.read()


@pytest.fixture
def roster(sora, actor, prospect):
    made = domain.make_roster(actor=actor, kind="actor", title="地域アクターの候補者リスト案")
    group = register_organization(actor=actor, values={"name": "ひながた文庫"})
    domain.add_entry(actor=actor, roster=made, candidate=prospect, qualities="防災に強い", sources="ヒアリング")
    domain.add_entry(
        actor=actor, roster=made, candidate=sora.register("見本 太郎"), field="fukushi", experience="民生委員を6年"
    )
    domain.add_entry(actor=actor, roster=made, candidate=group, experience="読み聞かせの会を10年")
    return made


def test_the_shipped_forms_stand_their_own_check():
    forms = [form for form in all_forms() if form.kind.endswith("_roster")]
    assert [form.kind for form in forms] == ["actor_roster", "coordinator_roster"]
    assert [check_template(form.build(), form.tags, form.sample) for form in forms] == [[], []]


def test_word_holds_every_candidate_and_no_name_of_whoever_has_not_agreed(actor, roster):
    text = text_of(read(domain.make_roster_word(actor=actor, roster=roster)))
    assert [word in text for word in ("見本 太郎", "民生委員を6年", "ひながた文庫", "防災に強い", NOT_AGREED)] == [
        True
    ] * 5
    assert "試案" not in text


def test_word_is_headed_by_the_words_of_the_commission_alone(actor, roster):
    text = text_of(read(domain.make_roster_word(actor=actor, roster=roster)))
    assert "　令和8年度湖南市人財活躍支援業務委託　" in text
    assert "value=" not in text


def test_after_the_yes_the_name_stands_there(actor, prospect, roster):
    domain.touch(actor=actor, prospect=prospect, agreed="spoken")
    assert "試案 みのり" in text_of(read(domain.make_roster_word(actor=actor, roster=roster)))


def test_excel_has_the_same_rows_and_both_are_numbered_documents(actor, roster):
    word, excel = (make(actor=actor, roster=roster) for make in (domain.make_roster_word, domain.make_roster_excel))
    [sheet] = load_workbook(io.BytesIO(read(excel))).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["番号", "候補", "区分", "分野", "資質", "経験", "何で分かったか"]
    assert [(row[1], row[2]) for row in rows[1:]] == [
        (NOT_AGREED, "潜在候補"), ("見本 太郎", "登録している方（地域関心・参加層）"), ("ひながた文庫", "団体"),
    ]  # fmt: skip
    assert (word.number, excel.number, Document.objects.count()) == (1, 2, 2)
    assert word.snapshot == {"roster": roster.public_id, "version": 1, "count": 3}


def test_an_empty_list_makes_no_file(actor):
    empty = domain.make_roster(actor=actor, kind="coordinator", title="候補")
    with pytest.raises(NotPossible):
        domain.make_roster_word(actor=actor, roster=empty)
    assert Document.objects.count() == 0
