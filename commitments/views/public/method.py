"""How the record is kept: its words, rules and limits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.reports import definitions
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail


@require_safe
def method(request: PublicRequest) -> HttpResponse:
    context = {
        "version": definitions.VERSION,
        "valid_from": definitions.VALID_FROM,
        "axes": definitions.AXES,
        "imports": definitions.IMPORTS,
        "reminders": definitions.REMINDERS,
        "trail": trail((_("Method"), "")),
    }
    return render(request, "public/method/detail.html", context)
