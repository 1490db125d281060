"""What an officer sees of the reminders of their programmes."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commitments.forms.reminders import ComingForm, LedgerForm
from commitments.models import Programme, Role
from commitments.reports import reminders
from commitments.reports.heartbeat import health
from commitments.reports.officer import programmes_of
from commitments.reports.webhooks import hooks_health
from commitments.rules import access
from commitments.services.notices import working_days
from commitments.services.notices.retrying import retriable
from commitments.sheets import Column, Table
from commitments.sheets.tables import Value
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.exports import table_file

PER_PAGE = 10
ROWS = 50
"""How many notices stand on a page of the ledger, and how many mails of one day on the first."""


def programmes_reminded(request: StaffRequest) -> list[Programme]:
    """The programmes whose reminders the officer sees. Raises PermissionDenied for all others."""
    if not request.user.organisations_as(Role.OFFICER):
        raise PermissionDenied
    return list(programmes_of(request.user))


@require_safe
@login_required
def reminder_list(request: StaffRequest) -> HttpResponse:
    """What will go to whom in the next 14 days, what waits, what failed and what went."""
    programmes, now = programmes_reminded(request), timezone.now()
    calendar = working_days(now)
    form = ComingForm(request.GET, programmes=programmes)
    wanted, asked = form.asked()
    sent = Paginator(reminders.sent_in(programmes, now), PER_PAGE)
    shown = sent.get_page(request.GET.get("page"))
    pauses = reminders.pauses_of(programmes)
    paused = {one.programme_id for one in pauses}
    context: dict[str, Any] = {
        "form": form,
        "days": reminders.coming_in(wanted, now, calendar, asked=asked, most=ROWS),
        "is_narrowed": bool(request.GET.keys() & form.fields.keys()),
        "waiting": reminders.waiting_in(programmes, now, calendar, ROWS),
        "failed": reminders.failed_in(programmes, now),
        "retriable": set(retriable(request.user, now).values_list("pk", flat=True)),
        "health": health(now),
        "hooks": hooks_health(now),
        "page": shown,
        "mails": reminders.carrying(shown),
        "pauses": pauses,
        "to_pause": [
            one
            for one in programmes
            if one.pk not in paused and access.may_pause_reminders(request.user, one)
        ],
        "span": reminders.SPAN.days,
        "until": timezone.localdate() + reminders.SPAN,
    }
    return page(request, "staff/reminders/list.html", context)


@require_safe
@login_required
def reminder_ledger(request: StaffRequest) -> HttpResponse:
    """Every notice of the officer's programmes, whatever became of it."""
    programmes = programmes_reminded(request)
    form = LedgerForm(request.GET or None, programmes=programmes)
    asked = form.asked() if form.is_bound else reminders.AskedLedger()
    pages = Paginator(reminders.ledger_of(programmes, asked), ROWS)
    shown = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": asked,
        "page": shown,
        "entries": reminders.entries_of(shown),
        "total": pages.count,
    }
    return page(request, "staff/reminders/ledger.html", context)


@require_safe
@login_required
def digest_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One mail: when it went, its tries and errors, and what of the officer's it carried."""
    programmes = programmes_reminded(request)
    mails = reminders.mails_of(programmes).select_related("recipient", "again_by")
    digest = get_object_or_404(mails, pk=pk)
    context = {
        "digest": digest,
        "carried": reminders.carried_by(digest, programmes),
        "faults": list(digest.faults.order_by("happened_at", "pk")),
        "may_retry": retriable(request.user, timezone.now()).filter(pk=digest.pk).exists(),
    }
    return page(request, "staff/reminders/mail.html", context)


COLUMNS = (
    Column("due_at", gettext_lazy("Due"), 18),
    Column("person", gettext_lazy("To"), 28),
    Column("email", gettext_lazy("E-mail address"), 28),
    Column("rule", gettext_lazy("Rule"), 8),
    Column("reason", gettext_lazy("Why"), 44),
    Column("commitment", gettext_lazy("Commitment"), 16),
    Column("about", gettext_lazy("About"), 44),
    Column("instead_of", gettext_lazy("Instead of"), 28),
)


@require_safe
@login_required
def reminder_export(request: StaffRequest, form: str) -> HttpResponseBase:
    """The next 14 days as a file, as they are narrowed on the page."""
    programmes, now = programmes_reminded(request), timezone.now()
    wanted, asked = ComingForm(request.GET, programmes=programmes).asked()
    days = reminders.coming_in(wanted, now, working_days(now), asked=asked)
    return table_file(Table(_("Reminders"), COLUMNS, _rows(days)), "reminders", form)


def _rows(days: list[reminders.Day]) -> Iterator[list[Value]]:
    for day in days:
        for mail in day.mails:
            for line in mail.lines:
                about = line.thing.commitment
                yield [
                    f"{timezone.localtime(mail.due_at):%Y-%m-%d %H:%M}",
                    str(mail.person),
                    mail.person.email,
                    line.rule,
                    str(line.words),
                    (about.reference or about.slug) if about else "",
                    line.thing.words,
                    ", ".join(str(one) for one in line.instead_of),
                ]
