"""The list of commitments with its filters, worst first."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters import OrderedCommitmentFilter
from commitments.models import Commitment
from commitments.reports import standings
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import trail

PER_PAGE = 50


@require_safe
def commitment_list(request: PublicRequest) -> HttpResponse:
    """Show what the filters find, worst first; what they cannot read is said, with 400."""
    rows = standings.worst_first(Commitment.objects.public(), request.today)
    found = OrderedCommitmentFilter(request.GET, rows, request=request)
    is_valid = found.is_valid()
    programme = found.form.cleaned_data.get("programme")
    matching = found.qs if programme else found.qs.filter(programme__is_demo=False)
    page = Paginator(matching if is_valid else rows.none(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": found.form,
        "is_valid": is_valid,
        "page": page,
        "found": standings.counted(page.paginator.count) if is_valid else "",
        "demo": bool(programme and programme.is_demo),
        "trail": trail((_("Commitments"), "")),
    }
    status = 200 if is_valid else 400
    return render(request, "public/commitments/list.html", context, status=status)
