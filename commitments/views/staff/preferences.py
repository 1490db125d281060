"""One's own reminders and one's own calendar address; both stand on the page of the account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commitments.forms.preferences import TopicsForm
from commitments.forms.refusals import refusals_on
from commitments.services.calendar_addresses import make_calendar_address, revoke_calendar_address
from commitments.services.mutes import set_mutes
from commitments.views.staff._page import StaffRequest
from commitments.views.staff.account import account_page, muted_by


@require_POST
@login_required
def mute_edit(request: StaffRequest) -> HttpResponse:
    """Save of which topics mail comes."""
    form = TopicsForm(request.POST, muted=muted_by(request.user))
    if form.is_valid():
        with refusals_on(form):
            set_mutes(person=request.user, topics=form.muted, now=timezone.now())
            messages.success(request, _("Saved. What no longer fits is called off."))
            return _back_to("reminders")
    return account_page(request, topics_form=form)


@require_POST
@login_required
def calendar_address_create(request: StaffRequest) -> HttpResponse:
    """Make an address; the one that was there opens nothing any more."""
    make_calendar_address(person=request.user, now=timezone.now())
    messages.success(request, _("The address of your calendar is made. Keep it to yourself."))
    return _back_to("calendar")


@require_POST
@login_required
def calendar_address_revoke(request: StaffRequest) -> HttpResponse:
    """Give the address up."""
    revoke_calendar_address(person=request.user, now=timezone.now())
    messages.success(request, _("Your calendar has no address any more."))
    return _back_to("calendar")


def _back_to(section: str) -> HttpResponse:
    return redirect(f"{reverse('staff:account')}#{section}")
