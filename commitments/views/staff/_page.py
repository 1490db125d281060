"""What every staff page has in common: its frame, and who is looking at it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django_htmx.middleware import HtmxDetails

from commitments.models import Membership, Role, User
from commitments.reports.counts import counts_for
from commitments.text.display import said_text


class StaffRequest(HttpRequest):
    """A request of somebody who logged in."""

    user: User
    htmx: HtmxDetails


def page(
    request: StaffRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer with a whole page inside the frame of the staff pages."""
    return render(request, template, frame(request) | (context or {}), status=status)


def frame(request: StaffRequest) -> dict[str, Any]:
    """Who is logged in, in which role, and the numbers of the navigation."""
    rows = Membership.objects.current().filter(user=request.user)
    held = list(rows.select_related("organisation"))
    as_any = request.user.organisations_as
    first = min(held, key=lambda one: list(Role).index(Role(one.role)), default=None)
    return {
        "role_name": capfirst(first.get_role_display()) if first else "",
        "organisation_name": said_text(first.organisation, "name") if first else "",
        "is_officer": bool(as_any(Role.OFFICER)),
        "reviews": bool(as_any(Role.OFFICER, Role.APPROVER)),
        "asks_changes": bool(as_any(Role.OFFICER, Role.APPROVER, Role.REPORTER)),
        "keeps_bodies": bool(as_any(Role.OFFICER, Role.ADMINISTRATOR)),
        "keeps_people": bool(as_any(Role.OFFICER, Role.ADMINISTRATOR, Role.APPROVER)),
        "demo": any(one.organisation.is_demo for one in held),
        "counts": counts_for(request.user, localdate()),
    }
