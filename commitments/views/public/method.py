"""How the record is kept: its words, rules and limits, in every version that ever held."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.reports import definitions
from commitments.reports.definitions import Method
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import Step, trail


@require_safe
def method(request: PublicRequest) -> HttpResponse:
    """The version that holds on the day of the page."""
    held = definitions.version_on(request.today)
    return _shown(request, held, (_("Method"), ""))


@require_safe
def method_version(request: PublicRequest, version: int) -> HttpResponse:
    """The lasting address of one version."""
    found = definitions.version_with(version)
    if found is None:
        raise Http404
    here = (_("Version {number}").format(number=version), "")
    return _shown(request, found, (_("Method"), reverse("method")), here)


def _shown(request: PublicRequest, method: Method, *steps: Step) -> HttpResponse:
    context = {
        "method": method,
        "until": definitions.valid_until(method),
        "versions": definitions.VERSIONS,
        "is_numbered": len(steps) > 1,
        "trail": trail(*steps),
    }
    return render(request, "public/method/detail.html", context)
