"""Who changed what, when and by which route: the house's own history of a thing."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from commitments.forms.history import HistoryForm
from commitments.models import Commitment, Organisation, User
from commitments.reports import history
from commitments.rules import access
from commitments.text.display import said_text
from commitments.views.staff._page import StaffRequest, page

PER_PAGE = 50
LAST_PAGE = 100
"""Further back a reader asks for a stretch of days."""


@dataclass(frozen=True)
class Subject:
    """The thing whose history is shown: what it is called, where it stands, what belongs to it."""

    name: str
    address: str
    scope: history.Scope


@require_safe
@login_required
def history_list(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Every version of the thing and of what hangs on it, newest first."""
    if kind not in SUBJECTS:
        raise Http404
    subject = SUBJECTS[kind](request, pk)
    form = HistoryForm(request.GET or None, people=history.people_in(subject.scope))
    number = _page_number(request)
    rows = history.entries(
        subject.scope, form.asked, start=(number - 1) * PER_PAGE, number=PER_PAGE + 1
    )
    context = {
        "subject": subject,
        "form": form,
        "entries": rows[:PER_PAGE],
        "number": number,
        "newer": _address(request, number - 1) if number > 1 else "",
        "older": _address(request, number + 1) if len(rows) > PER_PAGE else "",
    }
    status = 422 if form.errors else 200
    return page(request, "staff/history/list.html", context, status=status)


def _page_number(request: StaffRequest) -> int:
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), LAST_PAGE)


def _address(request: StaffRequest, number: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"


def _commitment(request: StaffRequest, pk: int) -> Subject:
    seen = Commitment.objects.visible_to(request.user).with_bodies().select_related("programme")
    commitment = get_object_or_404(seen, pk=pk)
    if not access.may_see_inside(request.user, commitment):
        raise PermissionDenied
    return Subject(
        name=said_text(commitment, "title"),
        address=reverse("staff:commitment-detail", args=[commitment.slug]),
        scope=history.of_commitment(commitment, request.user),
    )


def _organisation(request: StaffRequest, pk: int) -> Subject:
    organisation = get_object_or_404(Organisation, pk=pk)
    world = organisation.is_demo
    if not access.delivers_as(request.user, *access.UNIT_ROLES, is_demo=world):
        raise Http404 if organisation.published_at is None else PermissionDenied
    return Subject(
        name=said_text(organisation, "name"),
        address=reverse("staff:organisation-detail", args=[organisation.slug]),
        scope=history.of_organisation(organisation),
    )


def _person(request: StaffRequest, pk: int) -> Subject:
    person = get_object_or_404(User, pk=pk)
    if not access.may_see_history_of(request.user, person):
        raise Http404
    return Subject(name=str(person), address="", scope=history.of_person(person))


SUBJECTS: dict[str, Callable[[StaffRequest, int], Subject]] = {
    "commitment": _commitment,
    "organisation": _organisation,
    "person": _person,
}
