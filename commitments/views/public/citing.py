"""How the pages of indicators and organisations are cited; they rest on the whole record."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from commitments.models import Indicator, Organisation
from commitments.reports.citations import Citation, citation_of_page, newest_of
from commitments.views.public._events import events_of
from commitments.views.public._page import PublicRequest
from commitments.views.public.commitment_files import citation_file


def cited(request: PublicRequest, row: Indicator | Organisation) -> Citation:
    """The version that the page shows: the newest event that counts on its day."""
    return citation_of_page(row, newest_of(events_of(request)), request.present)


@require_safe
def indicator_cite(request: PublicRequest, slug: str, form: str) -> HttpResponse:
    return _answer(request, Indicator.objects.all(), slug, form)


@require_safe
def organisation_cite(request: PublicRequest, slug: str, form: str) -> HttpResponse:
    return _answer(request, Organisation.objects.public(), slug, form)


def _answer(request: PublicRequest, rows: QuerySet[Any], slug: str, form: str) -> HttpResponse:
    return citation_file(cited(request, get_object_or_404(rows, slug=slug)), form)
