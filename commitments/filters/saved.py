"""A search that somebody keeps: the query string of the list, cleaned, run and put into words."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.filters.facets import FACETS, CommitmentListForm
from commitments.filters.listed import matching
from commitments.models import Commitment
from commitments.reports.following import Searches

NAMES = ("q", *FACETS, "demo")
"""What a search asks; the order and the page of the list are none of it."""
LONGEST_QUERY = 500


def cleaned_query(query: str) -> str:
    """The query with what it asks and nothing else, in a fixed order, so that one is one.

    Raises Invalid where the list could not read it, or where it asks for nothing.
    """
    given, kept = QueryDict(query), QueryDict(mutable=True)
    for name in NAMES:
        values = sorted({value.strip() for value in given.getlist(name)} - {""})
        if values:
            kept.setlist(name, values)
    text = kept.urlencode(safe="/")
    if not text or len(text) > LONGEST_QUERY:
        raise Invalid("search_empty", _EMPTY)
    if not CommitmentListForm(QueryDict(text)).is_valid():
        raise Invalid("search_unreadable", _UNREADABLE)
    return text


_EMPTY = _("This search asks for nothing. Set a filter in the list of commitments first.")
_UNREADABLE = _("This search could not be read. Open it in the list of commitments and try again.")


def found_by(query: str, today: date) -> QuerySet[Commitment]:
    """The published commitments that a kept search finds on a day, as the list would.

    One that cannot be read any more, as a body of it was merged, finds nothing.
    """
    form = CommitmentListForm(QueryDict(query))
    return matching(form, today) if form.is_valid() else Commitment.objects.none()


def words_of(query: str) -> str:
    """What a kept search asks, as the list shows it; nothing where it cannot be read."""
    form = CommitmentListForm(QueryDict(query))
    if not form.is_valid():
        return ""
    said = [f"“{words}”"] if (words := form.cleaned_data.get("q")) else []
    for name in form.chosen:
        field: Any = form.fields[name]
        labels = {str(word): str(label) for word, label in field.choices}
        values = ", ".join(labels.get(word, word) for word in form.cleaned_data[name])
        said.append(f"{field.label}: {values}")
    if form.is_demo and not said:
        said.append(str(form.fields["demo"].label))
    return " · ".join(capfirst(one) for one in said)


SEARCHES = Searches(found_by, words_of)
