"""Known publications, offered while somebody types evidence."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commitments.models import Commitment, StatusUpdate
from commitments.reports.suggestions import known_sources
from commitments.rules import access
from commitments.views.staff._kept import keeps_typed
from commitments.views.staff._page import StaffRequest


@require_safe
@keeps_typed
def source_suggest(request: StaffRequest, slug: str) -> HttpResponse:
    """For those who may write an update here: at most ten, each with what a row needs."""
    seen = Commitment.objects.visible_to(request.user).select_related("programme")
    commitment = get_object_or_404(seen, slug=slug)
    own = StatusUpdate.objects.filter(commitment=commitment, author=request.user)
    if not access.may_report(request.user, commitment) and not own.exists():
        raise PermissionDenied
    row = request.GET.get("row", "")
    context = {
        "sources": known_sources(commitment, request.user, _typed(request)),
        "row": row if row.isdecimal() and len(row) < 3 else "0",
    }
    return render(request, "staff/updates/_suggestions.html", context)


def _typed(request: StaffRequest) -> str:
    """What stands in the one field that asked, whatever its row."""
    ending = ("-title", "-url", "-publisher")
    found = [str(value) for name, value in request.GET.items() if name.endswith(ending)]
    return (found or [request.GET.get("q", "")])[0][:300]
