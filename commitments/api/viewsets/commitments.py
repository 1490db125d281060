"""Commitments, as rows of a list and whole."""

from datetime import date

from django.db.models import DateField, Exists, OuterRef, Prefetch, QuerySet, Value
from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from commitments import filters
from commitments.api.serializers.commitments import (
    CommitmentSerializer,
    WholeCommitmentSerializer,
)
from commitments.api.viewsets._words import worded
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
from commitments.services.read_models import documents


@worded(
    "commitments",
    _("Commitments with their bodies and axes"),
    _("One commitment whole, with wordings, targets, milestones, obligations and changes"),
    about=_("What depends on the day is worked out for the day computed_on."),
)
class CommitmentViewSet(ReadOnlyModelViewSet[Commitment]):
    queryset = Commitment.objects.none()  # tells the document which model this is
    serializer_class = CommitmentSerializer
    filterset_class = filters.FullCommitmentFilter
    lookup_field = "slug"

    def get_serializer_class(self) -> type[BaseSerializer[Commitment]]:
        return WholeCommitmentSerializer if self.action == "retrieve" else CommitmentSerializer

    def get_queryset(self) -> QuerySet[Commitment]:
        today: date = self.request.today  # type: ignore[attr-defined]  # of middleware.travel
        rows = _rows(today)
        if self.request.query_params.get("q"):
            documents.bring_up_to_date()
        return _whole(rows) if self.action == "retrieve" else rows


def _rows(today: date) -> QuerySet[Commitment]:
    return (
        Commitment.objects.public()
        .for_list(today)
        .annotate(computed_on=Value(today, DateField()))
        .prefetch_related("participations__sources", "instruments", "sources")
        .order_by("programme__is_demo", "-programme__year", "reference")
    )


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
