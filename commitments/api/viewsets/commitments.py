"""Commitments, as rows of a list and whole."""

from datetime import date
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Prefetch, QuerySet, Value
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from commitments import filters
from commitments.api.filtering import StrictFilterBackend
from commitments.api.including import Along
from commitments.api.serializers.bodies import OrganisationSerializer, SourceSerializer
from commitments.api.serializers.commitments import (
    CommitmentSerializer,
    WholeCommitmentSerializer,
)
from commitments.api.viewsets._facets import counted
from commitments.api.viewsets._rows import RecordViewSet, question
from commitments.api.viewsets._words import worded
from commitments.api.viewsets.bodies import organisations, sources
from commitments.models import (
    ChangeRequest,
    Commitment,
    CommitmentLink,
    Measurement,
    Obligation,
    StatusUpdate,
    Target,
    UpdateState,
)
from commitments.reports import facets, standings
from commitments.reports.parts import part
from commitments.services.read_models import documents


@worded(
    "commitments",
    _("Commitments with their bodies and axes"),
    _("One commitment whole, with wordings, targets, milestones, obligations and changes"),
    about=_("What depends on the day is worked out for the day computed_on."),
)
class CommitmentViewSet(RecordViewSet):
    queryset = Commitment.objects.none()  # tells the document which model this is
    serializer_class = CommitmentSerializer
    filterset_class = filters.FullCommitmentFilter
    lookup_field = "slug"
    has_facets = True
    along = {
        "organisations": Along(
            OrganisationSerializer,
            lambda keys, _on: (
                organisations().filter(participations__commitment__in=keys).distinct()
            ),
        ),
        "sources": Along(
            SourceSerializer, lambda keys, _on: sources().filter(commitments__in=keys).distinct()
        ),
    }

    def get_serializer_class(self) -> type[BaseSerializer[Commitment]]:
        return WholeCommitmentSerializer if self.action == "retrieve" else CommitmentSerializer

    def get_queryset(self) -> QuerySet[Commitment]:
        if self.request.query_params.get("q"):
            documents.bring_up_to_date()
        rows = facets.prepared(Commitment.objects.public(), self.today)
        return rows.order_by("programme__is_demo", "-programme__year", "reference")

    def shown(self) -> QuerySet[Commitment]:
        rows = listed(self.today)
        return _whole(rows) if self.action == "retrieve" else rows

    def facets(self, request: Request) -> dict[str, Any]:
        key = ("api facets", question(request), self.today)
        return {"facets": part(*key, make=lambda: self._counted(request))}

    def _counted(self, request: Request) -> dict[str, dict[str, int]]:
        self.filtered()  # refuses what is not known
        asked = StrictFilterBackend().get_filterset(request, self.get_queryset(), self)
        asked.is_valid()
        return counted(asked.counts())


def listed(today: date) -> QuerySet[Commitment]:
    """The public ones with all that a row of the list answers."""
    rows: Any = standings.for_list(Commitment.objects.public(), today)
    shown: QuerySet[Commitment] = rows.annotate(
        computed_on=Value(today, DateField())
    ).prefetch_related("participations__sources", "instruments", "sources")
    return shown


def _whole(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    return rows.prefetch_related(
        "wordings__sources",
        "milestones__sources",
        Prefetch("targets", Target.objects.select_related("replaces").order_by("number")),
        Prefetch("targets__measurements", _measurements()),
        Prefetch(
            "obligations", Obligation.objects.select_related("period").order_by("period__starts_on")
        ),
        Prefetch(
            "change_requests",
            ChangeRequest.objects.decided().select_related("source").order_by("pk"),
        ),
        Prefetch("links", _links().filter(to_commitment__published_at__isnull=False)),
        Prefetch("linked_from", _links().filter(from_commitment__published_at__isnull=False)),
    )


def _links() -> QuerySet[CommitmentLink]:
    return CommitmentLink.objects.select_related("from_commitment", "to_commitment").order_by("pk")


def _measurements() -> QuerySet[Measurement]:
    """Those of published updates, oldest first, with whether their update still stands."""
    standing = StatusUpdate.objects.standing().filter(pk=OuterRef("update"))
    return (
        Measurement.objects.filter(update__state=UpdateState.PUBLISHED)
        .annotate(is_standing=Exists(standing))
        .select_related("update")
        .order_by("as_of_on", "pk")
    )
