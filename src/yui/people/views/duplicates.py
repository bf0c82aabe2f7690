"""The desk's pages about registrations that may be one person: the list, the comparison, the merge and its undo."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base import clock
from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible
from yui.base.audit.record import Reason
from yui.base.definitions import by_key, current
from yui.base.tenancy.addresses import town_url
from yui.engine.calendar import wareki
from yui.engine.likeness import LIKELY, POINTS, describe
from yui.people.answers import PERSON_FIELDS, PROFILE_FIELDS
from yui.people.domain import keep_apart, merge_people, name_pair, profile_values, told_person, undo_merge
from yui.people.domain.duplicates import both_sign_in, pair_for, why_not_undone
from yui.people.domain.journal import Kept, take_back
from yui.people.forms import MemberForm, ProfileForm, ReasonForm
from yui.people.likeness import open_pairs
from yui.people.merge_rules import label_of, plans, references
from yui.people.models import LikePair, Merge, Person, Proxy, Registration, Residence
from yui.people.own_merging import ADDRESS
from yui.people.queries import current_stage, read_reach
from yui.people.views.reach import readable
from yui.people.views.search import found_person

PAGE = 30
FIELDS = tuple(name for name in (*PERSON_FIELDS, *PROFILE_FIELDS))
FIELD_WORDS = {"contact_way": "連絡の方法", "contact_when": "連絡しやすいとき", "reach_km": "動ける距離（km）"}


def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs that await a human, the likeliest first; and what was merged lately."""
    rows = open_pairs().select_related("person__district", "other__district")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for pair in page:
        pair.words = describe(pair.reasons) or ["職員がえらびました"]
    merges = Merge.objects.filter(survivor__hidden=False).select_related("survivor", "merged_by").order_by("-id")[:PAGE]
    points = [(words, POINTS[code]) for code, words in zip(POINTS, describe(list(POINTS)), strict=True)]
    context = {"page": page, "merges": merges, "points": points, "likely": LIKELY}
    return render(request, "people/duplicates.html", context)


def duplicate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two registrations side by side: look, tell apart, or make one."""
    pair = _pair(request, public_id)
    if request.method == "POST" and "apart" in request.POST:
        keep_apart(actor=request.actor, pair=pair)
        messages.success(request, "別の人としました。この組は、もう出しません。")
        return redirect(town_url(request.authority, "people:duplicates"))
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    context = {"pair": pair, "words": describe(pair.reasons), "reason_form": form, **_sides(request, pair)}
    if request.method == "POST" and "merge" in request.POST:
        try:
            merge = _merge(request, context)
        except NotPossible as error:
            context["error"] = error.sentence
        else:
            messages.success(request, "1つにまとめました。90日の間は、元に戻せます。")
            return redirect(town_url(request.authority, "people:merge", public_id=merge.public_id))
    if form.is_bound and form.is_valid():
        context |= _reaches(request, context, Reason(form.cleaned_data["reason"]))
    context["facts"] = _facts(context["sides"])
    response = render(request, "people/duplicate.html", context, status=409 if "error" in context else 200)
    response["Cache-Control"] = "no-store"
    return response


def _pair(request: HttpRequest, public_id: str) -> LikePair:
    rows = LikePair.objects.filter(
        person__erased_at=None, other__erased_at=None, person__merged_into=None, other__merged_into=None
    )
    return get_visible(request, rows.select_related("person__district", "other__district"), public_id=public_id)


def _merge(request: HttpRequest, context: dict[str, Any]) -> Merge:
    loser = context["loser"]
    taken = [name for name in (*FIELDS, ADDRESS) if request.POST.get(f"value_{name}") == loser.public_id]
    return merge_people(
        actor=request.actor, survivor=context["survivor"], loser=loser, taken=taken,
        confirmed=bool(request.POST.get("confirmed")),
    )  # fmt: skip


def _sides(request: HttpRequest, pair: LikePair) -> dict[str, Any]:
    """Who stays and who goes, what differs, and what would follow."""
    chosen = (request.POST.get("keep") or request.GET.get("keep") or "").strip()
    survivor, loser = pair.person, pair.other
    if chosen == loser.public_id or (not chosen and _prefers(loser, survivor)):
        survivor, loser = loser, survivor
    found = plans(pair_for(survivor, loser))
    return {
        "survivor": survivor,
        "loser": loser,
        "sides": [_side(survivor), _side(loser)],
        "head": [{"label": words} for words in ("くらべるところ", "残す登録", "入る登録")],
        "rows": _rows(request, survivor, loser),
        "moving": _told([(plan.label, plan.moved) for plan in found]),
        "ending": _told([(plan.label, plan.ended) for plan in found]),
        "two_accounts": both_sign_in(survivor, loser),
    }


def _prefers(one: Person, other: Person) -> bool:
    """Whether one should stay rather than the other: a sign-in first, then a running registration."""
    own, theirs = (
        (
            Proxy.objects.filter(person=person, ends_on=None).exists(),
            Registration.objects.filter(person=person, ended_on=None).exists(),
        )
        for person in (one, other)
    )
    return own > theirs


def _side(person: Person) -> dict[str, Any]:
    """One column of the comparison: label → words. No contact data."""
    today = clock.today()
    stage = by_key(current(person.authority).people.stages).get(current_stage(person, today))
    signs_in = Proxy.objects.filter(person=person).exclude(ends_on__lt=today).exists()
    texts = {
        "お名前": person.display_name,
        "よみ": person.kana,
        "生まれた年": str(person.birth_year or ""),
        "地区": person.district.name if person.district else "",
        "登録": "\n".join(_begun(row) for row in person.registration_set.order_by("effective_on")),
        "層": str(stage.label) if stage else "",
        "ログイン": "あります" if signs_in else "ありません",
    }
    return {"person": person, "texts": texts}


def _begun(row: Registration) -> str:
    end = f"、{wareki(row.ended_on)}に終わり" if row.ended_on else ""
    return f"{wareki(row.effective_on)}から（{row.get_received_display()}）{end}"


def _facts(sides: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of the comparison, with the texts of both."""
    first, second = (side["texts"] for side in sides)
    return [{"label": label, "texts": [first[label] or "なし", second[label] or "なし"]} for label in first]


def _told(counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for label, count in counts:
        if label and count:
            found[label] = found.get(label, 0) + count
    return list(found.items())


def _rows(request: HttpRequest, survivor: Person, loser: Person) -> list[dict[str, Any]]:
    """The fields that differ: words of both sides, and which one is proposed. An empty text gives way."""
    form, both = ProfileForm(authority=request.authority), [profile_values(survivor), profile_values(loser)]
    ways = by_key(current(request.authority).people.contact_ways)
    found = []
    for name in FIELDS:
        if both[0][name] == both[1][name]:
            continue
        words = [next(iter(form.in_words({name: values[name]}).items()), ("", "")) for values in both]
        label = words[0][0] or FIELD_WORDS[name]
        texts = [words[n][1] or _text(name, both[n][name], ways) for n in (0, 1)]
        found.append({"name": name, "label": label, "texts": texts, "second": bool(texts[1] and not texts[0])})
    homes = [Residence.objects.filter(person=p, ended_on=None).exclude(address="").exists() for p in (survivor, loser)]
    if all(homes):
        found.append({"name": ADDRESS, "label": "住所", "texts": ["こちらの住所", "こちらの住所"], "second": False})
    return _as_posted(request, found, loser)


def _text(name: str, value: Any, ways: dict[str, Any]) -> str:
    """A value that has no field in the form."""
    if name == "contact_way":
        return str(ways[value].label) if value in ways else ""
    return "" if value is None else str(value)


def _as_posted(request: HttpRequest, rows: list[dict[str, Any]], loser: Person) -> list[dict[str, Any]]:
    for row in rows:
        posted = request.POST.get(f"value_{row['name']}")
        if posted is not None:
            row["second"] = posted == loser.public_id
        row["first"] = not row["second"]
    return rows


def _reaches(request: HttpRequest, context: dict[str, Any], reason: Reason) -> dict[str, Any]:
    """The contacts of both, each written into the audit."""
    for side in context["sides"]:
        rows, home = read_reach(actor=request.actor, person=side["person"], reason=reason)
        side["texts"]["電話・メール"] = "\n".join(readable(row) for row in rows)
        side["texts"]["住所"] = " ".join(part for part in (home.postal_code, home.address) if part) if home else ""
    return {"opened": True}


def merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was merged, what a human changed since, and the way back."""
    found = get_visible(request, Merge.objects.select_related("survivor", "loser", "merged_by"), public_id=public_id)
    if request.method == "POST" and "told" in request.POST:
        told_person(actor=request.actor, merge=found)
        messages.success(request, "ご本人に確かめたことを記録しました。")
        return redirect(town_url(request.authority, "people:merge", public_id=public_id))
    if request.method == "POST" and "undo" in request.POST:
        return _undo(request, found)
    why = why_not_undone(found)
    purposes = by_key(current(request.authority).people.purposes)
    context = {
        "merge": found,
        "why_not": why,
        "ask_about": [str(purposes[key].label) for key in found.ask_about if key in purposes],
        "kept": [] if why else _in_words(take_back(found.journal[1:], dry=True).kept),
        "since": [] if why else _since(found),
    }
    return render(request, "people/merge.html", context)


def _undo(request: HttpRequest, found: Merge) -> HttpResponse:
    try:
        done = undo_merge(actor=request.actor, merge=found)
    except NotPossible as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "2つの登録に戻しました。")
        for line in _in_words(done.kept):
            messages.warning(request, f"{line}は、まとめたあとに変わったので、そのままにしました。")
    return redirect(town_url(request.authority, "people:merge", public_id=found.public_id))


def _in_words(kept: list[Kept]) -> list[str]:
    """What an undo leaves, as lines."""
    words = {
        "display_name": "お名前",
        "kana": "よみ",
        "birth_year": "生まれた年",
        "district_id": "地区",
        "about": "伝えておきたいこと",
    }
    lines = [words.get(one.name) or f"{label_of(one.table) or '登録の内容'} {one.count}件" for one in kept]
    return list(dict.fromkeys(lines))


def _since(found: Merge) -> list[tuple[str, int]]:
    """What came to the surviving registration after the merge; it stays there."""
    tops = found.journal[0]["tops"]
    counts = []
    for model, name in references():
        label = label_of(model._meta.label)
        if label and model._meta.label in tops:
            rows = model.objects.filter(**{name: found.survivor_id}, pk__gt=tops[model._meta.label])  # type: ignore[attr-defined]
            counts.append((label, rows.count()))
    return _told(counts)


def person_same(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name another registration of the same person."""
    rows = Person.objects.filter(erased_at=None, merged_into=None)
    found = get_visible(request, rows, public_id=public_id)
    form, several = MemberForm(request.POST or None), []
    form.fields.pop("role")
    if request.method == "POST" and form.is_valid():
        other, several = found_person(request, form)
        if other is not None and other.pk == found.pk:
            form.add_error("who", "この方ご自身です。もう1つの登録をさがしてください。")
        elif other is not None:
            pair = name_pair(actor=request.actor, person=found, other=other)
            return redirect(town_url(request.authority, "people:duplicate", public_id=pair.public_id))
    return render(request, "people/person_same.html", {"form": form, "person": found, "several": several})
