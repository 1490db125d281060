"""Organisations: what each has taken on, and what sources say of it."""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters.lists import ORGANISATIONS, OrganisationListForm, organisations
from commitments.models import Commitment, Organisation
from commitments.reports import bodies, overview, standings
from commitments.reports.discipline import discipline_of
from commitments.views.public._finder import finder, finder_page
from commitments.views.public._page import PublicRequest
from commitments.views.public._trail import here, trail
from commitments.views.public.citing import cited

DATES = 6


@require_safe
def organisation_list(request: PublicRequest) -> HttpResponse:
    """The bodies of the record that the filters find, the busiest first; invented ones stand with
    their programme."""
    form = OrganisationListForm(request.GET)
    context = finder(request, form, ORGANISATIONS, organisations, bodies.busiest_first)
    context["trail"] = trail((_("Organisations"), ""))
    return finder_page(request, "public/organisations/list.html", context)


@require_safe
def organisation_detail(request: PublicRequest, slug: str) -> HttpResponse:
    named = Organisation.objects.public().select_related("parent", "merged_into", "merger_source")
    found = named.prefetch_related(
        "sources",
        "former_names__source",
        Prefetch("predecessors", Organisation.objects.public().order_by("slug")),
        "instruments",
        "recognitions__sources",
        "recognitions__commitment",
        "acceptances__programme",
        "acceptances__commitments",
        "acceptances__sources",
    )
    organisation = get_object_or_404(found, slug=slug)
    mine = Commitment.objects.public().filter(
        pk__in=organisation.participations.values("commitment")
    )
    rows = standings.worst_first(mine, request.today)
    context = {
        "organisation": organisation,
        "demo": organisation.is_demo,
        "roles": bodies.by_role(rows, organisation),
        "kept": discipline_of(organisation, request.today),
        "due": overview.next_due(mine, request.today, DATES),
        "citation": cited(request, organisation),
        "trail": trail((_("Organisations"), reverse("organisation-list")), here(organisation)),
    }
    return render(request, "public/organisations/detail.html", context)
