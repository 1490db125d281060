"""What officers say of a commitment beside its plan: a step is done, it contributes to another."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments.errors import Refusal
from commitments.forms.plan.facts import PREFIX, DoneForm, LinkForm, OneSourceForm
from commitments.forms.plan.offered import offered_for
from commitments.forms.refusals import refusals_on
from commitments.models import Commitment, CommitmentLink, Milestone
from commitments.rules import access
from commitments.services import plans
from commitments.text.display import said_text
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff.plans import seen

MOST_OFFERED = 300


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def milestone_complete(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    """Say in public that a step was done, and where that can be read."""
    commitment = seen(request, slug)
    milestone = get_object_or_404(commitment.milestones, number=number)
    if not access.is_officer_of(request.user, commitment.programme):
        raise PermissionDenied
    offered = offered_for(commitment.programme)
    form = DoneForm(request.POST or None)
    source = OneSourceForm(request.POST or None, offered=offered)
    refused: Refusal | None = None
    if request.method == "POST" and all([form.is_valid(), source.is_valid()]):
        try:
            return _completed(request, milestone, form, source)
        except Refusal as raised:
            refused = _answered(raised, form, source)
    context = {
        "commitment": commitment,
        "milestone": milestone,
        "offered": offered,
        "form": form,
        "source": source,
        "demo": commitment.programme.is_demo,
        "refused": refused,
    }
    has_errors = form.errors or source.errors
    status = refused.status if refused else 422 if has_errors else 200
    return page(request, "staff/commitments/plan/milestone.html", context, status=status)


def _completed(
    request: StaffRequest, milestone: Milestone, form: DoneForm, source: OneSourceForm
) -> HttpResponse:
    plans.complete_milestone(
        milestone=milestone,
        officer=request.user,
        done_on=form.cleaned_data["done_on"],
        source=source.said(1),
        today=localdate(),
        now=timezone.now(),
    )
    messages.success(request, _("The step is marked as done. That is public."))
    return redirect("staff:commitment-detail", milestone.commitment.slug)


def _answered(refused: Refusal, form: DoneForm, source: OneSourceForm) -> Refusal | None:
    """Put what a better form could mend at its field; anything else stands above the page."""
    if refused.status != Refusal.status:
        return refused
    for one in refused.refusals:
        if (one.field or "").startswith(PREFIX):
            source.answer(one)
        else:
            form.add_error("done_on", str(one.text))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def link_create(request: StaffRequest, slug: str) -> HttpResponse:
    """Say that the commitment contributes to another."""
    commitment = seen(request, slug)
    if not access.may_link(request.user, commitment):
        raise PermissionDenied
    others = _others(request, commitment)
    form = LinkForm(request.POST or None, seen=others)
    refused: Refusal | None = None
    if form.is_valid():
        try:
            with refusals_on(form):
                return _linked(request, commitment, form)
        except Refusal as raised:
            refused = raised
    context = {
        "commitment": commitment,
        "form": form,
        "offers": _offers(others),
        "demo": commitment.programme.is_demo,
        "refused": refused,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return page(request, "staff/commitments/plan/link.html", context, status=status)


def _others(request: StaffRequest, commitment: Commitment) -> QuerySet[Commitment]:
    """Those of the same world that the person sees."""
    rows = Commitment.objects.visible_to(request.user).exclude(pk=commitment.pk)
    return rows.filter(programme__is_demo=commitment.programme.is_demo)


def _offers(others: QuerySet[Commitment]) -> list[dict[str, Any]]:
    rows = others.order_by("-programme__year", "reference", "pk")[:MOST_OFFERED]
    return [{"value": row.reference or row.slug, "label": said_text(row, "title")} for row in rows]


def _linked(request: StaffRequest, commitment: Commitment, form: LinkForm) -> HttpResponse:
    to: Commitment = form.cleaned_data["to"]
    plans.link_commitments(
        commitment=commitment,
        to=to,
        officer=request.user,
        stated_on=form.cleaned_data["stated_on"],
        today=localdate(),
        now=timezone.now(),
    )
    told = _("It contributes to “{title}” from now on.")
    messages.success(request, told.format(title=said_text(to, "title")))
    return redirect("staff:commitment-detail", commitment.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def link_delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back a link that was never public."""
    visible = Commitment.objects.visible_to(request.user)
    links = CommitmentLink.objects.filter(from_commitment__in=visible)
    link = get_object_or_404(links.select_related("from_commitment__programme"), pk=pk)
    slug = link.from_commitment.slug
    if not access.may_link(request.user, link.from_commitment):
        raise PermissionDenied
    if request.method == "POST":
        try:
            plans.unlink_commitments(link=link, officer=request.user)
            messages.success(request, _("The link is taken back."))
        except Refusal as refused:
            messages.error(request, str(refused))
    return redirect("staff:commitment-detail", slug)
