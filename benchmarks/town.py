"""The demonstration town, grown to a given number of people."""

import datetime as dt

from yui.base import clock
from yui.base.tenancy.models import Authority, District
from yui.base.tenancy.scope import authority_scope
from yui.people.models import Consent, Person, PersonChoice, Profile, Registration, StageChange
from yui.site.demo.load import build_town


def crowd(people: int) -> None:
    """Build the town and add people until there are so many."""
    build_town(lambda _: None)
    authority = Authority.objects.get(key="konan")
    with authority_scope(authority):
        missing = people - Person.objects.count()
    grow(authority, missing)


def grow(authority: Authority, people: int) -> None:
    """Add so many people, registered over the last year."""
    with authority_scope(authority):
        district, now, today = District.objects.exclude(parent=None).first(), clock.now(), clock.today()
        rows = Person.objects.bulk_create(
            Person(authority=authority, display_name=f"見本 {n}", kana=f"ミホン {n:06d}", birth_year=1940 + n % 70,
                   district=district, created_at=now)
            for n in range(max(0, people))
        )  # fmt: skip
        own = [{"authority": authority, "person": row} for row in rows]
        Profile.objects.bulk_create(Profile(**o, contact_way="phone") for o in own)
        days = [today - dt.timedelta(days=n % 365) for n in range(len(own))]
        Registration.objects.bulk_create(
            Registration(**o, scheme_key=authority.key, effective_on=day, recorded_at=now)
            for o, day in zip(own, days, strict=True)
        )
        StageChange.objects.bulk_create(
            StageChange(
                **o, scheme_key=authority.key, stage="interest", effective_on=day, recorded_at=now, agreed_on=day
            )
            for o, day in zip(own, days, strict=True)
        )
        Consent.objects.bulk_create(
            Consent(**o, purpose=purpose, wording_version=1, effective_on=today, recorded_at=now)
            for o in own
            for purpose in ("register", "introduce")
        )
        PersonChoice.objects.bulk_create(
            PersonChoice(**o, kind=kind, key=key)
            for n, o in enumerate(own)
            for kind, key in (("skill", "reading"), ("slot", "saturday_morning" if n % 2 else "sunday_morning"))
        )
