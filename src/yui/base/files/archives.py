"""Guard of .docx and .xlsx: an archive that unpacks to too much, hides another, calls outside or brings macros."""

import io
import re
import zipfile

MOST_UNPACKED = 100 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_RATIO = 200
CHUNK = 256 * 1024
MOST_RELATIONS = 4 * 1024 * 1024
RATIO_FROM = 1024 * 1024
"""Entries smaller than this when unpacked may be packed as tightly as they like."""
NESTED = (".zip", ".docx", ".xlsx", ".docm", ".xlsm", ".pptx", ".jar", ".7z", ".gz")
_EXTERNAL = re.compile(rb"<[^>]*Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/relationships/hyperlink[\"']", re.IGNORECASE)
_LINK_TARGET = re.compile(rb"Target\s*=\s*[\"'](?:https?:|mailto:|tel:)", re.IGNORECASE)

TOO_BIG = "too_big"
NESTED_ARCHIVE = "nested_archive"
MACRO = "macro"
EXTERNAL = "external"
BROKEN = "broken"

SENTENCES: dict[str, str] = {
    TOO_BIG: "このファイルは、開くと大きくなりすぎます。中の画像を小さくして、保存しなおしてください。",
    NESTED_ARCHIVE: "このファイルの中に、別のファイルが埋めこまれています。取りのぞいて、保存しなおしてください。",
    MACRO: "このファイルにはマクロが入っています。マクロのない形式（.docx・.xlsx）で保存しなおしてください。",
    EXTERNAL: "このファイルは外のファイルを読みこみます。参照を取りのぞいて、保存しなおしてください。",
    BROKEN: "このファイルは壊れているか、パスワードがかかっていて、開けません。",
}


def fault_of(data: bytes) -> str | None:
    """The code of the first fault, or ``None``. Reads entry by entry and stops at the limits; unpacks nothing to disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            return _fault_of_table(entries, len(data)) or _fault_of_entries(archive, entries)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return BROKEN
    except Exception as error:  # zlib and lzma have error classes of their own
        if type(error).__module__ in ("zlib", "lzma", "_lzma"):
            return BROKEN
        raise


def _fault_of_table(entries: list[zipfile.ZipInfo], size: int) -> str | None:
    """What the table of contents alone already tells. Entries that overlap pack more than the file is long."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return TOO_BIG
    if sum(entry.compress_size for entry in entries) > size:
        return TOO_BIG
    for entry in entries:
        if entry.flag_bits & 1:
            return BROKEN
        if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            return TOO_BIG
        name = entry.filename.lower()
        if name.endswith(NESTED):
            return NESTED_ARCHIVE
        if "vbaproject" in name or name.endswith("vbadata.xml"):
            return MACRO
    return None


def _fault_of_entries(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str | None:
    """What only the content tells; counted as it is really unpacked, whatever the table claims."""
    total = 0
    for entry in entries:
        name = entry.filename.lower()
        told = name.endswith(".rels") or name == "[content_types].xml"
        kept = b""
        with archive.open(entry) as handle:
            while chunk := handle.read(CHUNK):
                if not kept and chunk.startswith(b"PK\x03\x04"):
                    return NESTED_ARCHIVE
                total += len(chunk)
                if total > MOST_UNPACKED:
                    return TOO_BIG
                if told or not kept:  # a DOCTYPE stands before the root, so the first chunk tells of it
                    kept += chunk
                if len(kept) > MOST_RELATIONS and told:
                    return TOO_BIG
        fault = _fault_of_text(name, kept)
        if fault:
            return fault
    return None


def _fault_of_text(name: str, text: bytes) -> str | None:
    if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in text.replace(b"\x00", b"").upper():  # UTF-16 too
        return BROKEN
    if name == "[content_types].xml" and b"macroenabled" in text.lower():
        return MACRO
    if name.endswith(".rels") and any(not _harmless(found) for found in _EXTERNAL.findall(text)):
        return EXTERNAL
    return None


def _harmless(relationship: bytes) -> bool:
    """A link that a reader clicks on is allowed; what Word loads by itself is not."""
    return bool(_LINK.search(relationship) and _LINK_TARGET.search(relationship))
