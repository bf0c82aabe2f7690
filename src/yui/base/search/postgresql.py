"""The index on PostgreSQL: GIN over the tokens as they are, without a parser or dictionary of the server's.

The tokens of a row are kept out of line, so that reading id and reading of a thousand rows touches few pages.
"""

from typing import Any

from yui.engine.text import Token

VECTOR = "array_to_tsvector(string_to_array({column}, ' '))"
MATCHES = VECTOR + " @@ %s::tsquery"
_TABLE = "search_searchentry"


def prepare(cursor: Any) -> None:
    """Make the two indexes when they are missing. Without ``fastupdate`` a search never reads a list of late entries."""
    cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = 'search_tokens' AND schemaname = current_schema()")
    if cursor.fetchone() is None:
        cursor.execute(f"ALTER TABLE {_TABLE} ALTER COLUMN tokens SET STORAGE EXTERNAL")
        cursor.execute(f"ALTER TABLE {_TABLE} SET (toast_tuple_target = 128)")
        vector = VECTOR.format(column="tokens")
        cursor.execute(f"CREATE INDEX search_tokens ON {_TABLE} USING gin (({vector})) WITH (fastupdate = off)")
    cursor.execute(
        f'CREATE INDEX IF NOT EXISTS search_order ON {_TABLE} (authority_id, kind, reading COLLATE "C", thing_id)'
    )


def purge(cursor: Any) -> None:
    """Nothing to do: what was deleted goes with the row at the next vacuum, as in every table."""


def wording(groups: tuple[tuple[Token, ...], ...]) -> str:
    """The question as a tsquery: ('a':* | 'b') & ('c')."""
    return " & ".join(
        "(" + " | ".join(f"'{token.text}'{':*' if token.beginning else ''}" for token in dict.fromkeys(group)) + ")"
        for group in groups
    )
