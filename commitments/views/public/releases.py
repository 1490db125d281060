"""The dated releases of the open data: which there are, and how to check and follow them."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Release
from commitments.reports.packages.describing import licence
from commitments.reports.packages.listing import listed
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

PER_PAGE = 50


@require_safe
def release_list(request: PublicRequest) -> HttpResponse:
    """Made by the day of the page, the newest first, with the tables of the newest that is there.

    Not kept with other pages: a release makes no event by which a kept one would be renewed.
    """
    rows = Release.objects.filter(made_on__lte=request.today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    newest = rows.there().first()
    context = {
        "page": page,
        "releases": [listed(row) for row in page.object_list],
        "newest": listed(newest) if newest else None,
        "licence": licence(),
        "site": settings.SITE_URL,
        "trail": trail((_("Data and API"), reverse("data")), (_("Releases"), "")),
    }
    answer = render(request, "public/releases/list.html", context)
    answer["Cache-Control"] = "public, no-cache"
    return answer
