"""Figures read back while somebody types them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commitments.forms.update import figure_name
from commitments.models import Commitment, Target
from commitments.views.staff._desk import read_back
from commitments.views.staff._kept import keeps_typed
from commitments.views.staff._page import StaffRequest


@require_safe
@keeps_typed
def figure_read(request: StaffRequest, pk: int) -> HttpResponse:
    """What the figure means in the language of the page, or why it cannot be read."""
    seen = Commitment.objects.visible_to(request.user)
    targets = Target.objects.present().filter(commitment__in=seen, value__isnull=False)
    target = get_object_or_404(targets.select_related("commitment"), pk=pk)
    typed = request.GET.get(figure_name(target.pk), "")[:200]
    return render(request, "staff/updates/_figure_read.html", read_back(target, typed))
