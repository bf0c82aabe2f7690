"""Word: check a town's own template before it is kept, and fill it. ``docxtpl`` is loaded only when needed."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from yui.base.documents.tags import (
    SecurityError,
    TemplateSyntaxError,
    UndefinedError,
    environment,
    forbidden_parts,
    found_tags,
)
from yui.base.files.archives import SENTENCES, fault_of
from yui.base.files.kinds import WORD, kind_of

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template. ``tag`` is the words as they stand in it, where there are any."""

    code: str
    sentence: str
    tag: str = ""


class TemplateFault(ValueError):
    """A template that cannot be filled, with every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults


def check_template(data: bytes, allowed_tags: Iterable[str], sample: Mapping[str, Any] | None = None) -> list[Fault]:
    """Every fault of a template; an empty list means that it can be used.

    ``allowed_tags``: dotted names such as ``month`` or ``figures.registrations``; a name allows what hangs on it.
    ``sample``: a context to fill it with once, which also finds what only shows then.
    """
    if kind_of(data) is not WORD:
        return [
            Fault(
                "not_docx", "Wordの文書（.docx）ではありません。Wordで「名前を付けて保存」から、.docxを選んでください。"
            )
        ]
    fault = fault_of(data)
    if fault is not None:
        return [Fault(fault, SENTENCES[fault])]
    try:
        source = _source(data)
    except Exception:  # whatever the reader of Word files makes of a broken one
        return [Fault("broken", SENTENCES["broken"])]
    try:
        parts, tags = forbidden_parts(source), found_tags(source)
    except TemplateSyntaxError as error:
        return [_syntax_fault(error, source)]
    faults = [
        Fault("not_allowed", f"様式の中で「{part}」は使えません。タグには、名前だけを書いてください。", part)
        for part in parts
    ]
    faults += _unknown_tags(tags, frozenset(allowed_tags))
    if not faults and sample is not None:
        try:
            fill(data, sample)
        except TemplateFault as error:
            faults = error.faults
    return faults


def tags_of(data: bytes) -> list[str]:
    """The tags a checked template uses, sorted."""
    return sorted(found_tags(_source(data)))


def fill(data: bytes, context: Mapping[str, Any]) -> bytes:
    """The filled document. Values are escaped, so a value can never become a tag or a piece of the document.

    Raises ``TemplateFault`` when the template asks for something that the context does not have.
    """
    from docxtpl import DocxTemplate

    try:
        parts = forbidden_parts(_source(data))
        if parts:
            raise TemplateFault([Fault("not_allowed", f"様式の中で「{part}」は使えません。", part) for part in parts])
        template = DocxTemplate(io.BytesIO(data))
        template.render(_writable(dict(context)), environment(), autoescape=True)
    except TemplateSyntaxError as error:
        raise TemplateFault([_syntax_fault(error, "")]) from error
    except SecurityError as error:
        raise TemplateFault(
            [Fault("not_allowed", "様式の中に、使えない書き方があります。タグには、名前だけを書いてください。")]
        ) from error
    except UndefinedError as error:
        name = (re.findall(r"'([^']+)'", str(error)) or [""])[-1]
        sentence = f"タグ「{name}」に入れるものがありません。名前をたしかめてください。"
        raise TemplateFault([Fault("unknown_tag", sentence, name)]) from error
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def text_of(data: bytes) -> str:
    """The words of a .docx, paragraph by paragraph, tables too; for tests and for a preview."""
    from docx import Document
    from docx.oxml.ns import qn

    body = Document(io.BytesIO(data)).element.body
    lines = ("".join(text.text or "" for text in part.iter(qn("w:t"))) for part in body.iter(qn("w:p")))
    return "\n".join(lines)


def _source(data: bytes) -> str:
    """The words and tags of body, headers and footers, with the tags that Word cut into pieces joined again."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(data))
    template.render_init()
    texts = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            texts.append(template.patch_xml(template.get_part_xml(part)))
    for part in template.docx.part.package.parts:
        if part.content_type.endswith(".footnotes+xml"):
            texts.append(template.patch_xml(part.blob.decode()))
    kept = template.docx.core_properties
    texts += [kept.title, kept.subject, kept.author, kept.comments, kept.keywords, kept.category, kept.last_modified_by]
    return "\n".join(texts)


def _unknown_tags(tags: set[str], allowed: frozenset[str]) -> list[Fault]:
    unknown = sorted(tag for tag in tags if not any(tag == name or tag.startswith(f"{name}.") for name in allowed))
    return [
        Fault(
            "unknown_tag", f"タグ「{{{{ {tag} }}}}」は、この様式では使えません。使えるタグの一覧を見てください。", tag
        )
        for tag in unknown
    ]


def _syntax_fault(error: TemplateSyntaxError, source: str) -> Fault:
    near = ""
    lines = source.splitlines()
    if error.lineno and error.lineno <= len(lines):
        tags = re.findall(r"\{[{%].*?(?:[}%]\}|$)", re.sub(r"<[^>]+>", "", lines[error.lineno - 1]))
        near = tags[-1][:60].strip() if tags else ""
    where = f"「{near}」のあたりで、" if near else ""
    return Fault(
        "syntax", f"{where}タグの書き方が正しくありません。かっこの数と、終わりのタグをたしかめてください。", near
    )


def _writable(value: Any) -> Any:
    """The same values without the few signs that XML cannot hold."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value)
    if isinstance(value, Mapping):
        return {key: _writable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(item) for item in value]
    return value
