"""An update exactly as the public will see it, before anybody does."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import StatusUpdate, UpdateState
from commitments.reports.readings import reading_of
from commitments.rules import access
from commitments.services.updates.publication import next_number
from commitments.views.public._trail import commitment_step, here, programme_step, trail
from commitments.views.staff._desk import published_last
from commitments.views.staff._page import StaffRequest


@require_safe
@login_required
def update_preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The public page of it, framed: with the number and day that it would have now.

    Nothing of that is stored; whoever may see the update may see its preview.
    """
    seen = StatusUpdate.objects.visible_to(request.user).for_history()
    update = get_object_or_404(seen.select_related("commitment__programme"), pk=pk)
    commitment, is_public = update.commitment, update.state == UpdateState.PUBLISHED
    if not is_public:
        update.number = next_number(commitment)
        update.published_at = timezone.now()
    last = published_last(commitment)
    measured = update.measurements.all()
    context = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "update": update,
        "is_public": is_public,
        "may_edit": access.may_edit(request.user, update),
        "figures": [
            (one.target, reading_of(one.target, one.value, last.get(one.target_id)))
            for one in measured
        ],
        "trail": trail(
            programme_step(commitment.programme),
            commitment_step(commitment),
            here(_("Update {number}").format(number=update.number)),
        ),
    }
    return render(request, "staff/updates/preview.html", context)
