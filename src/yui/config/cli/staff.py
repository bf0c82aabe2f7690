"""``yui user add``: an account with a role in a town, which ends with the fiscal year."""

import argparse
import datetime as dt
from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who, where, as what."""
    parser.add_argument("act", choices=["add"])
    parser.add_argument("email", help="メールアドレス")
    parser.add_argument("--town", required=True, help="まちのキー（例: konan）")
    parser.add_argument("--role", required=True, help="役割（例: officer, coordinator, administrator）")
    parser.add_argument("--name", default="", help="画面に出る名前")
    parser.add_argument("--until", type=dt.date.fromisoformat, help="最後の日（なければ年度の終わり）")
    parser.add_argument("--engagement", default="", help="受託のID（受託者の役割のとき）")


def run(given: argparse.Namespace) -> int:
    """Make the account and say how it is enrolled. No password is made, shown or kept."""
    from yui.config.cli import set_up

    set_up()
    from yui.base import clock
    from yui.base.access.actor import system_actor
    from yui.base.access.roles import ROLES
    from yui.base.staff.domain import add_staff, end_of_fiscal_year
    from yui.base.tenancy.models import Authority
    from yui.base.tenancy.scope import authority_scope

    authority = Authority.objects.filter(key=given.town).first()
    role = ROLES.get(given.role)
    if authority is None:
        print(f"「{given.town}」というまちはありません。")
        return 1
    if role is None or not role.staff:
        print(
            f"「{given.role}」という役割はありません。{', '.join(key for key, one in ROLES.items() if one.staff)}から選んでください。"
        )
        return 1
    until = given.until or end_of_fiscal_year(clock.today())
    if until < clock.today():
        print("最後の日が、もうすぎています。")
        return 1
    with authority_scope(authority):
        account = add_staff(
            actor=system_actor(authority, "user.add"), mail=given.email, name=given.name, role=role.key,
            ends_on=until, engagement_id=given.engagement,
        )  # fmt: skip
    print(f"{authority.name} {role.label}（{until.year}年{until.month}月{until.day}日まで）のアカウントを作りました。")
    print(
        "次のページを、3日以内に本人だけに渡してください。一度だけ使えます。パスワードを決め、認証アプリかパスキーを登録します。"
    )
    print(enrolment_url(account))
    return 0


def enrolment_url(account: Any) -> str:
    """A page where the person chooses a password; signed, short-lived and void as soon as it was used."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.conf import settings
    from django.urls import reverse

    words = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return settings.YUI_PUBLIC_URL + reverse("account_reset_password_from_key", kwargs=words)
