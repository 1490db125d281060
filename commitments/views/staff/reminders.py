"""What an officer sees of the reminders of their programmes."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.models import Role
from commitments.reports import reminders
from commitments.reports.officer import programmes_of
from commitments.services.notices import working_days
from commitments.views.staff._page import StaffRequest, page

PER_PAGE = 25


@require_safe
@login_required
def reminder_list(request: StaffRequest) -> HttpResponse:
    """What will go to whom in the next 14 days, what waits, what failed and what went."""
    if not request.user.organisations_as(Role.OFFICER):
        raise PermissionDenied
    now = timezone.now()
    programmes = list(programmes_of(request.user))
    sent = Paginator(reminders.sent_in(programmes, now), PER_PAGE)
    context = {
        "days": reminders.coming_in(programmes, now, working_days(now)),
        "waiting": reminders.waiting_in(programmes, now),
        "failed": reminders.failed_in(programmes, now),
        "page": sent.get_page(request.GET.get("page")),
        "span": reminders.SPAN.days,
        "until": timezone.localdate() + reminders.SPAN,
    }
    return page(request, "staff/reminders/list.html", context)
