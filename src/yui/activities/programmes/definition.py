"""programmes.yaml: 地域プログラム that receive people from outside: areas, places, support, articles, meetings.

Pure: no Django. Quantities are whole; "about" and "at least" are said beside the number, never in it.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from yui.base.definitions.schema import (
    ExampleFault,
    Item,
    Part,
    Positive,
    Problem,
    Section,
    Setting,
    Texts,
    Yen,
    by_key,
)

Subject = Literal["recruiting", "report", "interview", "municipal"]
"""What an article tells: 参加者募集, 実施報告, 取材, or the programme of a municipality."""


class Quantity(Part):
    """A number of things asked for. ``about``: 程度. ``at_least``: 以上."""

    number: Setting[Positive]
    unit: str
    about: Setting[bool]
    at_least: Setting[bool]


class Statement(Item):
    """Something the document asks, in our own words."""

    name: str
    summary: str


class Support(Part):
    """受入支援: money for one area's programme."""

    yen_per_area: Setting[Yen]
    about: Setting[bool]
    uses: Annotated[list[Statement], Field(min_length=1)]
    settled_by: Setting[str]


class Subsidy(Part):
    """交通費補助 that the authority runs by itself. ``yen_per_trip`` None: its rules are in another document."""

    name: Setting[str]
    run_by: Setting[str]
    help: Statement
    yen_per_trip: Setting[Yen | None]
    trips_per_year: Setting[Positive | None]


class Article(Item):
    """記事 to be written: about what, when, and through which channels (keys of the commission's resources)."""

    name: str
    subject: Subject
    for_each: Literal["programme", "meeting", "person", "municipal_programme"]
    channels: Annotated[list[str], Field(min_length=1)]


class OnlineMeeting(Part):
    """交流会."""

    times: Quantity
    online: Setting[bool]
    content: Setting[str]


class Interviews(Part):
    """取材."""

    people: Quantity
    subjects: Annotated[list[Statement], Field(min_length=1)]
    chosen_by: Setting[str]


class Membership(Part):
    """会員登録. The document asks for a target and leaves the number open."""

    target: Setting[Positive]
    led_from: Setting[str]


class Question(Item):
    """A question put to those who took part, in their language."""

    label: Texts


class Survey(Part):
    """参加後のアンケート. ``months_after``: when each of the askings comes, counted from the last day."""

    questions: Annotated[list[Question], Field(min_length=1)]
    months_after: Setting[list[int]]


class Programmes(Part):
    """programmes.yaml"""

    commission: str
    purpose: Statement
    areas: Quantity
    area_choice: Setting[str]
    people_per_area: Quantity
    support: Support
    subsidy: Subsidy
    articles: Annotated[list[Article], Field(min_length=1)]
    article_rules: list[Statement]
    meeting: OnlineMeeting
    interviews: Interviews
    membership: Membership
    survey: Survey

    def people_in_all(self) -> int:
        """People over the areas that are asked for at least."""
        return self.areas.number.value * self.people_per_area.number.value

    def support_in_all(self) -> int:
        """Yen over the areas that are asked for at least."""
        return self.areas.number.value * self.support.yen_per_area.value


def enough(quantity: Quantity, number: int) -> bool:
    """Whether a number is what was asked for. "About" is judged by people; here the number itself counts."""
    asked = quantity.number.value
    return number >= asked if quantity.at_least.value or quantity.about.value else number == asked


def _check_commission(definition: Any, programmes: Programmes) -> Iterator[Problem]:
    commission = next((one for one in definition.commissions if one.key == programmes.commission), None)
    if commission is None:
        yield Problem(("commission",), f"業務「{programmes.commission}」の commission-*.yaml がありません。")
        return
    known = by_key(commission.resources)
    for index, article in enumerate(programmes.articles):
        for position, channel in enumerate(article.channels):
            if channel not in known:
                yield Problem(
                    ("articles", index, "channels", position), f"「{channel}」は業務の resources にありません。"
                )


def _rules(definition: Any) -> Programmes:
    if definition.programmes is None:
        raise ExampleFault("この町には programmes.yaml がありません。")
    rules: Programmes = definition.programmes
    return rules


def _example_enough(definition: Any, given: Mapping[str, Any]) -> bool:
    rules = _rules(definition)
    known = {
        "地域": rules.areas,
        "1地域の人数": rules.people_per_area,
        "交流会": rules.meeting.times,
        "取材": rules.interviews.people,
    }
    if given["of"] not in known:
        raise ExampleFault(f"確かめられるのは {'、'.join(known)} です。")
    return enough(known[given["of"]], int(given["number"]))


def _example_people(definition: Any, _given: Mapping[str, Any]) -> int:
    return _rules(definition).people_in_all()


def _example_support(definition: Any, _given: Mapping[str, Any]) -> int:
    return _rules(definition).support_in_all()


def _example_articles(definition: Any, given: Mapping[str, Any]) -> int:
    return sum(1 for article in _rules(definition).articles if article.for_each == given["for_each"])


SECTION = Section(
    name="programmes",
    file="programmes.yaml",
    model=Programmes,
    optional=True,
    checks=(_check_commission,),
    examples={
        "求めに足りる数": _example_enough,
        "地域プログラムの人数": _example_people,
        "受入支援の合計": _example_support,
        "記事の種類の数": _example_articles,
    },
)
