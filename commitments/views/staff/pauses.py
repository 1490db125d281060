"""The reminders of a programme are paused with a reason, and resumed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import WrongState
from commitments.forms.pauses import PauseForm
from commitments.forms.refusals import refusals_on
from commitments.models import Pause, Programme
from commitments.rules import access
from commitments.services.pauses import pause_reminders, resume_reminders
from commitments.views.staff._page import StaffRequest, page


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reminder_pause(request: StaffRequest, slug: str) -> HttpResponse:
    """Say why, and let nothing of the programme go out until it is resumed."""
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    if not access.may_pause_reminders(request.user, programme):
        raise PermissionDenied
    form, refused = PauseForm(request.POST or None), None
    if form.is_valid():
        try:
            with refusals_on(form):
                said = form.cleaned_data["reason"]
                pause_reminders(
                    programme=programme, by=request.user, reason=said, now=timezone.now()
                )
                messages.success(request, _("The reminders are paused. Nothing goes out."))
                return redirect("staff:reminder-list")
        except WrongState as raised:
            refused = raised
    context = {
        "form": form,
        "programme": programme,
        "demo": programme.is_demo,
        "standing": Pause.objects.open().filter(programme=programme).first(),
        "refused": refused,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/reminders/pause.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reminder_resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the reminders go on; whoever is owed something gets one mail with where it stands."""
    pauses = Pause.objects.filter(programme__in=Programme.objects.public())
    pause = get_object_or_404(pauses.select_related("programme", "paused_by"), pk=pk)
    if not access.may_pause_reminders(request.user, pause.programme):
        raise PermissionDenied
    if request.method == "POST":
        resume_reminders(pause=pause, by=request.user, now=timezone.now())
        said = _("The reminders go on. Each person gets one mail with where things stand now.")
        messages.success(request, said)
        return redirect("staff:reminder-list")
    context = {"pause": pause, "demo": pause.programme.is_demo}
    return page(request, "staff/reminders/resume.html", context)
