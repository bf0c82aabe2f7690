"""A town made from the definition of Konan, for tests that need one: Sora, Hinata."""

from functools import cache
from typing import Any

from django.conf import settings

from yui.base import clock
from yui.base.definitions.checks import plain
from yui.base.definitions.domain import digest_of, parts_of
from yui.base.definitions.models import DefinitionVersion
from yui.base.definitions.reading import read
from yui.base.tenancy.models import Authority
from yui.base.tenancy.scope import authority_scope


@cache
def konan_data() -> dict[str, Any]:
    """The definition of Konan as plain data by file stem, read once."""
    folder = settings.DEFINITIONS_DIR / "konan"
    return plain({path.stem: read(path).data for path in sorted(folder.glob("*.yaml")) if path.stem != "examples"})


def found(key: str) -> Authority:
    """An authority with the stored definition of Konan and no districts."""
    now = clock.now()
    authority = Authority.objects.create(key=key, name=key, created_at=now, contact={"phone": "0748-00-0000"})
    with authority_scope(authority):
        for (kind, name), content in parts_of(konan_data()).items():
            DefinitionVersion.objects.create(
                authority=authority, kind=kind, key=name, version=1, loaded_at=now, data=content,
                digest=digest_of(content),
            )  # fmt: skip
    return authority
