"""Asking the index: ``tokens__matches`` and ``reading__begins``, each in the words of the database that is asked."""

from types import ModuleType
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate, Concat

from yui.base.search import postgresql, sqlite
from yui.engine.text import Token

TABLE = "search_searchentry"
Groups = tuple[tuple[Token, ...], ...]
"""Of each group one token must be there."""


def twin(connection: Any) -> ModuleType:
    """The module that speaks to this database."""
    return postgresql if connection.vendor == "postgresql" else sqlite


def prepare(connection: BaseDatabaseWrapper) -> None:
    """Make the index beside the table where it is not there yet. Nothing happens before the table is made."""
    with connection.cursor() as cursor:
        if TABLE in connection.introspection.table_names(cursor):
            twin(connection).prepare(cursor)


def in_order(connection: Any, *, ready: bool = False) -> list[OrderBy]:
    """By reading, code point by code point on either database, then by id.

    ``ready``: rows are read from the order itself. Otherwise PostgreSQL is kept from walking along the order in the hope
    of meeting matches: it must look at the tokens of every row on the way.
    """
    if connection.vendor != "postgresql":
        return [F("reading").asc(), F("thing_id").asc()]
    reading = F("reading") if ready else Concat("reading", Value(""))
    return [Collate(reading, "C").asc(), F("thing_id").asc()]


class Matches(Lookup):
    """``tokens__matches=groups``: of each group a token is there."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The condition of the database's index."""
        column, given = self.process_lhs(compiler, connection)
        speaker = twin(connection)
        return speaker.MATCHES.format(column=column, id=column.replace("tokens", "id")), [
            *given,
            speaker.wording(self.rhs),
        ]


class Begins(Lookup):
    """``reading__begins=key``: a range of the order, so that the first thousand are read without sorting."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """From the key up to the last text that begins with it."""
        column, given = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            column = f'{column} COLLATE "C"'
        return f"({column} >= %s AND {column} < %s)", [*given, self.rhs, *given, f"{self.rhs}\U0010ffff"]
