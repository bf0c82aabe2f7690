"""What a town takes along. Read from the models themselves, so that a new table goes along without a line here.

A row points at another row in three ways: by a foreign key, by a number beside a word (``POINTERS``), or by a public
id. The first two are renumbered where the town arrives; public ids are kept.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, QuerySet

from yui.base.tenancy.models import Authority
from yui.config.cli.rows import tables

ACCOUNT, AUTHORITY, AUDIT = "accounts.Account", "tenancy.Authority", "audit.AuditEvent"
NOT_EXPORTED: dict[str, str] = {
    AUTHORITY: "そのまち1行だけを、目録（manifest.json）に書く",
    ACCOUNT: "そのまちで使う人のメールアドレスと名前だけを accounts.jsonl に書く。パスワードは出さない",
    "account.EmailAddress": "ログインのしくみの控え。着いた先で、メールの番号でログインすると要らない",
    "account.EmailConfirmation": "ログインの途中の控え",
    "mfa.Authenticator": "二要素のかぎは秘密なので出さない。着いた先で登録しなおす",
    "auth.Group": "使っていない枠組みの表",
    "auth.Group_permissions": "使っていない枠組みの表",
    "django_tasks_database.DBTaskResult": "作業係の順番待ち。設置先のもので、まちのものではない",
    "people.Draft": "書きかけの登録。元の設置先のブラウザからしか続けられない",
    "exchange.ImportRow": "取込を元に戻すための控え。行の番号と鍵が、その設置先のもの。移ったあとは、元に戻せない",
    "sharing.Share": "県などと分けあう約束は、その設置先にいる相手とのもの。着いた先で、あらためて決める",
    "sharing.MemberTown": "一覧にあるのは、その設置先の市町。着いた先で、あらためて加える",
    "sharing.SharedFigure": "市町から届いた数で、このまちのものではない。約束といっしょに、また届く",
}
"""Label → why its rows stay behind."""
SECRETS: dict[str, tuple[str, ...]] = {
    "people.Card": ("code_hash",),
    "introductions.AnswerLink": ("token_hash",),
    "activities.Application": ("link_hash",),
    "assignments.SealedSeed": ("sealed",),
}
"""What opens a door of the old installation. The rows go along, the keys do not: cards are printed anew."""

EMPTIED: dict[str, dict[str, object]] = {
    "people.Merge": {"journal": []},  # names rows by their old numbers; empty means that the days of undoing are over
    "calls.SubmittedPaper": {"envelope": "", "path": ""},  # sealed with the old installation's secret, like the bytes
    "calls.Proposal": {"sealed_estimate": ""},
}
"""What only the old installation can read. The rows go along, these columns empty."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A number that names a row of the table which a word in another column tells."""

    column: str
    kind: str
    targets: dict[str, str]


POINTERS: dict[str, tuple[Pointer, ...]] = {
    "files.Attachment": (
        Pointer("owner_pk", "owner_kind", {"person": "people.Person", "organization": "people.Organization"}),
    ),
    "search.SearchEntry": (
        Pointer(
            "thing_id",
            "kind",
            {"person": "people.Person", "organization": "people.Organization", "opportunity": "activities.Opportunity"},
        ),
    ),
}


def exported() -> list[type[Model]]:
    """Every table whose rows go along, by label: those with an authority, and the links between two of them."""
    return sorted((m for m in tables() if m._meta.label not in NOT_EXPORTED and _belongs(m)), key=_label)


def rows_of(model: type[Model], authority: Authority) -> QuerySet[Model]:
    """The rows of a town, in the order they were written."""
    if _has_authority(model):
        return model._base_manager.filter(authority=authority).order_by("pk")
    return model._base_manager.filter(**{f"{_owner_field(model)}__authority": authority}).order_by("pk")


def references(model: type[Model]) -> dict[str, str]:
    """Column → label of the table it points into, for the foreign keys of a model."""
    return {f.attname: f.related_model._meta.label for f in model._meta.concrete_fields if f.remote_field is not None}


def find(label: str) -> type[Model]:
    """The model of a label. ``LookupError`` when this version has none."""
    return apps.get_model(label)


def _belongs(model: type[Model]) -> bool:
    return _has_authority(model) or bool(_owner_field(model))


def _has_authority(model: type[Model]) -> bool:
    return any(f.name == "authority" and f.related_model is Authority for f in model._meta.concrete_fields)


def _owner_field(model: type[Model]) -> str:
    """Of a table that Django made for many-to-many: the column that leads to a table with an authority."""
    if not model._meta.auto_created:
        return ""
    links = (f for f in model._meta.concrete_fields if f.remote_field is not None)
    return next((f.name for f in links if _has_authority(f.related_model)), "")


def _label(model: type[Model]) -> str:
    return str(model._meta.label)
