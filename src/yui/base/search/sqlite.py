"""The index on SQLite: an FTS5 table that keeps no text of its own, kept in step by triggers."""

from typing import Any

from yui.engine.text import Token

MATCHES = "{id} IN (SELECT rowid FROM search_tokens WHERE search_tokens MATCH %s)"
_GONE = "INSERT INTO search_tokens(search_tokens, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
_COME = "INSERT INTO search_tokens(rowid, tokens) VALUES (new.id, new.tokens);"
_MAKE = """
CREATE VIRTUAL TABLE search_tokens USING fts5(
  tokens, content='search_searchentry', content_rowid='id', columnsize=0, prefix='3 4',
  tokenize='unicode61 remove_diacritics 0'
)
"""


def prepare(cursor: Any) -> None:
    """Make the table when it is missing, and always the triggers: a change of the model's table loses them."""
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_tokens'")
    if cursor.fetchone() is None:
        cursor.execute(_MAKE)
        cursor.execute("INSERT INTO search_tokens(search_tokens) VALUES ('rebuild')")
    for name, moment, work in (
        ("come", "INSERT", _COME),
        ("gone", "DELETE", _GONE),
        ("changed", "UPDATE OF tokens", _GONE + _COME),
    ):
        cursor.execute(
            f"CREATE TRIGGER IF NOT EXISTS search_{name} AFTER {moment} ON search_searchentry BEGIN {work} END"
        )
    cursor.execute(
        "CREATE INDEX IF NOT EXISTS search_order ON search_searchentry (authority_id, kind, reading, thing_id)"
    )


def purge(cursor: Any) -> None:
    """Write the index anew without what was deleted; until then a deleted token stays in its pages."""
    cursor.execute("INSERT INTO search_tokens(search_tokens) VALUES ('optimize')")


def wording(groups: tuple[tuple[Token, ...], ...]) -> str:
    """The question in the words of FTS5: ("a"* OR "b") AND ("c")."""
    return " AND ".join(
        "(" + " OR ".join(f'"{token.text}"{"*" if token.beginning else ""}' for token in dict.fromkeys(group)) + ")"
        for group in groups
    )
