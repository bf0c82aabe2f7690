"""Reading one row of a list into what the wing knows: cell by cell, each fault at its cell. Nothing is written."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from yui.base import clock
from yui.base.definitions import active, current
from yui.base.exchange.faults import Fault
from yui.base.exchange.queries import fault_at
from yui.base.exchange.registry import Line, Policy, Value
from yui.base.exchange.values import (
    CellFault,
    Words,
    is_empty,
    read_birth_year,
    read_choice,
    read_day,
    read_mail,
    read_phones,
    read_postal,
    read_text,
)
from yui.base.tenancy.models import Authority, District
from yui.engine.text import fold
from yui.people.answers import CHOICE_LISTS, is_minor
from yui.people.definition import People
from yui.people.imports.cells import read_chips, read_consent, read_kana, read_name
from yui.people.imports.columns import CONSENT_PREFIX
from yui.people.models import Contact

T = TypeVar("T")
REACHES = {"phone": "電話番号", "email": "メールアドレス", "address": "住所"}


@dataclass(slots=True)
class Entry:
    """What a row tells of a person. ``given``: the parts that the row tells at all; an empty cell tells nothing."""

    number: str = ""
    display_name: str = ""
    kana: str = ""
    birth_year: int | None = None
    district: int | None = None
    phones: tuple[str, ...] = ()
    mail: str = ""
    postal_code: str = ""
    address: str = ""
    contact_way: str = ""
    contact_when: str = ""
    about: str = ""
    registered_on: dt.date | None = None
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    consents: dict[str, dt.date] = field(default_factory=dict)
    guardian: bool = False
    name_key: str = ""
    kana_key: str = ""
    """Folded once, for finding doubles."""

    @property
    def contacts(self) -> tuple[tuple[str, str], ...]:
        """Pairs of kind and value."""
        found = [(str(Contact.Kind.PHONE), number) for number in self.phones]
        return (*found, (str(Contact.Kind.MAIL), self.mail)) if self.mail else tuple(found)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a town, folded once for the whole file."""

    people: People
    today: dt.date
    districts: Words
    district_pks: Mapping[str, int]
    ways: Words
    chips: Mapping[str, Words]

    @classmethod
    def of(cls, authority: Authority) -> "Vocabulary":
        """Read the definition and the districts."""
        people, today = current(authority).people, clock.today()
        rows = list(District.objects.exclude(retired_on__lte=today))
        chips = {
            str(kind): Words.of((item.key, item.label.ja, item.label.root.values()) for item in active(getattr(people, name), today))
            for kind, name in CHOICE_LISTS.items()
        }  # fmt: skip
        return cls(
            people, today, Words.of((row.key, row.name, ()) for row in rows), {row.key: row.pk for row in rows},
            Words.of((way.key, way.label.ja, ()) for way in active(people.contact_ways, today)), chips,
        )  # fmt: skip


class RowReader:
    """Reads the cells of one line and gathers the faults."""

    def __init__(self, line: Line, policy: Policy, words: Vocabulary) -> None:
        self.line, self.policy, self.words = line, policy, words
        self.faults: list[Fault] = []

    def take(self, key: str, read: Callable[[str], T], empty: T) -> T:
        """The value of a cell, or ``empty``. A fault whose suggestion is taken is mended and told."""
        value: Value | None = self.line.values.get(key)
        if value is None or is_empty(value.text):
            return empty
        try:
            return read(value.text)
        except CellFault as fault:
            return self._mend(key, fault, read, empty)

    def _mend(self, key: str, fault: CellFault, read: Callable[[str], T], empty: T) -> T:
        if fault.suggestion is None or fault.code not in self.policy.mend:
            self.faults.append(fault_at(self.line, key, fault))
            return empty
        try:
            value = read(fault.suggestion)
        except CellFault as second:
            self.faults.append(fault_at(self.line, key, second))
            return empty
        self.faults.append(fault_at(self.line, key, fault, mended=True))
        return value

    def wrong(self, key: str, code: str, sentence: str, *, column: str = "", stops: bool = True) -> None:
        """A fault of the row that no single cell shows."""
        self.faults.append(fault_at(self.line, key, CellFault(code, sentence, stops=stops), column=column))


def read_row(line: Line, policy: Policy, words: Vocabulary) -> tuple[Entry, list[Fault]]:
    """The row and its faults."""
    row = RowReader(line, policy, words)
    entry = Entry(number=row.take("number", lambda text: read_text(text, 64), ""))
    _read_names(row, entry)
    entry.birth_year = row.take("birth", lambda text: read_birth_year(text, words.today), None)
    _read_reach(row, entry)
    district = row.take("district", lambda text: read_choice(text, words.districts), "")
    entry.district = words.district_pks.get(district)
    for kind, known in words.chips.items():
        chosen = row.take(kind, lambda text, known=known: read_chips(text, known), ())
        if chosen:
            entry.choices[kind] = chosen
    entry.about = row.take("about", lambda text: read_text(text, 1000), "")
    entry.registered_on = row.take("registered_on", lambda text: read_day(text, words.today), None)
    _read_consents(row, entry)
    return entry, row.faults


def _read_names(row: RowReader, entry: Entry) -> None:
    whole = row.take("display_name", read_name, "")
    parts = [row.take(key, read_name, "") for key in ("family_name", "given_name")]
    entry.display_name = whole or " ".join(part for part in parts if part)
    if len(entry.display_name) > 100:
        row.wrong("family_name", "too_long", "お名前は100文字までです。")
    named = any(key in row.line.values for key in ("display_name", "family_name"))
    if not entry.display_name and not any(fault.stops for fault in row.faults):
        row.wrong(
            "display_name",
            "required",
            "お名前が書かれていません。" if not named else "お名前が読めません。",
            column="氏名",
        )
    whole = row.take("kana", read_kana, "")
    parts = [row.take(key, read_kana, "") for key in ("family_kana", "given_kana")]
    entry.kana = whole or " ".join(part for part in parts if part)
    entry.name_key, entry.kana_key = fold(entry.display_name), fold(entry.kana)


def _read_reach(row: RowReader, entry: Entry) -> None:
    numbers = (*row.take("phone", read_phones, ()), *row.take("mobile", read_phones, ()))
    entry.phones = tuple(dict.fromkeys(numbers))
    entry.mail = row.take("mail", read_mail, "")
    entry.postal_code = row.take("postal_code", read_postal, "")
    parts = [
        row.take(key, lambda text: read_text(text, 300), "") for key in ("prefecture", "city", "address", "building")
    ]
    entry.address = _joined(parts)
    if len(entry.address) > 300:
        row.wrong("address", "too_long", "住所は300文字までです。")
    entry.contact_when = row.take("contact_when", lambda text: read_text(text, 60), "")
    entry.contact_way = row.take("contact_way", lambda text: read_choice(text, row.words.ways), "")
    needs = {way.key: way.needs for way in row.words.people.contact_ways}
    there = {
        "phone": bool(entry.phones), "email": bool(entry.mail), "address": bool(entry.address), "nothing": True,
    }  # fmt: skip
    missing = needs.get(entry.contact_way, "nothing")
    if not there[missing] and not any(fault.stops for fault in row.faults):
        row.wrong("contact_way", "way_unreachable", f"選んだ方法で連絡するための{REACHES[missing]}がありません。")


def _joined(parts: list[str]) -> str:
    """都道府県 and 市区町村 before the street, unless the street begins with them already."""
    prefecture, city, address, building = parts
    head = "" if address.startswith(prefecture + city) else prefecture + ("" if address.startswith(city) else city)
    return " ".join(part for part in (head + address, building) if part)


def _read_consents(row: RowReader, entry: Entry) -> None:
    entry.guardian = row.take("guardian", lambda text: fold(text) not in ("いいえ", "不同意", "同意しない"), False)
    for key in row.line.values:
        if key.startswith(CONSENT_PREFIX):
            day = row.take(key, lambda text: read_consent(text, row.words.today, entry.registered_on), None)
            if day is not None:
                entry.consents[key.removeprefix(CONSENT_PREFIX)] = day
    age = row.words.people.guardian_age.value
    if entry.consents and not entry.guardian and is_minor(entry.birth_year, age, row.words.today):
        first = next(iter(entry.consents))
        sentence = f"{age}歳未満かもしれない方です。保護者の同意の列を選ぶか、同意の日を空けて取り込んでください。"
        row.wrong(f"{CONSENT_PREFIX}{first}", "minor", sentence)
