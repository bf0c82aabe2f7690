"""Next year's commission with another contractor, set up by clicking alone."""

import copy
import datetime as dt
import json

import pytest
from django.test import Client

from yui.base import clock
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.audit.models import AuditEvent
from yui.base.definitions.domain import digest_of
from yui.base.definitions.models import DefinitionVersion
from yui.base.definitions.queries import loaded_anew
from yui.base.messages.models import Message
from yui.office.commissions.models import Commission, Engagement, Paper
from yui.office.tests.conftest import definition_parts
from yui.office.tests.test_pages import visitor
from yui.people.models import Organization

pytestmark = pytest.mark.django_db
NEW = "desk/commission/start/"


def next_year(town):
    """The definition as it is loaded for the next fiscal year: one more commission."""
    ((_, name), data) = next((key, data) for key, data in definition_parts().items() if key[0] == "commission")
    (stem, content), *_ = copy.deepcopy(data).items()
    content = json.loads(json.dumps(content).replace("2027-03-", "2028-03-").replace("2026-", "2027-"))
    content["key"] = "r9"
    content["fiscal_year"]["value"] = 2027
    weekday = "月火水木金土日"[dt.date.fromisoformat(str(content["term"]["last"]["value"])).weekday()]
    content["term"]["weekday"]["value"] = weekday
    new = {stem.replace(name, "r9"): content}
    DefinitionVersion.objects.create(
        authority=town.authority, kind="commission", key="r9", version=1, loaded_at=clock.now(), data=new,
        digest=digest_of(new), changes=[],
    )  # fmt: skip
    loaded_anew()


def test_next_years_commission_and_contractor_are_set_up_by_clicking(sora, on_day):
    on_day("2027-04-01")
    next_year(sora)
    officer = visitor(sora.officer)
    assert 'href="/sora/desk/commission/start/"' in officer.get("/sora/desk/commission/").content.decode()
    assert "r9" in officer.get(f"/sora/{NEW}").content.decode()
    begun = officer.post(f"/sora/{NEW}", {"key": "r9"})
    assert (begun.status_code, begun["Location"]) == (302, "/sora/desk/commission/engage/r9/")
    commission = Commission.objects.get(key="r9")
    assert Paper.objects.filter(commission=commission).exists()
    assert "始められる業務は、いまありません" in officer.get(f"/sora/{NEW}").content.decode()
    engaged = officer.post(begun["Location"], {"new_name": "試案の会"})
    engagement = Engagement.objects.get(commission=commission)
    assert (engagement.organization.name, engagement.organization.contractor) == ("試案の会", True)
    assert (engagement.starts_on, engagement.ends_on) == (commission.starts_on, commission.ends_on)
    assert engaged["Location"] == f"/sora/desk/commission/staff/{engagement.public_id}/appoint/"
    appointed = officer.post(
        engaged["Location"], {"mail": "New.Lead@example.jp", "name": "試案 みのり", "role": "contractor_lead"}
    )
    assert appointed["Location"] == "/sora/desk/commission/staff/?commission=r9"
    page = officer.get(appointed["Location"]).content.decode()
    assert "試案 みのり" in page
    account = Account.objects.get(email="new.lead@example.jp")
    on_day(commission.starts_on)
    assert visitor(account).get("/sora/desk/commission/").status_code == 200
    assert visitor(sora.lead).get("/sora/desk/commission/").status_code == 404


def appoint(sora, **given):
    path = f"/sora/desk/commission/staff/{sora.engagement.public_id}/appoint/"
    words = {"mail": "kenichi@example.jp", "name": "架空 健一", "role": "coordinator"}
    return visitor(sora.officer).post(path, words | given)


def test_who_is_appointed_gets_a_mail_that_tells_how_to_sign_in_and_nothing_secret(sora):
    assert appoint(sora).status_code == 302
    message = Message.objects.get(kind="staff_invited")
    account = Account.objects.get(email="kenichi@example.jp")
    assert (message.to_kind, message.to_id, message.to_address) == ("account", account.public_id, account.email)
    assert "/account/login/" in message.body
    assert "二つめのかぎ" in message.body
    assert "架空" not in message.subject + message.body
    acts = set(AuditEvent.objects.values_list("act", flat=True))
    assert {"account.created", "staff.appointed", "message.queued"} <= acts


def test_a_role_held_already_is_refused_and_nothing_is_made_or_sent(sora):
    appoint(sora)
    again = appoint(sora)
    assert again.status_code == 422
    assert "もうその役割を持っています" in again.content.decode()
    assert "架空 健一" in again.content.decode()
    assert Message.objects.filter(kind="staff_invited").count() == 1
    wrong = appoint(sora, mail="だれか", role="officer")
    assert wrong.status_code == 422
    assert Grant.objects.filter(engagement_id=sora.engagement.public_id).count() == 2


def test_somebody_is_dismissed_and_is_out_the_next_day(sora, on_day):
    appoint(sora)
    grant = Grant.objects.get(account__email="kenichi@example.jp")
    path = f"/sora/desk/commission/staff/{grant.public_id}/dismiss/"
    officer = visitor(sora.officer)
    assert "架空 健一さんの役割" in officer.get(path).content.decode()
    assert officer.post(path).status_code == 302
    assert officer.post(path).status_code == 422
    assert visitor(grant.account).get("/sora/desk/").status_code == 200
    on_day("2026-11-21")
    assert visitor(grant.account).get("/sora/desk/").status_code == 404


def test_an_organisation_is_chosen_or_named_never_both_and_never_neither(sora):
    path = f"/sora/desk/commission/engage/{sora.commission.key}/"
    officer = visitor(sora.officer)
    other = Organization.objects.create(
        authority=sora.authority, name="下書の会", effective_on=dt.date(2026, 4, 1), recorded_at=clock.now()
    )
    for given in ({"new_name": ""}, {"organization": other.public_id, "new_name": "もうひとつの会"}):
        answer = officer.post(path, given)
        assert answer.status_code == 422
        assert "どちらか一方" in answer.content.decode()
    assert not Organization.objects.filter(name="もうひとつの会").exists()
    late = officer.post(path, {"new_name": "おそい会", "ends_on": "2030-01-01"})
    assert "業務の期間の中で" in late.content.decode()
    assert not Organization.objects.filter(name="おそい会").exists()
    assert officer.post(path, {"organization": other.public_id}).status_code == 302
    assert Engagement.objects.filter(organization=other).exists()


def test_the_contractor_the_auditor_another_town_and_nobody_set_nothing_up(sora, hinata):
    grant = Grant.objects.get(account=sora.lead)
    for rest in (
        NEW,
        "desk/commission/engage/r8/",
        f"desk/commission/staff/{sora.engagement.public_id}/appoint/",
        f"desk/commission/staff/{grant.public_id}/dismiss/",
    ):
        for who in (sora.lead, sora.auditor):
            assert visitor(who).get(f"/sora/{rest}").status_code == 403
            assert visitor(who).post(f"/sora/{rest}").status_code == 403
        assert visitor(hinata.officer).post(f"/sora/{rest}").status_code == 404
        assert Client().post(f"/sora/{rest}").status_code == 302
    assert "受託者を決める" not in visitor(sora.lead).get("/sora/desk/commission/staff/").content.decode()


def test_a_town_without_any_commission_is_led_to_begin_one(hinata):
    from yui.base.tenancy.scope import every_town_on_purpose

    with every_town_on_purpose():
        Grant.objects.exclude(engagement_id="").delete()
        from yui.office.commissions.models import Deliverable
        from yui.office.indicators.models import Indicator

        for model in (Deliverable, Paper, Indicator, Engagement, Commission):
            model.objects.all().delete()
    answer = visitor(hinata.officer).get("/hinata/desk/commission/")
    assert (answer.status_code, answer["Location"]) == (302, f"/hinata/{NEW}")
