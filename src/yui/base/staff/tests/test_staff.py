"""Roles of the town's own staff: given with a mail and an audit row, ended with one."""

import datetime as dt

import pytest

from yui.base.access.errors import NotPossible, Refused
from yui.base.access.models import Grant
from yui.base.accounts.models import Account
from yui.base.audit.models import AuditEvent
from yui.base.messages.models import Message
from yui.base.staff.domain import add_staff, end_of_fiscal_year, end_role, grant_role


@pytest.fixture
def administrator(sora, somebody, settings):
    settings.YUI_TODAY = "2026-11-20"
    return somebody(sora, "administrator")


def given(administrator, **other):
    words = {"mail": "Hanako@example.jp", "name": "例示 花子", "role": "auditor"}
    return grant_role(actor=administrator, **(words | other))


def test_a_role_is_given_until_the_fiscal_year_ends_with_a_mail_and_an_audit_row(administrator):
    grant = given(administrator)
    assert grant.ends_on == dt.date(2027, 3, 31) == end_of_fiscal_year(dt.date(2026, 11, 20))
    account = Account.objects.get(email="hanako@example.jp")
    message = Message.objects.get(kind="staff_invited")
    assert (message.to_id, message.subject) == (account.public_id, "ゆいからのお知らせ")
    assert not account.has_usable_password()
    event = AuditEvent.objects.get(act="role.granted")
    assert (event.actor, event.object_id) == (administrator.account.public_id, grant.public_id)
    assert event.details == {"role": "auditor", "to": account.public_id, "until": "2027-03-31"}
    assert AuditEvent.objects.filter(act="account.created", object_id=account.public_id).exists()


def test_what_is_refused_makes_no_account_no_mail_and_no_audit_row(administrator, coordinator):
    with pytest.raises(NotPossible):
        given(administrator, role="coordinator")
    with pytest.raises(NotPossible):
        given(administrator, ends_on=dt.date(2028, 1, 1))
    with pytest.raises(Refused):
        given(coordinator)
    given(administrator)
    with pytest.raises(NotPossible):
        given(administrator)
    assert Account.objects.filter(email="hanako@example.jp").count() == 1
    assert Message.objects.filter(kind="staff_invited").count() == 1
    assert AuditEvent.objects.filter(act="role.granted").count() == 1


def test_ending_a_role_is_recorded_and_nobody_ends_their_own(administrator):
    grant = end_role(actor=administrator, grant=given(administrator))
    assert grant.ends_on == dt.date(2026, 11, 20)
    event = AuditEvent.objects.get(act="role.ended")
    assert (event.object_id, event.details) == (grant.public_id, {"role": "auditor", "on": "2026-11-20"})
    with pytest.raises(NotPossible):
        end_role(actor=administrator, grant=Grant.objects.get(role="administrator"))


def test_the_command_line_prolongs_an_equal_role_and_sends_nothing(administrator):
    words = {"actor": administrator, "mail": "hanako@example.jp", "name": "例示 花子", "role": "officer"}
    add_staff(**words, ends_on=dt.date(2026, 12, 31))
    add_staff(**words, ends_on=dt.date(2027, 3, 31))
    assert [grant.ends_on for grant in Grant.objects.filter(role="officer")] == [dt.date(2027, 3, 31)]
    acts = AuditEvent.objects.filter(act__startswith="role.").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["role.granted", "role.prolonged"]
    assert not Message.objects.exists()
