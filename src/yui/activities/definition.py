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


SECTION = Section(name="activities", file="activities.yaml", model=Activities, checks=(_check_places, _check_pieces))
