"""The free days and working days of the years around this one, for officers and administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments.errors import Refusal
from commitments.forms.holidays import HolidayForm
from commitments.forms.refusals import refusals_on
from commitments.models import Holiday
from commitments.reports.holidays import Day, days_of
from commitments.rules import access
from commitments.rules.holidays import years_kept
from commitments.rules.workdays import known_days
from commitments.services import holidays
from commitments.views.staff._page import StaffRequest, page


@require_safe
@login_required
def holiday_list(request: StaffRequest) -> HttpResponse:
    """The days of one year that differ from an ordinary week."""
    if not access.may_see_rules(request.user):
        raise PermissionDenied
    today = localdate()
    asked = request.GET.get("year", "")
    years = years_kept(today)
    year = next((one for one in years if str(one) == asked), today.year)
    context = {
        "year": year,
        "years": years,
        "days": days_of(year),
        "is_to_come": year > today.year,
        "may_keep": access.may_keep_holidays(request.user),
    }
    return page(request, "staff/reminders/holidays/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def holiday_create(request: StaffRequest) -> HttpResponse:
    """Name the day, see what follows from it, confirm."""
    if not access.may_keep_holidays(request.user):
        raise PermissionDenied
    asked = request.POST or request.GET
    typed = {name: asked.get(name, "") for name in HolidayForm.base_fields}
    form, refused = HolidayForm(request.POST or None, initial=typed), None
    deed = request.POST.get("deed", "")
    if deed == "back":
        form = HolidayForm(initial=typed)
    elif form.is_valid():
        try:
            with refusals_on(form):
                return _entered(request, form, confirmed=deed == "enter")
        except Refusal as raised:
            refused = raised
    status = refused.status if refused else 422 if form.errors else 200
    context = {"form": form, "refused": refused}
    return page(request, "staff/reminders/holidays/form.html", context, status=status)


def _entered(request: StaffRequest, form: HolidayForm, *, confirmed: bool) -> HttpResponse:
    """First what would follow, in words; then the deed."""
    said = form.cleaned_data | {"today": localdate()}
    if not confirmed:
        holidays.check_holiday(**said)
        on = said["on"]
        day = Holiday(**form.cleaned_data)
        context = {"day": Day(on, day, known_days(on.year).get(on)), "typed": form.data}
        return page(request, "staff/reminders/holidays/confirm.html", context)
    holiday = holidays.enter_holiday(**said, by=request.user)
    messages.success(request, _("The day is entered. Reminders follow it from the next run on."))
    return redirect(_back(holiday))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def holiday_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the day be again what the calendar has it for."""
    if not access.may_see_rules(request.user):
        raise PermissionDenied
    holiday = get_object_or_404(Holiday, pk=pk)
    if not access.may_keep_holidays(request.user):
        raise PermissionDenied
    if request.method == "POST":
        holidays.remove_holiday(holiday=holiday, by=request.user)
        messages.success(
            request, _("The entry is removed. Reminders follow it from the next run on.")
        )
        return redirect(_back(holiday))
    known = known_days(holiday.on.year).get(holiday.on)
    context = {"day": Day(holiday.on, holiday, known), "before": Day(holiday.on, None, known)}
    return page(request, "staff/reminders/holidays/remove.html", context)


def _back(holiday: Holiday) -> str:
    """The list of its year."""
    return f"{reverse('staff:holiday-list')}?year={holiday.on.year}"
