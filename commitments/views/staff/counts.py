"""The numbers of the navigation alone, for pages that stay open."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from commitments.reports.counts import counts_for
from commitments.views.staff._page import StaffRequest


@require_safe
@login_required
def count_list(request: StaffRequest) -> HttpResponse:
    """How much waits; htmx puts each number into its place."""
    numbers = counts_for(request.user, localdate()).items()
    return render(request, "staff/_counts.html", {"numbers": numbers})
