"""Who owes an update: of whom one is asked, and since when it is due."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters.owing import OwingFilter
from commitments.models import Commitment
from commitments.reports import owing
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

PER_PAGE = 50


@require_safe
def owing_list(request: PublicRequest) -> HttpResponse:
    """The longest owed first, those who never reported and those who were excused apart."""
    rows = owing.owing(Commitment.objects.public(), request.today)
    found = OwingFilter(request.GET, rows, request=request)
    is_valid = found.is_valid()
    page = Paginator(found.qs if is_valid else rows.none(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    programme = found.form.cleaned_data.get("programme")
    asked = Commitment.objects.public().filter(reporting_opened_on__isnull=False)
    is_demo = bool(programme and programme.is_demo)
    context = {
        "form": found.form,
        "is_valid": is_valid,
        "page": page,
        "rows": owing.owed(page, request.today),
        "is_filtered": any(found.form.cleaned_data.values()),
        "is_anybody_asked": asked.filter(programme__is_demo=is_demo).exists(),
        "today": request.today,
        "demo": is_demo,
        "trail": trail((_("Who owes an update"), "")),
    }
    status = 200 if is_valid else 400
    return render(request, "public/owing/list.html", context, status=status)
