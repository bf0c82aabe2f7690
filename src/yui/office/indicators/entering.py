"""The pages on which the values of indicators are written in and taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base.access.errors import NotPossible
from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission
from yui.base.access.rules import may
from yui.base.measures.registry import all_measures
from yui.base.tenancy.addresses import town_url
from yui.office.indicators import domain
from yui.office.indicators.forms import EnterForm, WithdrawForm
from yui.office.indicators.models import EnteredFigure, Indicator
from yui.office.indicators.outside import standing_rows
from yui.office.indicators.wording import amount_words, target_words

FIELD_OF = {"to_come": "effective_on", "before_start": "effective_on", "place": "place"}


def indicator_path(indicator: Indicator) -> str:
    """The page of an indicator whose values are written in."""
    return town_url(indicator.authority, "office:entered_figures", public_id=indicator.public_id)


@needs(Permission.FIGURES_READ)
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every value of one indicator with its day, source and writer; the form for the next one."""
    indicator = get_visible(request, Indicator.objects.select_related("commission", "authority"), public_id=public_id)
    may_enter = may(request.actor, Permission.COMMISSION_WRITE)  # type: ignore[attr-defined]
    form = EnterForm(request.POST or None, indicator=indicator)
    if request.method == "POST" and form.is_valid():
        try:
            domain.enter_figure(actor=request.actor, indicator=indicator, **form.cleaned_data)  # type: ignore[attr-defined]
        except NotPossible as refused:
            form.add_error(FIELD_OF.get(refused.code or ""), refused.sentence)
        else:
            messages.success(request, "値を書き入れました。")
            return redirect(indicator_path(indicator))
    rows = list(indicator.entered_figures.select_related("recorded_by"))
    standing = {row.pk for row in standing_rows(rows)}
    context = {
        "indicator": indicator, "target": target_words(indicator), "may_enter": may_enter, "form": form,
        "counted": indicator.measure in {measure.key for measure in all_measures()},
        "rows": [
            {"row": row, "stands": row.pk in standing, "text": _text(row, indicator)}
            for row in sorted(rows, key=lambda one: one.pk, reverse=True)
        ],
    }  # fmt: skip
    return render(request, "office/entered_figures.html", context, status=422 if form.is_bound else 200)


def _text(row: EnteredFigure, indicator: Indicator) -> str:
    return "取り消し" if row.value is None else amount_words(row.value, indicator.unit)


@needs(Permission.COMMISSION_WRITE)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a value back, with the reason."""
    entered = get_visible(
        request,
        EnteredFigure.objects.select_related("indicator__commission", "indicator__authority"),
        public_id=public_id,
    )
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        domain.withdraw_figure(actor=request.actor, entered=entered, reason=form.cleaned_data["reason"])  # type: ignore[attr-defined]
        messages.success(request, "値を取り消しました。取り消したことも、記録に残ります。")
        return redirect(indicator_path(entered.indicator))
    context = {
        "form": form,
        "entered": entered,
        "text": _text(entered, entered.indicator),
        "back": indicator_path(entered.indicator),
    }
    return render(request, "office/withdraw_figure.html", context, status=422 if form.is_bound else 200)
