"""Asking for a change of plan: first what is to change, then what it asks for."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import Refusal
from commitments.forms.changes import AboutForm, ChangeForm, options_for
from commitments.forms.refusals import refusals_on
from commitments.models import ChangeRequest, Commitment
from commitments.reports.changes import Stated, stated
from commitments.reports.present import mark_of
from commitments.rules import access
from commitments.rules.changes import Json
from commitments.services.changes import AlreadyAsked, StoodOtherwise, request_change
from commitments.views.staff._page import StaffRequest, page


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_create(request: StaffRequest, slug: str) -> HttpResponse:
    """Two plain steps; with htmx the second takes the place of the first on the same page."""
    seen = Commitment.objects.visible_to(request.user).select_related("programme")
    commitment = get_object_or_404(seen.with_bodies(), slug=slug)
    if not access.may_request_change(request.user, commitment):
        raise PermissionDenied
    options = options_for(commitment)
    about = AboutForm(request.GET if "about" in request.GET else None, options=options)
    if not about.is_bound or not about.is_valid():
        return _show(request, commitment, {"about": about}, status=422 if about.errors else 200)
    asked = about.cleaned_data["about"]
    context = {"chosen": next(one for one in options if one.value == asked), "asked": asked}
    kind, _colon, subject = asked.partition(":")
    what: dict[str, Any] = {"commitment": commitment, "kind": kind, "subject": subject}
    if request.method != "POST":
        return _show(request, commitment, context | {"form": ChangeForm(**what)})
    form = ChangeForm(request.POST, **what)
    if form.is_valid():
        try:
            with refusals_on(form):
                return _requested(request, form, what)
        except AlreadyAsked as refused:
            return _asked_already(request, commitment, context | {"form": form}, refused)
        except StoodOtherwise as refused:
            return _compared_anew(request, commitment, context, what, refused)
        except Refusal as refused:
            context |= {"form": form, "refused": refused}
            return _show(request, commitment, context, status=refused.status)
    return _show(request, commitment, context | {"form": form}, status=422)


def _requested(request: StaffRequest, form: ChangeForm, what: dict[str, Any]) -> HttpResponse:
    change = request_change(
        requester=request.user, today=localdate(), now=timezone.now(), **what, **form.said()
    )
    messages.success(
        request, _("Asked for. An officer who did not ask for it decides; nothing is public yet.")
    )
    return redirect("staff:change-detail", change.pk)


def _asked_already(
    request: StaffRequest, commitment: Commitment, context: dict[str, Any], refused: AlreadyAsked
) -> HttpResponse:
    """One's own request sent a second time leads to the one that was kept; another's is named."""
    twin, form = refused.change, context["form"]
    if twin.requester_id == request.user.pk and twin.proposed == form.spelled():
        messages.info(request, refused.text)
        return redirect("staff:change-detail", twin.pk)
    context |= {"refused": refused, "twin": twin}
    return _show(request, commitment, context, status=refused.status)


def _compared_anew(
    request: StaffRequest,
    commitment: Commitment,
    context: dict[str, Any],
    what: dict[str, Any],
    refused: StoodOtherwise,
) -> HttpResponse:
    """What was typed stays, beside what stands now; sent again, it is judged by that."""
    data = request.POST.copy()
    data["seen"] = mark_of(refused.stands)
    context |= {
        "form": ChangeForm(data, **what),
        "refused": refused,
        "stands_now": _in_words(what["kind"], refused.stands),
    }
    return _show(request, commitment, context, status=refused.status)


def _in_words(kind: str, stands: Json) -> list[Stated]:
    """What stands now, value by value."""
    return stated(ChangeRequest(kind=kind, replaced={}, proposed=stands), {}, whole=True)


def _show(
    request: StaffRequest, commitment: Commitment, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {
        "commitment": commitment,
        "demo": commitment.programme.is_demo,
        "refused": None,
        **context,
    }
    if request.htmx and request.method != "POST":
        return render(request, "staff/changes/_form.html", context, status=status)
    return page(request, "staff/changes/form.html", context, status=status)
