"""No material change: what will be said, and one button that says it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import Refusal, WrongState
from commitments.models import EDITABLE, Commitment, StatusUpdate, UpdateKind, UpdateState
from commitments.rules import access
from commitments.services import drafts
from commitments.services.updates import report_no_change
from commitments.services.updates.submission import said_last
from commitments.views.staff._desk import last_of_body, number_in
from commitments.views.staff._drafting import next_step
from commitments.views.staff._kept import keeps_typed
from commitments.views.staff._page import StaffRequest, page


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
def update_unchanged(request: StaffRequest, slug: str) -> HttpResponse:
    """Looking at it does nothing; sent twice, it is said once."""
    seen = Commitment.objects.visible_to(request.user).for_list(localdate())
    commitment = get_object_or_404(seen.select_related("forecast_update"), slug=slug)
    if not access.may_report(request.user, commitment):
        raise PermissionDenied
    if request.method != "POST":
        return _shown(request, commitment)
    try:
        said = report_no_change(
            commitment=commitment,
            author=request.user,
            after=number_in(request, "after"),
            today=localdate(),
            now=timezone.now(),
        )
    except drafts.AlreadyBegun as begun:
        if begun.update.kind == UpdateKind.NO_CHANGE and begun.update.state not in EDITABLE:
            messages.info(request, _("This update was handed in already."))
            return redirect("staff:update-detail", begun.update.pk)
        return _shown(request, commitment, WrongState("draft_open", drafts.OTHER_DRAFT))
    except Refusal as refused:
        return _shown(request, commitment, refused)
    messages.success(request, next_step(said))
    return redirect("staff:update-detail", said.pk)


def _shown(
    request: StaffRequest, commitment: Commitment, refused: Refusal | None = None
) -> HttpResponse:
    own = StatusUpdate.objects.filter(commitment=commitment, author=request.user)
    newest = own.order_by("-pk").first()
    begun = own.filter(state=UpdateState.DRAFT).first()
    kept, lead = said_last(commitment), commitment.lead
    context = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "before": last_of_body(commitment),
        "said": kept,
        "after": newest.pk if newest else 0,
        "begun": begun,
        "today": localdate(),
        "refused": refused,
        "missing": drafts.missing_in(
            commitment=commitment,
            body=lead.organisation if lead else None,
            corrects=None,
            said={"kind": UpdateKind.NO_CHANGE, "as_of_on": localdate()} | kept,
            evidence_count=0,
            today=localdate(),
        ),
    }
    status = refused.status if refused else 200
    return page(request, "staff/updates/unchanged.html", context, status=status)
