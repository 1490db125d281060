"""Any two wordings of a commitment beside each other, word by word."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.forms.wordings import CompareForm
from commitments.models import Commitment, Wording
from commitments.reports.changes import compared
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import commitment_step, here, programme_step, trail


@require_safe
def wording_compare(request: PublicRequest, slug: str) -> HttpResponse:
    """The original beside the newest, unless two others are asked for."""
    found = Commitment.objects.public().select_related("programme")
    worded = Prefetch("wordings", Wording.objects.select_related("change").order_by("number"))
    commitment = get_object_or_404(found.prefetch_related(worded), slug=slug)
    wordings = {row.number: row for row in commitment.wordings.all()}
    form = CompareForm(request.GET or None, wordings=list(wordings.values()))
    is_valid = not form.is_bound or form.is_valid()
    one, other = form.chosen() if is_valid and wordings else (0, 0)
    before, after = wordings.get(one), wordings.get(other)
    context = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "form": form,
        "is_valid": is_valid,
        "before": before,
        "after": after,
        "texts": compared(vars(before), vars(after)) if before and after else [],
        "trail": trail(
            programme_step(commitment.programme),
            commitment_step(commitment),
            here(_("Wordings compared")),
        ),
    }
    status = 200 if is_valid else 400
    return render(request, "public/wordings/compare.html", context, status=status)
