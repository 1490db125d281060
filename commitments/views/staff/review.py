"""The queue of review, and the time at which an update is to be published by itself."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.forms.review import QueueForm, ScheduleForm
from commitments.models import Role
from commitments.reports.queue import (
    choices_of,
    clocked,
    for_rows,
    lying_for,
    scheduled_for,
    waiting_in_queue,
)
from commitments.services.calendar import calendar_for
from commitments.services.updates import schedule_release, unschedule_release
from commitments.text.display import limited_date
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff._update_page import done, seen, version_read

ROWS = 50
"""How many waiting updates stand on one page."""


@require_safe
@login_required
def review_list(request: StaffRequest) -> HttpResponse:
    """Everything that waits for the person, the oldest first; what is set, and what lies."""
    if not request.user.organisations_as(Role.APPROVER, Role.OFFICER):
        raise PermissionDenied
    programmes, bodies = choices_of(request.user)
    form = QueueForm(request.GET, programmes=programmes, bodies=bodies)
    asked, today = form.asked(), localdate()
    pages = Paginator(for_rows(waiting_in_queue(request.user, asked)), ROWS)
    found = pages.get_page(request.GET.get("page"))
    lying = list(lying_for(request.user, asked))
    calendar = calendar_for(today)
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "page": found,
        "waiting": clocked(list(found), today, calendar),
        "lying": clocked(lying, today, calendar),
        "scheduled": list(scheduled_for(request.user, asked)),
        "total": pages.count,
    }
    return page(request, "staff/review/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_schedule(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the time at which it is published."""
    update, form = seen(request, pk), ScheduleForm(request.POST or None)

    def schedule() -> str:
        schedule_release(
            update=update,
            officer=request.user,
            at=form.at,
            today=localdate(),
            now=timezone.now(),
            version=version_read(request),
        )
        said = _("It will be published on {day} at {time}.")
        return said.format(day=limited_date(form.at.date()), time=f"{form.at:%H:%M}")

    return done(request, update, schedule, goes_on=True, schedule_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def update_unschedule(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the time back; it waits for an officer again."""
    update = seen(request, pk)

    def unschedule() -> str:
        unschedule_release(update=update, officer=request.user, now=timezone.now())
        return _("Taken off the schedule. It waits for an officer again.")

    return done(request, update, unschedule)
