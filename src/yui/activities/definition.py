"""activities.yaml: what an 企画 and its 出番 may say of themselves. Pure: no Django."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from yui.base.definitions.schema import Item, Part, Positive, Problem, Section, Setting, Texts, by_key


class Choice(Item):
    """A plain choice with its words."""

    label: Texts


class Consideration(Item):
    """知っておいてほしいこと: what makes it possible for someone to come. ``welcomes`` is a mark in the catalogue."""

    label: Texts
    about: Literal["body", "language", "money", "company", "place", "insurance"]
    welcomes: bool = False


class Piece(Item):
    """いちばん短い参加: minutes of the smallest piece of an 出番. ``minutes`` 0: looking in is enough."""

    minutes: Annotated[int, Field(ge=0, strict=True)]
    label: Texts


class Place(Item):
    """Where an activity can be; ``district`` is a key of the scheme's districts. Fictional ones are marked."""

    name: str
    kana: str
    district: str
    wheelchair: bool
    fictional: bool = False


class Promise(Part):
    """What the town promises about 出番."""

    needs_approval: Setting[bool]
    answer_days: Setting[Positive]
    post_minutes: Setting[Positive]
    smallest_piece_at_most: Setting[Positive]


def _open(value: int, note: str) -> Any:
    """A setting for towns that say nothing of it: the documents are silent."""
    return Setting[Positive].model_validate({"default": value, "note": note})


class Filling(Part):
    """How free places go to those who wait, and what else keeps two promises from meeting at one hour.

    ``offer_hours`` to answer an offer by oneself, ``offer_desk_hours`` where the desk calls or writes, at least
    ``offer_shortest_hours`` when the day is near, as a rule answered ``offer_spare_hours`` before the beginning, never
    between ``night_from`` and ``night_to`` o'clock. Places kept for first-timers are everybody's ``kept_days_before``
    days before the date. ``between_minutes``: the way and the preparation between two dates of one person.
    """

    offer_hours: Setting[Positive] = _open(48, "文書に定めがない。空きのお知らせから返事まで、2日。")
    offer_desk_hours: Setting[Positive] = _open(72, "文書に定めがない。電話や手紙の人は、窓口が連絡するので3日。")
    offer_shortest_hours: Setting[Positive] = _open(3, "文書に定めがない。当日が近くても、考える時間を3時間は残す。")
    offer_spare_hours: Setting[Positive] = _open(
        24, "文書に定めがない。主催の準備のため、前の日までに決まるようにする。"
    )
    night_from: Setting[Positive] = _open(21, "文書に定めがない。夜のあいだに期限がこないようにする。")
    night_to: Setting[Positive] = _open(8, "文書に定めがない。夜のあいだに期限がこないようにする。")
    kept_days_before: Setting[Positive] = _open(3, "文書に定めがない。はじめての人の席は、3日前からだれでも使える。")
    between_minutes: Setting[Positive] = _open(30, "文書に定めがない。移動と準備の時間。")


class Activities(Part):
    """activities.yaml"""

    kinds: Annotated[list[Choice], Field(min_length=1)]
    roles: Annotated[list[Choice], Field(min_length=1)]
    initiators: Annotated[list[Choice], Field(min_length=1)]
    considerations: Annotated[list[Consideration], Field(min_length=1)]
    benefits: Annotated[list[Choice], Field(min_length=1)]
    smallest_pieces: Annotated[list[Piece], Field(min_length=1)]
    places: list[Place]
    tie_question: Texts
    promise: Promise
    filling: Filling = Field(default_factory=Filling)


def _check_places(definition: Any, activities: Activities) -> Iterator[Problem]:
    districts = by_key(definition.scheme.districts)
    for index, place in enumerate(activities.places):
        if place.district not in districts:
            yield Problem(
                ("places", index, "district"), f"地区「{place.district}」は scheme.yaml の districts にありません。"
            )


def _check_pieces(_definition: Any, activities: Activities) -> Iterator[Problem]:
    minutes = [piece.minutes for piece in activities.smallest_pieces]
    if minutes != sorted(set(minutes)):
        yield Problem(("smallest_pieces",), "分数は短い順に、重なりなく書いてください。")
    limit = activities.promise.smallest_piece_at_most.value
    if not any(0 < number <= limit for number in minutes):
        yield Problem(("smallest_pieces",), f"{limit}分以内の選択肢を1つ以上書いてください。")


def _check_night(_definition: Any, activities: Activities) -> Iterator[Problem]:
    filling = activities.filling
    if not 0 < filling.night_to.value < filling.night_from.value < 24:
        yield Problem(("filling", "night_to"), "夜は、23時までに始まり、次の朝に終わるように書いてください。")


SECTION = Section(
    name="activities",
    file="activities.yaml",
    model=Activities,
    checks=(_check_places, _check_pieces, _check_night),
)
