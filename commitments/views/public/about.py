"""What this is: who keeps it, how to cite it, whom it leaves out, and how to take the data."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commitments.models import Programme
from commitments.reports.definitions import version_on
from commitments.reports.packages.describing import licence
from commitments.reports.replay import Moment
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

LICENCE = "AGPL-3.0-or-later"
VERIFY = "manage.py verify_record"
EXAMPLES = (
    (
        gettext_lazy("Commitments in progress, the next due first"),
        "api:commitment-list",
        "?stage=in_progress&ordering=due",
    ),
    (gettext_lazy("A search without diacritics"), "api:commitment-list", "?q=nghi+dinh"),
    (gettext_lazy("Everything that was said"), "api:update-list", ""),
    (gettext_lazy("The whole history, event by event"), "api:event-list", "?after=0&limit=1000"),
)
"""What may be asked of the API: what it answers, the list, its query."""


@require_safe
def about(request: PublicRequest) -> HttpResponse:
    context = {
        "operator": settings.OPERATOR_NAME,
        "email": settings.OPERATOR_EMAIL,
        "site": settings.SITE_URL,
        "licence": LICENCE,
        "today": request.today,
        "method": version_on(request.today).version,
        "trail": trail((_("About this record"), "")),
    }
    return render(request, "public/about/about.html", context)


@require_safe
def accessibility(request: PublicRequest) -> HttpResponse:
    context = {
        "operator": settings.OPERATOR_NAME,
        "email": settings.OPERATOR_EMAIL,
        "trail": trail((_("Accessibility"), "")),
    }
    return render(request, "public/about/accessibility.html", context)


@require_safe
def data(request: PublicRequest) -> HttpResponse:
    """What can be taken away, with the head of the record on the day of the page."""
    newest = Moment(request.today, request.version).events().order_by("-sequence")
    context = {
        "head": newest.only("sequence", "hash").first(),
        "licence": licence(),
        "examples": [(text, reverse(name) + query) for text, name, query in EXAMPLES],
        "verify": VERIFY,
        "programmes": Programme.objects.public().real(),
        "site": settings.SITE_URL,
        "trail": trail((_("Data and API"), "")),
    }
    return render(request, "public/about/data.html", context)
