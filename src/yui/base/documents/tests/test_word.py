"""A town's own template is checked before it is kept; a filled value stays a value."""

import io

import pytest
from docx import Document as Word

from yui.base.documents.word import TemplateFault, check_template, fill, tags_of, text_of
from yui.base.files.archives import fault_of
from yui.base.files.tests.test_archives import docx

ALLOWED = {"month", "figures", "rows", "town.name"}


def word(*paragraphs, header=""):
    document = Word()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


REPORT = word(
    "{{ month }} 月次報告",
    "登録 {{ figures.registrations }}人",
    "{% for row in rows %}",
    "{{ row.label }}（{{ loop.index }}）",
    "{% endfor %}",
    header="{{ town.name }}",
)
FACTS = {
    "month": "令和8年11月",
    "figures": {"registrations": 12},
    "rows": [{"label": "<b>&{{ month }}"}, {"label": "𠮷田 ã"}],
    "town": {"name": "そら町"},
}


def codes(faults):
    return [(fault.code, fault.tag) for fault in faults]


def test_a_right_template_has_no_fault_and_its_tags_are_known():
    assert check_template(REPORT, ALLOWED, FACTS) == []
    assert tags_of(REPORT) == ["figures.registrations", "month", "rows", "town.name"]


def test_values_are_written_as_they_are_and_never_become_tags_or_markup():
    made = fill(REPORT, FACTS)
    lines = [line for line in text_of(made).splitlines() if line]
    assert lines == ["令和8年11月 月次報告", "登録 12人", "<b>&{{ month }}（1）", "𠮷田 ã（2）"]
    assert Word(io.BytesIO(made)).sections[0].header.paragraphs[0].text == "そら町"
    assert fault_of(made) is None


def test_signs_that_xml_cannot_hold_are_left_out():
    assert "a\x0bb" not in text_of(fill(word("{{ month }}"), {"month": "a\x0bb\x00c"}))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (word("{{ mnth }}"), [("unknown_tag", "mnth")]),
        (word("{{ town.mayor }}", "{{ secret }}"), [("unknown_tag", "secret"), ("unknown_tag", "town.mayor")]),
        (word("x", header="{{ nobody }}"), [("unknown_tag", "nobody")]),
        (word("{{ month "), [("syntax", "{{ month")]),
        (word("{% for row in rows %}", "{{ row.label }}"), [("syntax", "{{ row.label }}")]),
        (word("{{ month.__class__() }}"), [("not_allowed", "call")]),
        (word("{{ figures|attr('x') }}"), [("not_allowed", "attr")]),
        (word("{% for n in range(9999999) %}x{% endfor %}"), [("not_allowed", "call"), ("unknown_tag", "range")]),
        (word("{{ month * 999999999 }}"), [("not_allowed", "mul")]),
        (b"%PDF-1.7", [("not_docx", "")]),
        (docx(**{"word/vbaProject.bin": b"x"}), [("macro", "")]),
        (docx(**{"word/media/a.png": bytes(120 * 1024 * 1024)}), [("too_big", "")]),
        (docx(), [("broken", "")]),
    ],
)
def test_every_fault_is_named_with_its_tag_and_a_sentence(template, expected):
    faults = check_template(template, ALLOWED)
    assert codes(faults) == expected
    assert all(fault.sentence.endswith("。") and (not fault.tag or fault.code in ("not_allowed", "syntax")
               or fault.tag in fault.sentence) for fault in faults)  # fmt: skip


def test_a_sample_finds_what_only_filling_shows():
    wrong = word("{% for row in rows %}{{ row.lable }}{% endfor %}")
    assert check_template(wrong, ALLOWED) == []
    assert codes(check_template(wrong, ALLOWED, FACTS)) == [("unknown_tag", "lable")]


def test_filling_without_a_value_names_the_tag():
    with pytest.raises(TemplateFault) as refused:
        fill(word("{{ month }}"), {})
    assert codes(refused.value.faults) == [("unknown_tag", "month")]
    with pytest.raises(TemplateFault):
        fill(word("{{ ''.__class__.__mro__ }}"), {})


def test_tags_hidden_in_the_properties_are_checked_too():
    document = Word(io.BytesIO(word("x")))
    document.core_properties.title = "{{ nobody }}"
    stream = io.BytesIO()
    document.save(stream)
    assert codes(check_template(stream.getvalue(), ALLOWED)) == [("unknown_tag", "nobody")]
