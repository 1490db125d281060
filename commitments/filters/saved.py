"""A search that somebody keeps: the query string of the list, cleaned, run and put into words."""

from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.filters.commitments import OrderedCommitmentFilter
from commitments.models import Commitment
from commitments.reports import standings
from commitments.reports.following import Searches

NOT_OF_THE_SEARCH = frozenset({"order", "page", "as_of", "version", "lang", "topic", "of"})
LONGEST_QUERY = 500


def cleaned_query(query: str) -> str:
    """The query with what it asks and nothing else, in a fixed order, so that one is one.

    Raises Invalid where the list could not read it, or where it asks for nothing.
    """
    given = QueryDict(query)
    names = [name for name in OrderedCommitmentFilter.base_filters if name in given]
    kept = QueryDict(mutable=True)
    for name in sorted(set(names) - NOT_OF_THE_SEARCH):
        if values := [value.strip() for value in given.getlist(name) if value.strip()]:
            kept.setlist(name, values)
    text = kept.urlencode()
    if not text or len(text) > LONGEST_QUERY:
        raise Invalid("search_empty", _EMPTY)
    if not _asked(text, Commitment.objects.public()).is_valid():
        raise Invalid("search_unreadable", _UNREADABLE)
    return text


_EMPTY = _("This search asks for nothing. Set a filter in the list of commitments first.")
_UNREADABLE = _("This search could not be read. Open it in the list of commitments and try again.")


def found_by(query: str, today: date) -> QuerySet[Commitment]:
    """The published commitments that a kept search finds on a day, as the list would.

    One that cannot be read any more, as a body of it was merged, finds nothing.
    """
    asked = _asked(query, standings.worst_first(Commitment.objects.public(), today))
    if not asked.is_valid():
        return Commitment.objects.none()
    rows: QuerySet[Commitment] = asked.qs
    programme = asked.form.cleaned_data.get("programme")
    return rows if programme else rows.filter(programme__is_demo=False)


def words_of(query: str) -> str:
    """What a kept search asks, as the list shows it; nothing where it cannot be read."""
    asked = _asked(query, Commitment.objects.public())
    if not asked.is_valid():
        return ""
    said = []
    for bound in asked.form:
        values = asked.form.data.getlist(bound.name) if bound.name in asked.form.data else []
        named = dict(getattr(bound.field, "choices", ()))
        said += [f"{bound.label}: {_label(bound.field, named, value)}" for value in values]
    return " · ".join(said)


def _label(field: object, named: dict[object, object], value: str) -> str:
    for choice, label in named.items():
        if str(choice) == value:
            return str(label)
    return value


def _asked(query: str, rows: QuerySet[Commitment]) -> OrderedCommitmentFilter:
    return OrderedCommitmentFilter(QueryDict(query), rows)


SEARCHES = Searches(found_by, words_of)
