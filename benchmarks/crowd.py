"""A crowd of invented people and opportunities in bulk, with everything the verbs would have written beside them.

Names are put together from words that say "example"; family names are spread as unevenly as real ones, so that the
commonest is borne by about one in seventy. The same number gives the same crowd.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import accumulate
from random import Random

from yui.activities.models import Activity, Opportunity, OpportunityChoice
from yui.activities.states import OpportunityState
from yui.base import clock
from yui.base.definitions import current
from yui.base.search.domain import index
from yui.base.tenancy.models import Authority, District
from yui.base.tenancy.scope import authority_scope
from yui.engine.text import fold
from yui.people.keys import NAME, READING, number_keys
from yui.people.models import (
    Consent,
    Contact,
    Organization,
    Person,
    PersonChoice,
    PersonKey,
    Profile,
    Registration,
    StageChange,
)

BATCH = 5000
_EXAMPLE = (
    "見本 ミホン 例示 レイジ 架空 カクウ 試案 シアン 仮名 カメイ 想定 ソウテイ 模型 モケイ 雛形 ヒナガタ 試作 シサク 標本 ヒョウホン "
    "用例 ヨウレイ 凡例 ハンレイ 見立 ミタテ 仮置 カリオキ 作例 サクレイ 試験 シケン 実例 ジツレイ 下絵 シタエ 手本 テホン 仮想 カソウ"
)
_PLACE = (
    "山 ヤマ 川 カワ 田 タ 野 ノ 村 ムラ 谷 タニ 崎 サキ 島 シマ 沢 サワ 原 ハラ 井 イ 本 モト 岡 オカ 木 キ 口 グチ 林 バヤシ 森 モリ "
    "浜 ハマ 藤 フジ 部 ベ 橋 ハシ 塚 ヅカ 池 イケ 瀬 セ 江 エ"
)
_FIRST = "見 ミ 例 レイ 仮 カリ 試 シ 想 ソウ 型 カタ 案 アン 雛 ヒナ 定 サダ 空 クウ 真 マ 実 ミノ 正 マサ 花 ハナ 春 ハル 秋 アキ"
_LAST = "子 コ 太 タ 男 オ 美 ミ 代 ヨ 一 カズ 二 ジ 枝 エ 也 ヤ 乃 ノ 太郎 タロウ 次郎 ジロウ 香 カ 江 エ 夫 オ 恵 エ 平 ヘイ 里 リ"
_WORK = (
    "畑の草刈り", "農業体験の手伝い", "子どもの見守り", "パソコン教室の先生", "夏祭りの準備", "読み聞かせ", "外国語の通訳", "送迎の運転",
    "公園の掃除", "昔話の聞き取り", "防災訓練の受付", "野菜づくり", "しめ縄づくり", "広報の写真", "会計の手伝い",
)  # fmt: skip


def _pairs(text: str) -> list[tuple[str, str]]:
    words = text.split()
    return list(zip(words[::2], words[1::2], strict=True))


def names(people: int, seed: int = 8) -> Iterator[tuple[str, str]]:
    """So many names with their readings."""
    chance = Random(seed)
    family = [(a + b, x + y) for a, x in _pairs(_EXAMPLE) for b, y in _pairs(_PLACE)]
    chance.shuffle(family)
    given = [(a + b, x + y) for a, x in _pairs(_FIRST) for b, y in _pairs(_LAST)]
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(family))))
    for _ in range(people):
        one, other = chance.choices(family, cum_weights=weights)[0], chance.choice(given)
        yield f"{one[0]} {other[0]}", f"{one[1]} {other[1]}"


def people_in_bulk(authority: Authority, people: int, seed: int = 8) -> None:
    """Add so many registered people with profile, wishes, consents, telephone, keys and entries of the search."""
    parts = list(names(people, seed))
    with authority_scope(authority):
        districts = list(District.objects.exclude(parent=None)) or list(District.objects.all())
        for start in range(0, people, BATCH):
            _batch(authority, districts, start, parts[start : start + BATCH])


def _batch(authority: Authority, districts: list[District], start: int, parts: list[tuple[str, str]]) -> None:
    now, today, own = clock.now(), clock.today(), {"authority": authority}
    people = Person.objects.bulk_create(
        Person(**own, display_name=name, kana=kana, birth_year=1940 + n % 70, district=districts[n % len(districts)],
               created_at=now)
        for n, (name, kana) in enumerate(parts, start)
    )  # fmt: skip
    days = [today - dt.timedelta(days=n % 365) for n in range(len(people))]
    told = list(zip(people, days, strict=True))
    Profile.objects.bulk_create(Profile(**own, person=p, contact_way="phone") for p in people)
    Registration.objects.bulk_create(
        Registration(**own, person=p, scheme_key=authority.key, effective_on=d, recorded_at=now) for p, d in told
    )
    StageChange.objects.bulk_create(
        StageChange(
            **own, person=p, scheme_key=authority.key, stage="interest", effective_on=d, recorded_at=now, agreed_on=d
        )
        for p, d in told
    )
    Consent.objects.bulk_create(
        Consent(**own, person=p, purpose=purpose, wording_version=1, effective_on=d, recorded_at=now)
        for p, d in told
        for purpose in ("register", "introduce")
    )
    themes = [theme.key for theme in current(authority).people.themes]
    PersonChoice.objects.bulk_create(
        PersonChoice(**own, person=p, kind=kind, key=key)
        for n, p in enumerate(people)
        for kind, key in (
            ("skill", "reading"), ("theme", themes[n % len(themes)]),
            ("slot", "saturday_morning" if n % 2 else "sunday_morning"),
        )
    )  # fmt: skip
    phones = [f"0748{(start + n) * 7919 % 1_000_000:06d}" for n in range(len(people))]
    called = list(zip(people, phones, strict=True))
    Contact.objects.bulk_create(Contact(**own, person=p, kind="phone", value=v, effective_on=today) for p, v in called)
    PersonKey.objects.bulk_create(
        PersonKey(**own, person=p, kind=kind, key=key)
        for p, phone in called
        for kind, key in sorted({(NAME, fold(p.display_name)), (READING, fold(p.kana))} | number_keys([phone]))
    )
    index(authority, "person", [p.pk for p in people])


def opportunities_in_bulk(authority: Authority, number: int) -> None:
    """Add so many open opportunities, each of an activity of its own, with their entries of the search."""
    with authority_scope(authority):
        now, today, own = clock.now(), clock.today(), {"authority": authority}
        host, districts = Organization.objects.order_by("id").first(), list(District.objects.all())
        themes = [theme.key for theme in current(authority).people.themes]
        for start in range(0, number, BATCH):
            numbers = range(start, min(number, start + BATCH))
            activities = Activity.objects.bulk_create(
                Activity(**own, host_organization=host, title=f"見本の企画 {n}", effective_on=today, recorded_at=now,
                         district=districts[n % len(districts)])
                for n in numbers
            )  # fmt: skip
            rows = Opportunity.objects.bulk_create(
                Opportunity(**own, activity=activity, title=f"{_WORK[n % len(_WORK)]} {n}", kind="help", about="架空の出番です。",
                            capacity=5, any_time=True, state=OpportunityState.OPEN, recorded_at=now)
                for n, activity in zip(numbers, activities, strict=True)
            )  # fmt: skip
            OpportunityChoice.objects.bulk_create(
                OpportunityChoice(**own, opportunity=row, kind="theme", key=themes[row.pk % len(themes)])
                for row in rows
            )
            index(authority, "opportunity", [row.pk for row in rows])
