"""Reminding by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import Refusal
from commitments.models import Commitment, Notice, Obligation, User
from commitments.reports.subjects.obligations import facts_of
from commitments.rules import access
from commitments.rules.reminders import REPORTER
from commitments.services.nudges import AlreadyReminded, nudge
from commitments.views.staff._page import StaffRequest, page


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def nudge_create(request: StaffRequest, pk: int) -> HttpResponse:
    """Remind those in charge of an owed update, by a mail that goes out within a minute."""
    visible = Commitment.objects.visible_to(request.user)
    found = Obligation.objects.filter(commitment__in=visible)
    obligation = get_object_or_404(found.select_related("commitment__programme", "period"), pk=pk)
    if not access.may_nudge(request.user, obligation.commitment):
        raise PermissionDenied
    if request.method != "POST":
        return _asked(request, obligation)
    try:
        made = nudge(obligation=obligation, by=request.user, now=timezone.now())
    except AlreadyReminded as refused:
        messages.info(request, str(refused))
    except Refusal as refused:
        return _asked(request, obligation, refused)
    else:
        messages.success(request, _told(made))
    if request.POST.get("to") == "reporting":
        return redirect("staff:reporting-list")
    return redirect("staff:commitment-detail", obligation.commitment.slug)


def _told(made: list[Notice]) -> str:
    people = User.objects.filter(pk__in=[notice.recipient_id for notice in made])
    names = ", ".join(str(person) for person in people.order_by("full_name", "pk"))
    return _("Reminded: {people}. The mail goes out within a few minutes.").format(people=names)


def _asked(
    request: StaffRequest, obligation: Obligation, refused: Refusal | None = None
) -> HttpResponse:
    facts = facts_of([obligation], localdate())[obligation.pk]
    told = [person.pk for person in facts.people[REPORTER]]
    context = {
        "obligation": obligation,
        "commitment": obligation.commitment,
        "demo": obligation.commitment.programme.is_demo,
        "people": list(User.objects.filter(pk__in=told).order_by("full_name", "pk")),
        "refused": refused,
    }
    status = refused.status if refused else 200
    return page(request, "staff/nudges/confirm.html", context, status=status)
