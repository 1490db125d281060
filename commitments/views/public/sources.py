"""Sources, and what in the record rests on each."""

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Source
from commitments.reports.resting import resting_on
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

PER_PAGE = 50


@require_safe
def source_list(request: PublicRequest) -> HttpResponse:
    """The newest first; those of which no date was found come last."""
    newest = F("published_latest").desc(nulls_last=True)
    rows = Source.objects.public().real().order_by(newest, "slug")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "trail": trail((_("Sources"), "")),
    }
    return render(request, "public/sources/list.html", context)


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
