"""The definition in words: what the town runs from, its versions side by side, other towns' folders, loading."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.definitions.checks import plain, read_folder
from yui.base.definitions.comparing import compared
from yui.base.definitions.copying import NewTown, copy_folder
from yui.base.definitions.domain import FaultyDefinition, load
from yui.base.definitions.models import DefinitionVersion
from yui.base.definitions.packing import NotAFolder, packed, unpacked, write_folder
from yui.base.definitions.queries import stored_data
from yui.base.definitions.shipped import ShippedTown, shipped_folder, shipped_towns
from yui.base.definitions.telling import Chapter, chapters
from yui.base.measures.registry import all_measures
from yui.introductions.definition import Introductions
from yui.introductions.domain.rules import told_of_load
from yui.introductions.rules import in_force, of_definition
from yui.site.forms import CheckForm, CopyForm

MOST_VERSIONS = 40


def measure_names() -> dict[str, str]:
    """What Yui counts, by key."""
    return {measure.key: measure.label for measure in all_measures()}


def own_chapters(request: HttpRequest) -> list[Chapter]:
    """The town's definition in words."""
    return chapters(stored_data(request.authority), measure_names())  # type: ignore[attr-defined]


def index(request: HttpRequest) -> HttpResponse:
    """The chapters, the versions, and what can be done."""
    versions = list(DefinitionVersion.objects.select_related("loaded_by").order_by("-loaded_at", "-pk")[:MOST_VERSIONS])
    earlier = {(one.kind, one.key, one.version): one for one in versions}
    rows = [{"version": one, "before": earlier.get((one.kind, one.key, one.version - 1))} for one in versions]
    context = {
        "chapters": own_chapters(request),
        "versions": rows,
        "rules": in_force(request.authority),  # type: ignore[attr-defined]
        "may_load": may(request.actor, Permission.DEFINITION_LOAD, request.authority),  # type: ignore[attr-defined]
    }
    return render(request, "site/definition.html", context)


def chapter(request: HttpRequest, stem: str) -> HttpResponse:
    """One chapter with every value and where it comes from."""
    found = own_chapters(request)
    here = next((one for one in found if one.stem == stem), None)
    if here is None:
        raise Http404
    place = found.index(here)
    context = {
        "chapter": here, "languages": "languages" in request.GET, "of_rules": stem == "introductions",
        "before": found[place - 1] if place else None,
        "after": found[place + 1] if place + 1 < len(found) else None,
    }  # fmt: skip
    return render(request, "site/definition_chapter.html", context)


def whole(request: HttpRequest) -> HttpResponse:
    """Everything on one sheet, to be printed."""
    context = {"chapters": own_chapters(request), "languages": "languages" in request.GET}
    return render(request, "site/definition_whole.html", context)


def compare(request: HttpRequest) -> HttpResponse:
    """Two versions of the same part side by side: ``?before=…&after=…``; the newest and the one before by default."""
    every = DefinitionVersion.objects.all()
    named = request.GET.get("after", "")
    after = get_visible(request, every, public_id=named) if named else every.order_by("-loaded_at", "-pk").first()
    if after is None:
        raise Http404
    others = list(every.filter(kind=after.kind, key=after.key).order_by("version"))
    wanted = request.GET.get("before", "")
    earlier = [one for one in others if (one.public_id == wanted if wanted else one.version == after.version - 1)]
    if wanted and not earlier:
        raise Http404
    before = earlier[0] if earlier else after
    changes = compared(before.data, after.data, measure_names())
    context = {"before": before, "after": after, "changes": changes, "others": others}
    return render(request, "site/definition_compare.html", context)


def towns(request: HttpRequest) -> HttpResponse:
    """The definitions that lie ready on this installation."""
    return render(request, "site/definition_towns.html", {"towns": shipped_towns()})


def town_here(folder: str) -> ShippedTown:
    """The town of the address; 404 when no such folder lies ready."""
    found = next((one for one in shipped_towns() if one.key == folder), None)
    if found is None:
        raise Http404
    return found


def town(request: HttpRequest, folder: str) -> HttpResponse:
    """Another town's definition in words, with its faults if there are any."""
    here = town_here(folder)
    reading = read_folder(shipped_folder(here.key))
    readable = not any(sheet.faults for sheet in reading.sheets.values())
    told = chapters(plain(reading.data()), measure_names()) if readable else []
    context = {
        "town": here, "chapters": told, "faults": reading.faults, "languages": "languages" in request.GET,
        "examples": [case["say"] for case in (reading.data().get("examples") or {}).get("examples", [])] if readable else [],
    }  # fmt: skip
    return render(request, "site/definition_town.html", context)


def copy(request: HttpRequest, folder: str) -> HttpResponse:
    """A copy for a new town, as a zip to be edited, checked and loaded."""
    here = town_here(folder)
    form = CopyForm(request.POST or None)
    if form.is_valid():
        new = NewTown(**form.cleaned_data)
        with TemporaryDirectory() as place:
            made = Path(place) / new.key
            copy_folder(shipped_folder(here.key), made, new)
            return zipped(packed(made), new.key)
    context = {"form": form, "town": here}
    return render(request, "site/definition_copy.html", context, status=422 if form.is_bound else 200)


def download(request: HttpRequest) -> HttpResponse:
    """What the town runs from, as a zip to be edited."""
    authority = request.authority  # type: ignore[attr-defined]
    with TemporaryDirectory() as place:
        shipped = settings.DEFINITIONS_DIR / authority.key
        made = write_folder(stored_data(authority), Path(place) / authority.key, shipped=shipped)
        return zipped(packed(made), authority.key)


def check(request: HttpRequest) -> HttpResponse:
    """Check a folder: every fault with its line; without faults what would change; loading it when that is asked."""
    form = CheckForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with TemporaryDirectory() as place:
            try:
                folder = unpacked(form.cleaned_data["file"].read(), Path(place))
            except NotAFolder as refused:
                form.add_error("file", str(refused))
            else:
                return (_loaded if form.cleaned_data["then"] == "load" else _examined)(request, form, folder)
    return render(request, "site/definition_check.html", {"form": form}, status=422 if form.is_bound else 200)


def _loaded(request: HttpRequest, form: CheckForm, folder: Path) -> HttpResponse:
    """The folder loaded, or why not."""
    context: dict[str, object] = {"form": form, "folder": folder.name}
    try:
        loaded = load(actor=request.actor, folder=folder)  # type: ignore[attr-defined]
    except FaultyDefinition as refused:
        context["faults"] = refused.faults
    except NotPossible as refused:
        form.add_error("file", refused.sentence)
    else:
        made = loaded.versions
        words = f"読み込みました（新しい版が{len(made)}つ）。" if made else "前の版から変わっていません。"
        messages.success(request, f"{words}町は、この定義で動いています。")
        for note in loaded.notes:
            messages.warning(request, note)
        return redirect("site:definition", town=request.authority.key)  # type: ignore[attr-defined]
    return render(request, "site/definition_check.html", context, status=422)


def _examined(request: HttpRequest, form: CheckForm, folder: Path) -> HttpResponse:
    """The folder's faults; of the town's own without faults, what loading would change."""
    authority = request.authority  # type: ignore[attr-defined]
    own, before = folder.name == authority.key, stored_data(authority)
    reading = read_folder(folder, before if own else None)
    context = {"form": form, "checked": True, "faults": reading.faults, "folder": folder.name, "own": own}
    if own and not reading.faults:
        after = {stem: content for stem, content in plain(reading.data()).items() if stem != "examples"}
        context["changes"] = compared(before, after, measure_names())
        rules = of_definition(Introductions.model_validate(after["introductions"]))
        context["notes"] = told_of_load(rules, authority)
    return render(request, "site/definition_check.html", context)


def zipped(data: bytes, name: str) -> HttpResponse:
    """A zip to take away."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type="application/zip", headers=headers)
