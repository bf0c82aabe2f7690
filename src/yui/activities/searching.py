"""What of an opportunity is found by a search: every word of its page."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from yui.activities.models import Opportunity
from yui.activities.states import OpportunityState
from yui.base.definitions import by_key, current
from yui.base.search.registry import Text, searchable
from yui.base.search.words import word_tokens
from yui.base.tenancy.models import Authority

OPPORTUNITY = "opportunity"


def _rows() -> QuerySet[Opportunity]:
    rows = Opportunity.objects.exclude(state=OpportunityState.ENDED).prefetch_related("choices")
    return rows.select_related("authority", "activity__host_organization", "session", "district")


def _texts(rows: Iterable[Opportunity]) -> Iterator[Text]:
    themes: dict[str, str] = {}
    for row in rows:
        themes = themes or _themes(row.authority)
        said = [row.title, row.about, row.place, row.when_text, row.activity.title]
        said += [themes.get(choice.key, "") for choice in row.choices.all() if choice.kind == "theme"]
        said += [row.activity.host_organization.name] if row.activity.host_organization else []
        said += [row.session.place] if row.session else []
        said += [row.district.name] if row.district else []
        yield Text(row.pk, "", word_tokens("\n".join(said)))


def _themes(authority: Authority) -> dict[str, str]:
    """Key of a theme → its names in every language: Agricultura finds what 農 finds."""
    return {key: "\n".join(item.label.root.values()) for key, item in by_key(current(authority).people.themes).items()}


searchable(OPPORTUNITY, rows=_rows, texts=_texts)
