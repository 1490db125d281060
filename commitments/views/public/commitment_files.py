"""A commitment as files: how it is cited, and its events as a table."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments.models import PublicEvent
from commitments.reports import whole
from commitments.reports.citations import Citation, citation_of
from commitments.sheets import Column, Table, write_csv
from commitments.sheets.tables import Value
from commitments.views.public._page import PublicRequest
from commitments.views.public.commitments import public, said

COLUMNS = (
    Column("sequence", _("No.")),
    Column("recorded_at", _("Recorded")),
    Column("effective_on", _("As of")),
    Column("object_kind", _("kind of object")),
    Column("object_key", _("key of the object")),
    Column("action", _("action")),
    Column("actor_role", _("role that acted")),
    Column("actor_organisation", _("organisation that acted")),
    Column("hash", _("Its hash")),
)
FORMS = {
    "bib": ("application/x-bibtex", "bibtex"),
    "ris": ("application/x-research-info-systems", "ris"),
    "json": ("application/vnd.citationstyles.csl+json", "csl"),
}
"""How a citation is given to programs, by the ending of its file."""


@require_safe
def commitment_cite(request: PublicRequest, slug: str, form: str) -> HttpResponse:
    """The citation of the present version as a file."""
    commitment = get_object_or_404(public(), slug=slug)
    event = whole.newest_event(slug, request.today, request.version)
    return citation_file(citation_of(commitment, event, request.present), form)


@require_safe
def update_cite(request: PublicRequest, slug: str, number: int, form: str) -> HttpResponse:
    commitment, update = said(slug, number)
    event = whole.newest_event(slug, request.today, request.version)
    return citation_file(
        citation_of(commitment, event, request.present, number=update.number), form
    )


def citation_file(citation: Citation, form: str) -> HttpResponse:
    """Raises Http404 for a form that is none of `FORMS`."""
    if form not in FORMS:
        raise Http404
    media_type, name = FORMS[form]
    return HttpResponse(
        getattr(citation, name),
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{citation.key}.{form}"'},
    )


@require_safe
def commitment_history(request: PublicRequest, slug: str) -> HttpResponse:
    """The events of a commitment up to the day, the oldest first, as CSV."""
    commitment = get_object_or_404(public(), slug=slug)
    rows = whole.events_until(commitment.slug, request.today, request.version)
    table = Table(commitment.slug, COLUMNS, _rows(rows.defer("before", "after")))
    return HttpResponse(
        "".join(write_csv(table)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slug}-events.csv"'},
    )


def _rows(events: QuerySet[PublicEvent]) -> Iterator[list[Value]]:
    for event in events.order_by("sequence"):
        yield [getattr(event, column.key) for column in COLUMNS]
