"""What would be done with each row: add, update or skip by the external number; likely doubles are told, not guessed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from yui.base.exchange.queries import fault_at
from yui.base.exchange.registry import Line, Planned, Policy
from yui.base.exchange.values import CellFault
from yui.base.tenancy.models import Authority
from yui.engine.text import digits
from yui.people.imports.consents import lacking
from yui.people.imports.forgetting import number_after_erasure
from yui.people.imports.rows import Entry, Vocabulary, read_row
from yui.people.imports.standing import LABELS, VALUES, Standing, standing_of
from yui.people.keys import NAME, NUMBER, READING
from yui.people.models import Contact, ExternalNumber, Person, PersonKey, Registration


def plan(authority: Authority, lines: Sequence[Line], policy: Policy) -> list[Planned]:
    """The rows in their order with what is to be done. Reads the database in a handful of queries."""
    words = Vocabulary.of(authority)
    planned = []
    for line in lines:
        entry, faults = read_row(line, policy, words)
        planned.append(Planned(line, "add", entry.display_name, content=entry, faults=faults))
    _by_number(planned, policy)
    _doubles(planned, policy)
    return planned


def _by_number(planned: list[Planned], policy: Policy) -> None:
    """Find the rows that are known by their number; tell the numbers that stand twice and those that were erased."""
    numbers = {row.content.number for row in planned if row.content.number}
    known = ExternalNumber.objects.filter(number__in=numbers).select_related("person")
    persons = {row.number: row.person for row in known}
    hashes = {number_after_erasure(number): number for number in numbers}
    erased = {
        hashes[gone] for gone in ExternalNumber.objects.filter(number__in=hashes).values_list("number", flat=True)
    }
    running = set(
        Registration.objects.filter(person__in=[p.pk for p in persons.values()], ended_on=None).values_list(
            "person_id", flat=True
        )
    )
    standing = standing_of(persons.values())
    seen: dict[str, int] = {}
    for row in planned:
        number = row.content.number
        if not number:
            continue
        if number in erased:
            _tell(row, "number", "erased", "消去の申し出があった方の番号です。取り込みません。")
        elif number in seen:
            sentence = f"同じ番号が{seen[number]}行目にもあります。どちらかを消すか、番号を直してください。"
            _tell(row, "number", "number_twice", sentence)
        seen.setdefault(number, row.line.number)
        if number in persons:
            _known(row, standing[persons[number].pk], policy, registered=persons[number].pk in running)


def _known(row: Planned, there: Standing, policy: Policy, *, registered: bool) -> None:
    row.subject = there.person
    if there.person.hidden:  # a list that somebody brings tells and changes nothing of a person under the safety flag
        row.action = "skip"
        _tell(row, "number", "kept_apart", "この番号の方は、名簿からは変えません。", stops=False)
        return
    row.changes = tuple(LABELS[name] for name in changes_of(row.content, there))
    row.action = "update" if policy.existing == "update" and row.changes else "skip"
    if not registered:
        row.action = "skip"
        _tell(row, "number", "ended", "登録を終えた方です。この行は取り込みません。", stops=False)


def changes_of(entry: Entry, there: Standing) -> list[str]:
    """The names of what the row would change. An empty cell changes nothing."""
    given = {
        "display_name": entry.display_name, "kana": entry.kana, "birth_year": entry.birth_year,
        "district_id": entry.district, "about": entry.about, "contact_way": entry.contact_way,
        "contact_when": entry.contact_when,
    }  # fmt: skip
    found = [name for name in VALUES if given[name] and given[name] != there.value(name)]
    if entry.phones and set(entry.phones) != {row.value for row in there.open_contacts(Contact.Kind.PHONE)}:
        found.append("phone")
    if entry.mail and {entry.mail} != {row.value for row in there.open_contacts(Contact.Kind.MAIL)}:
        found.append("mail")
    homes = [(row.postal_code, row.address) for row in there.homes]
    if (entry.address or entry.postal_code) and homes != [home_of(entry, there)]:
        found.append("home")
    found += [kind for kind, keys in entry.choices.items() if sorted(keys) != there.chosen(kind)]
    if lacking(entry, there):
        found.append("consents")
    return found


def home_of(entry: Entry, there: Standing) -> tuple[str, str]:
    """Postal code and address after the row; the part that the row does not tell stays."""
    present = there.homes[-1] if there.homes else None
    code = entry.postal_code or (present.postal_code if present and not entry.address else "")
    return code, entry.address or (present.address if present else "")


@dataclass(frozen=True, slots=True)
class _Known:
    """Keys of the persons that are there: who has a name or reading, who has a number, who is born when."""

    names: Mapping[str, set[int]]
    numbers: Mapping[str, set[int]]
    years: Mapping[int, int | None]


def _doubles(planned: list[Planned], policy: Policy) -> None:
    """Rows without a known number that look like somebody else: in the file, or registered already."""
    new = [row for row in planned if row.action == "add"]
    known = _known_keys(new)
    first: dict[tuple[str, str], int] = {}
    for row in new:
        entry: Entry = row.content
        born = "" if entry.number else str(entry.birth_year or "")  # numbers tell people of one name and year apart
        marks = [(entry.name_key, mark) for mark in (*entry.phones, born) if mark]
        twice = next((first[mark] for mark in marks if mark in first), None)
        for mark in marks:
            first.setdefault(mark, row.line.number)
        if twice is not None:
            _tell(
                row, "display_name", "double_in_file", f"{twice}行目と同じ方かもしれません。", stops=not policy.doubles
            )
        elif _is_there(entry, known):
            sentence = "もう登録されている方かもしれません（名前と、電話か生まれた年が同じです）。"
            _tell(row, "display_name", "double_here", sentence, stops=not policy.doubles)


def _known_keys(rows: Collection[Planned]) -> _Known:
    entries: list[Entry] = [row.content for row in rows]
    names = {key for entry in entries for key in (entry.name_key, entry.kana_key) if key}
    numbers = {digits(number) for entry in entries for number in entry.phones}
    visible = PersonKey.objects.filter(person__erased_at=None, person__hidden=False)
    by_name = _grouped(visible.filter(kind__in=(NAME, READING), key__in=names).values_list("key", "person_id"))
    by_number = _grouped(visible.filter(kind=NUMBER, key__in=numbers).values_list("key", "person_id"))
    ids = {pk for group in by_name.values() for pk in group}
    years = dict(Person.objects.filter(pk__in=ids).values_list("pk", "birth_year"))
    return _Known(by_name, by_number, years)


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for key, pk in pairs:
        found.setdefault(key, set()).add(pk)
    return found


def _is_there(entry: Entry, known: _Known) -> bool:
    alike: set[int] = set()
    for key in (entry.name_key, entry.kana_key):
        alike |= known.names.get(key, set()) if key else set()
    same_number = {pk for number in entry.phones for pk in known.numbers.get(digits(number), set())}
    born = entry.birth_year
    return any(pk in same_number or (born is not None and known.years.get(pk) == born) for pk in alike)


def _tell(row: Planned, key: str, code: str, sentence: str, *, stops: bool = True) -> None:
    key = key if key in row.line.places else next(iter(row.line.values), key)
    row.faults.append(fault_at(row.line, key, CellFault(code, sentence, stops=stops)))
