"""Sources, and what in the record rests on each."""

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters.lists import SOURCES, SourceListForm, sources
from commitments.models import Source
from commitments.reports.resting import resting_on
from commitments.views.public._finder import finder, finder_page
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail


@require_safe
def source_list(request: PublicRequest) -> HttpResponse:
    """Those that the filters find, the newest first; those of which no date was found come last."""
    context = finder(request, SourceListForm(request.GET), SOURCES, sources, _newest_first)
    context["trail"] = trail((_("Sources"), ""))
    return finder_page(request, "public/sources/list.html", context)


def _newest_first(rows: QuerySet[Source]) -> QuerySet[Source]:
    return rows.order_by(F("published_latest").desc(nulls_last=True), "slug")


@require_safe
def source_detail(request: PublicRequest, slug: str) -> HttpResponse:
    found = Source.objects.public().select_related("issuer", "file")
    source = get_object_or_404(found, slug=slug)
    context = {
        "source": source,
        "demo": source.is_demo,
        "groups": resting_on(source),
        "trail": trail((_("Sources"), reverse("source-list")), (source.slug, "")),
    }
    return render(request, "public/sources/detail.html", context)
