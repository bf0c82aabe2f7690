"""Which benefits were explained to a registered person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yui.base.access.gates import get_visible, needs
from yui.base.access.permissions import Permission as P
from yui.base.definitions import by_key, current
from yui.base.tenancy.addresses import town_url
from yui.people.models import Person
from yui.people.prospects import domain
from yui.people.prospects.forms import BenefitForm, today_in


@needs(P.PROSPECT_WRITE)
def person_benefits(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was explained so far, and once more."""
    person = get_visible(request, Person.objects.filter(erased_at=None), public_id=public_id)
    form = BenefitForm(request.POST or None, authority=request.authority, initial=today_in("shown_on"))
    if request.method == "POST" and form.is_valid():
        domain.show_benefits(actor=request.actor, to=person, **form.cleaned_data)
        messages.success(request, "説明したことを記録しました。")
        return redirect(town_url(request.authority, "prospects:person_benefits", public_id=public_id))
    labels = by_key(current(request.authority).activities.benefits)
    rows = [{"row": row, "label": labels[row.benefit].label.ja} for row in person.benefits_shown.all()]
    return render(request, "prospects/person_benefits.html", {"form": form, "person": person, "benefits": rows})
