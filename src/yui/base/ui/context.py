"""What every page knows: the town, who is here, today, the languages."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from yui.base import clock
from yui.base.definitions.reviews import Unreviewed
from yui.base.ui import accent
from yui.base.ui.middleware import html_language, language_of


@dataclass(frozen=True, slots=True)
class Brand:
    """How a page names its town. Every text may be empty; without a town the house speaks for itself."""

    name: str = "ゆい"
    sub: str = "人財プラットフォーム"
    home: str = "/"
    town: str = ""
    sheet: str = ""
    office: str = ""
    desk: str = ""
    phone: str = ""
    fax: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """One language in the header; ``lang`` is for the ``lang`` attribute."""

    code: str
    name: str
    lang: str
    current: bool


def brand_of(authority: Any, code: str = "ja") -> Brand:
    """The brand of an authority (or ``None``), from its name and its ``contact`` values, for a reader of ``code``."""
    if authority is None:
        return Brand()
    contact = dict(authority.contact or {})
    contact["hours"] = contact.get("hours_in", {}).get(code) or contact.get("hours", "")
    version = sha256(repr(accent.read(authority.accent)).encode()).hexdigest()[:8]
    short = authority.name.removesuffix("市").removesuffix("町").removesuffix("村").removesuffix("県")
    return Brand(
        name=contact.get("brand") or f"ゆい {short}",
        sub=contact.get("brand_sub") or f"{authority.name} 人財プラットフォーム",
        home=f"/{authority.key}/",
        town=authority.key,
        sheet=reverse("ui:town", kwargs={"key": authority.key}) + f"?v={version}",
        **{name: str(contact.get(name, "")) for name in ("office", "desk", "phone", "fax", "hours")},
    )


def languages_of(code: str) -> list[LanguageChoice]:
    """Every language of the house, in the settings' order."""
    return [LanguageChoice(key, name, html_language(key), key == code) for key, name in settings.LANGUAGES]


def house(request: HttpRequest) -> dict[str, Any]:
    """The context processor. ``nav``, ``footer_links`` and ``desk_menu`` are empty here: the site's own processor,
    listed after this one, fills them (lists of ``{label, url, current}``; the menu in groups ``{title, items}``)."""
    authority = getattr(request, "authority", None)
    code = getattr(request, "LANGUAGE_CODE", None) or language_of(request)
    return {
        "demo": settings.YUI_DEMO,
        "authority": authority,
        "actor": getattr(request, "actor", None),
        "brand": brand_of(authority, code),
        "today": clock.today(),
        "language": code,
        "html_language": html_language(code),
        "languages": languages_of(code),
        "unreviewed": Unreviewed(code, getattr(request, "heard", None)),
        "here": request.get_full_path() if request.method in ("GET", "HEAD") else request.path,
        "nav": [],
        "footer_links": [],
        "desk_menu": [],
        "desk_sub": "",
        "personal_links": [],
    }
