"""Programmes and their priorities."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.models import Commitment, CommitmentKind, Priority, Programme
from commitments.reports import acceptances, bodies, overview, standings
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import here, programme_step, trail

DATES, NEWS = 6, 4


@require_safe
def programme_list(request: PublicRequest) -> HttpResponse:
    context = {
        "rows": overview.by_kind(list(Programme.objects.public()), request.today),
        "trail": trail((_("Programmes"), "")),
    }
    return render(request, "public/programmes/list.html", context)


@require_safe
def programme_detail(request: PublicRequest, slug: str) -> HttpResponse:
    found = Programme.objects.public().select_related("delivery_unit")
    programme = get_object_or_404(found, slug=slug)
    today = request.today
    commitments = Commitment.objects.public().filter(programme=programme)
    context = {
        "programme": programme,
        "programmes": [programme],
        "demo": programme.is_demo,
        "today": today,
        "standing": overview.by_kind([programme], today)[0],
        "reporting": overview.by_reporting(programme, today),
        "priorities": overview.by_priority([programme], today),
        "places": acceptances.places(programme),
        "bodies": bodies.by_body([programme]),
        "late": overview.late(commitments, today, 10),
        "due": overview.next_due(commitments, today, 10),
        "trail": trail((_("Programmes"), reverse("programme-list")), here(programme)),
    }
    return render(request, "public/programmes/detail.html", context)


@require_safe
def priority_list(request: PublicRequest) -> HttpResponse:
    """The priorities of every programme that has some."""
    groups = overview.by_priority(list(Programme.objects.real()), request.today)
    context = {"groups": groups, "trail": trail((_("Priorities"), ""))}
    return render(request, "public/priorities/list.html", context)


@require_safe
def priority_detail(request: PublicRequest, programme: str, slug: str) -> HttpResponse:
    found = Priority.objects.filter(programme__published_at__isnull=False)
    priority = get_object_or_404(
        found.select_related("programme").prefetch_related("sources"),
        programme__slug=programme,
        slug=slug,
    )
    rows = Commitment.objects.public().filter(priority=priority)
    tasks = rows.filter(kind=CommitmentKind.GOVERNMENT_TASK)
    today = request.today
    context = {
        "priority": priority,
        "demo": priority.programme.is_demo,
        "standing": standings.distribution(tasks, today, CommitmentKind.GOVERNMENT_TASK),
        "tasks": standings.worst_first(tasks, today),
        "due": overview.next_due(rows, today, DATES),
        "updates": overview.latest_updates(NEWS, rows),
        "others": standings.worst_first(rows.exclude(kind=CommitmentKind.GOVERNMENT_TASK), today),
        "trail": trail(programme_step(priority.programme), here(priority)),
    }
    return render(request, "public/priorities/detail.html", context)
