"""What holds of every import and its undo, from seeds: all that nobody touched is row for row as it was before."""

import datetime as dt
import random

import pytest

from yui.base import clock
from yui.base.audit.chain import seal, verify
from yui.base.exchange.domain import choose_columns, look_through, run_import, start_import, undo_import
from yui.base.exchange.models import Import, ImportRow
from yui.base.search.models import SearchEntry
from yui.people.domain import log_contact, set_contacts, update_profile
from yui.people.models import (
    Consent,
    Contact,
    ExternalNumber,
    Person,
    PersonChoice,
    PersonKey,
    Profile,
    Registration,
    Residence,
    StageChange,
)

HEADER = (
    "会員番号",
    "氏名",
    "ふりがな",
    "生年月日",
    "電話番号",
    "メールアドレス",
    "住所",
    "分野",
    "やりたいこと",
    "同意日",
)
TABLES = (Contact, Residence, PersonChoice, Consent, Registration, StageChange, ExternalNumber)
HUMAN = ("kana", "display_name", "phone", "theme")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def row(chance, number):
    """A row without a fault; each cell may be empty."""

    def maybe(text):
        return text if chance.random() < 0.7 else ""

    return (
        number, f"見本 {chance.choice('一二三四五')}", maybe(chance.choice(("ミホン イチ", "ミホン ニ"))),
        maybe(f"S{chance.randint(20, 60)}.1.1"), maybe(f"07480{chance.randint(0, 99999):05d}"),
        maybe(f"mihon{chance.randint(0, 99)}@example.jp"), maybe(f"見本町{chance.randint(1, 9)}"),
        maybe(chance.choice(("福祉", "防災、農", "産業"))), maybe(chance.choice(("送迎", "畑", "本"))),
        maybe(f"R8.{chance.randint(1, 9)}.1"),
    )  # fmt: skip


def imported(actor, rows):
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in (HEADER, *rows))
    batch = start_import(actor=actor, kind="people", upload=text.encode(), name="list.csv")
    batch = choose_columns(actor=actor, batch=batch, columns={int(n): key for n, key in batch.columns.items()})
    look_through(actor=actor, batch=batch)
    Import.objects.filter(pk=batch.pk).update(state="running")
    return run_import(actor=actor, batch=batch)


def picture(person):
    """Everything about a person but the version and what only tells when; keyed so that parts can be compared."""
    found = {name: getattr(person, name) for name in ("display_name", "kana", "birth_year", "district_id")}
    profile = Profile.objects.filter(person=person).values("about", "contact_way", "contact_when").first() or {}
    found |= profile
    for model in TABLES:
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", "public_id")]
        if model is not PersonChoice:
            names.append("id")
        found[model.__name__] = sorted(map(repr, model.objects.filter(person=person).values_list(*names)))
    found["keys"] = sorted(PersonKey.objects.filter(person=person).values_list("kind", "key"))
    return found


def touch(chance, actor, person, part):
    """Somebody changes one thing by the desk's own verbs."""
    person.refresh_from_db()
    if part in ("kana", "display_name"):
        value = f"{'シアン' if part == 'kana' else '試案'}{'アイウエオ'[chance.randrange(5)]}"
        update_profile(actor=actor, person=person, version=person.version, values={part: value})
    elif part == "theme":
        update_profile(actor=actor, person=person, version=person.version, values={"choices": {"theme": ("kokusai",)}})
    else:
        home = Residence.objects.filter(person=person, ended_on=None).first()
        mails = Contact.objects.filter(person=person, kind="mail", ended_on=None).values_list("value", flat=True)
        contacts = (("phone", f"090{chance.randint(0, 99999999):08d}"), *(("mail", mail) for mail in mails))
        set_contacts(
            actor=actor, person=person, contacts=contacts, postal_code=home.postal_code if home else "",
            address=home.address if home else "",
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_undo_brings_back_all_that_nobody_touched(sora, seed):
    chance, lead = random.Random(seed), sora.staff("coordinator")
    numbers = [f"N{n}" for n in range(8)]
    imported(lead, [row(chance, number) for number in numbers[:5]])
    persons = {one.number: one.person for one in ExternalNumber.objects.select_related("person")}
    before = {number: picture(person) for number, person in persons.items()}
    batch = imported(lead, [row(chance, number) for number in chance.sample(numbers, 6)])
    after = {number: picture(Person.objects.get(pk=person.pk)) for number, person in persons.items()}
    touched = {number: chance.choice(HUMAN) for number in persons if chance.random() < 0.4}
    for number, part in touched.items():
        touch(chance, lead, persons[number], part)
    new = {one.number: one.person for one in ExternalNumber.objects.exclude(person__in=persons.values())}
    called = {number for number in new if chance.random() < 0.3}
    for number in called:
        log_contact(actor=lead, about=new[number], content="電話した")
    human = {number: picture(Person.objects.get(pk=person.pk)) for number, person in persons.items()}
    undo_import(actor=lead, batch=batch)

    for number, person in persons.items():
        now = picture(Person.objects.get(pk=person.pk))
        if number not in touched:
            assert now == before[number], (seed, number)
            continue
        for part, value in now.items():
            if part == "keys":
                continue
            wrote, changed = after[number][part] != before[number][part], human[number][part] != after[number][part]
            if changed and part != "Contact":
                assert value == human[number][part], (seed, number, part)
            elif not changed:
                assert value == before[number][part] or not wrote, (seed, number, part)
    assert {one.number for one in ExternalNumber.objects.exclude(person__in=persons.values())} == called
    left = ImportRow.objects.filter(batch=batch, action="add", outcome="left")
    assert {one.subject_id for one in left} == {new[number].public_id for number in called}
    assert not ImportRow.objects.filter(batch=batch).exclude(earlier={}).exists()
    entries = SearchEntry.objects.filter(kind="person").values_list("thing_id", flat=True)
    assert set(entries) <= set(Person.objects.values_list("pk", flat=True))
    seal()
    assert verify().holds


def test_a_month_that_was_locked_with_them_keeps_its_people(sora):
    from yui.base.measures.models import LockedFigure, MonthLock

    lead = sora.staff("coordinator")
    batch = imported(lead, [row(random.Random(1), "N1")])
    now = clock.now() + dt.timedelta(seconds=1)
    lock = MonthLock.objects.create(
        authority=sora.authority, commission_key="r8", month=clock.today().replace(day=1), as_of=now, locked_at=now
    )
    key = Registration.objects.get().public_id
    LockedFigure.objects.create(
        authority=sora.authority, lock=lock, measure="people.registered", value=1, rows=[{"key": key}]
    )
    batch = undo_import(actor=lead, batch=batch)
    assert (batch.counts["left"], ImportRow.objects.get().left) == (1, ["locked"])
    assert Person.objects.count() == 1
