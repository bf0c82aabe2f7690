"""What a list of people may tell, under the headings that offices use; and the ready mappings of other products."""

from functools import cache
from pathlib import Path
from typing import Any

from yui.base import clock
from yui.base.definitions import active, current
from yui.base.exchange.registry import Column, Preset
from yui.base.tenancy.models import Authority
from yui.people.definition import People

NAME, CONTACT, WISHES, RECORD, CONSENT = "お名前", "連絡先", "できること・やりたいこと", "登録", "同意"
CONSENT_PREFIX = "consent:"
PRESETS = Path(__file__).parent / "presets"
FIXED = (
    Column("display_name", "氏名", ("お名前", "名前", "なまえ", "氏名（漢字）", "参加者名", "申込者氏名", "Name"), True, NAME),
    Column("family_name", "姓", ("氏", "苗字", "名字", "LastName", "Last Name"), True, NAME),
    Column("given_name", "名", ("下の名前", "FirstName", "First Name"), False, NAME),
    Column("kana", "よみ", ("ふりがな", "フリガナ", "よみがな", "カナ", "氏名カナ", "氏名（カナ）", "かな", "読み"), False, NAME),
    Column("family_kana", "姓のよみ", ("セイ", "せい", "姓カナ", "姓（カナ）"), False, NAME),
    Column("given_kana", "名のよみ", ("メイ", "めい", "名カナ", "名（カナ）"), False, NAME),
    Column("birth", "生年月日・生まれた年", ("生年月日", "誕生日", "生年", "生まれた年", "Birthdate"), False, NAME),
    Column("phone", "電話番号", ("電話", "でんわ", "TEL", "自宅電話", "固定電話", "連絡先", "連絡先電話番号", "Phone"), False, CONTACT),
    Column("mobile", "携帯電話", ("携帯", "けいたい", "携帯番号", "携帯電話番号", "MobilePhone", "Mobile"), False, CONTACT),
    Column("mail", "メールアドレス", ("メール", "Eメール", "E-mail", "Email", "mail"), False, CONTACT),
    Column("postal_code", "郵便番号", ("〒", "郵便", "郵送先郵便番号"), False, CONTACT),
    Column("prefecture", "都道府県", ("県",), False, CONTACT),
    Column("city", "市区町村", ("市町村", "市区郡"), False, CONTACT),
    Column("address", "住所", ("住所1", "現住所", "所在地", "番地", "町名・番地"), False, CONTACT),
    Column("building", "建物名・方書", ("建物名", "方書", "住所2", "マンション名", "建物"), False, CONTACT),
    Column("contact_way", "連絡してほしい方法", ("連絡方法", "希望連絡方法"), False, CONTACT),
    Column("contact_when", "連絡しやすいとき", ("連絡時間", "連絡希望時間", "都合のよい時間"), False, CONTACT),
    Column("district", "活動したい地区", ("地区", "学区", "地域", "活動地区", "まちづくり協議会"), False, WISHES),
    Column("theme", "分野", ("活動分野", "テーマ", "関心のある分野"), False, WISHES),
    Column("skill", "手を貸せること", ("特技", "スキル", "できること", "資格"), False, WISHES),
    Column("interest", "やってみたいこと（えらぶ言葉）", ("関心", "興味"), False, WISHES),
    Column("slot", "動ける時間", ("時間帯", "活動できる時間", "曜日・時間"), False, WISHES),
    Column("language", "話せる言葉", ("言語", "使える言葉"), False, WISHES),
    Column(
        "about", "手を挙げた内容・やりたいこと（文）",
        ("手を挙げた内容", "やりたいこと", "やってみたいこと", "希望", "希望内容", "自由記述", "メッセージ"), False, WISHES,
    ),
    Column(
        "number", "外部番号（変わらない番号）",
        ("外部番号", "会員番号", "登録番号", "管理番号", "受付番号", "名簿番号", "個人番号（名簿）"), False, RECORD,
    ),
    Column(
        "registered_on", "登録した日・手を挙げた日",
        ("登録日", "申込日", "受付日", "手を挙げた日", "登録年月日", "受付日時", "申込日時"), False, RECORD,
    ),
    Column("guardian", "保護者の同意", ("保護者同意", "保護者氏名", "保護者の氏名"), False, CONSENT),
)  # fmt: skip
REQUIRED_NAMES = ("同意", "同意日", "同意年月日", "同意した日", "個人情報の同意", "個人情報取扱い同意", "同意書受領日")


def columns(authority: Authority) -> tuple[Column, ...]:
    """Everything a list may tell in this town: the fixed columns and one for each purpose of consent."""
    people: People = current(authority).people
    today = clock.today()
    consents = [
        Column(
            f"{CONSENT_PREFIX}{purpose.key}", f"同意した日：{purpose.label}",
            REQUIRED_NAMES if purpose.required else (f"同意：{purpose.label}", f"{purpose.label}の同意日"), False, CONSENT,
        )
        for purpose in active(people.purposes, today)
    ]  # fmt: skip
    return (*FIXED, *consents)


@cache
def presets() -> tuple[Preset, ...]:
    """The ready mappings, from the files beside this one."""
    from ruamel.yaml import YAML

    reader = YAML(typ="safe")
    found: list[dict[str, Any]] = [reader.load(path) for path in sorted(PRESETS.glob("*.yaml"))]
    return tuple(Preset(row["key"], row["label"], tuple(row["signs"]), row["columns"]) for row in found)
