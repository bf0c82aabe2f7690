"""Every use of a component in every template of the house is what the component declares."""

import re
from pathlib import Path

import pytest
from django.template import Context
from django.utils.safestring import SafeString

import yui
from yui.base.ui import declarations

HOUSE = Path(yui.__file__).parent
FOLDER = HOUSE / "base/ui/templates/cotton"
TEMPLATES = sorted(HOUSE.glob("**/templates/**/*.html"))
KNOWN = declarations.components(FOLDER)
NAMES = [str(path.relative_to(HOUSE)) for path in TEMPLATES]
HOSTILE = "\"><script>alert(1)</script>&'"
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_components_are_used_as_declared(path: Path) -> None:
    assert declarations.faults(path.read_text(), KNOWN) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_no_inline_style_or_script(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("name", KNOWN)
def test_every_optional_prop_and_slot_has_a_default_so_that_nothing_leaks_in_from_the_page(name: str) -> None:
    declared = KNOWN[name]
    optional = {prop.name for prop in declared.props.values() if not prop.required}
    named = set(declared.slots) - {"default"}
    required = {prop.name for prop in declared.props.values() if prop.required}
    assert (optional | named) - declared.defaults == set()
    assert declared.defaults - (optional | named) == set()
    assert required & declared.defaults == set()


@pytest.mark.parametrize("name", KNOWN)
def test_components_print_no_undeclared_attributes_and_trust_no_text(name: str) -> None:
    text = (FOLDER / f"{name.replace('-', '_')}.html").read_text()
    assert re.findall(r"{{\s*attrs|\|\s*safe\b|autoescape off", text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<c-nonesuch />", "<c-nonesuch>: no such component"),
        ('<c-button label="a" colour="red" />', "<c-button>: it takes no 'colour'"),
        ('<c-button kind="quiet" />', "<c-button>: 'label' is missing"),
        ('<c-chip label="a" kind="pink" />', "<c-chip>: kind can not be 'pink', only accent ok info warn danger"),
        ('<c-chip label="a">b</c-chip>', "<c-chip>: it takes nothing inside"),
        ('<c-card><c-slot name="tail">b</c-slot></c-card>', "<c-card>: it has no slot 'tail'"),
        ('{% if a %}{% for b in c %}<c-button :href="d" />{% endfor %}{% endif %}', "<c-button>: 'label' is missing"),
    ],
)
def test_wrong_use_is_found(text: str, fault: str) -> None:
    assert declarations.faults(text, KNOWN) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        '<c-button :label="words" :about="words" />',
        '<c-button label="{{ words }}" about="{{ words }}" />',
        "<c-button label=words about=words />",
        '<c-notice :title="words" :text="words">{{ words }}</c-notice>',
        '<c-table :caption="words" head="{{ words }} | b" shown><c-tr><c-td :label="words">{{ words }}</c-td></c-tr></c-table>',
        '<c-deban :title="words" :href="words" :theme="words" :chips="[]" :host="words" />',
        '<c-card :title="words" id="x"><c-slot name="head">{{ words }}</c-slot></c-card>',
        '<c-steps :items="many" current="1" />',
        '<c-chips :items="many" /><c-reasons :items="many" />',
        '<c-qr text="https://example.jp/" :label="words" />',
        '<c-work-line :name="words" :chip="words" :text="words" :href="words" />',
    ],
)
def test_hostile_words_are_escaped_once_and_only_once(text: str) -> None:
    page = declarations.compiled(text).render(Context({"words": HOSTILE, "many": [HOSTILE]}))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&amp;lt;" not in page
    assert "&amp;amp;" not in page


def test_translated_and_trusted_text_is_not_escaped_again() -> None:
    context = Context({"words": SafeString("a &amp; b")})
    assert "a &amp; b" in declarations.compiled('<c-chip :label="words" />').render(context)
    assert "A &amp; B" in declarations.compiled('<c-chip label="A & B" />').render(context)


def test_a_prop_of_the_page_does_not_leak_into_a_component() -> None:
    context = Context({"kind": "danger", "text": "leaked", "title": "leaked", "icon": "lock", "slot": "leaked"})
    page = declarations.compiled('<c-chip label="a" /><c-notice title="b" /><c-card>c</c-card>').render(context)
    assert "leaked" not in page
    assert "danger" not in page


SHEETS = HOUSE / "base/ui/static/yui"
ALONE = {
    "resident.css": {"hero", "theme", "thanks", "languages"},
    "desk.css": {"candidate", "score-parts", "desk-header"},
}


def classes_of(*sheets: str) -> set[str]:
    return {name for sheet in sheets for name in re.findall(r"\.(yui-[a-z0-9_-]+)", (SHEETS / sheet).read_text())}


EVERYWHERE = classes_of("base.css", "chrome.css", "parts.css", "forms.css", "tables.css", "figures.css", "paper.css")


@pytest.mark.parametrize("name", KNOWN)
def test_the_sheets_of_every_page_know_the_classes_of_every_component(name: str) -> None:
    text = (FOLDER / f"{name.replace('-', '_')}.html").read_text()
    used = set(re.findall(r"(?<![\w-])yui-[a-z0-9_-]*[a-z0-9](?![\w-]*{{)", re.sub(r"\[?data-yui[\w-]*", "", text)))
    known = EVERYWHERE.union(*(classes_of(sheet) for sheet, owners in ALONE.items() if name in owners))
    assert used - known == set()


# Components drawn as blocks: inside a paragraph a browser would close the paragraph before them.
BLOCKS = (
    "answer|board|breadcrumb|candidate|card|chart|chips|deban|dl|empty|errors|facts|field|form|hero|like|messages|more|"
    "notice|pager|reasons|score-parts|section|sheet|sides|stats|steps|table|thanks|timeline|title|work-list"
)
BLOCK_IN_PARAGRAPH = re.compile(rf"<p\b[^>]*>(?:(?!</p>).)*?<c-(?:{BLOCKS})[\s/>]", re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_no_block_stands_inside_a_paragraph(path: Path) -> None:
    assert BLOCK_IN_PARAGRAPH.findall(path.read_text()) == []


def test_the_reference_names_every_component() -> None:
    page = declarations.reference(KNOWN)
    assert [line for line in page.splitlines() if line.startswith("## ")] == [f"## `<c-{name}>`" for name in KNOWN]
    assert "| `label` | yes |  | the words |" in page
