"""Programmes, priorities, organisations, acceptances, sources, instruments and indicators."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments import filters
from commitments.api.serializers import bodies
from commitments.api.viewsets._rows import GrowingViewSet, RecordViewSet
from commitments.api.viewsets._words import worded
from commitments.models import (
    Acceptance,
    Commitment,
    Indicator,
    IndicatorPoint,
    Instrument,
    Organisation,
    Participation,
    Priority,
    Programme,
    Source,
)


@worded("programmes", _("Programmes, newest first"), _("One programme"))
class ProgrammeViewSet(RecordViewSet):
    queryset = Programme.objects.public().select_related("delivery_unit")
    serializer_class = bodies.ProgrammeSerializer
    filterset_class = filters.ProgrammeFilter
    lookup_field = "slug"


@worded("priorities", _("Priorities of the programmes"), _("One priority"))
class PriorityViewSet(RecordViewSet):
    queryset = (
        Priority.objects.filter(programme__published_at__isnull=False)
        .select_related("programme")
        .prefetch_related("sources")
        .order_by("programme__is_demo", "-programme__year", "number", "pk")
    )
    serializer_class = bodies.PrioritySerializer
    filterset_class = filters.PriorityFilter
    keys = {"programme": "programme__slug", "slug": "slug"}


def _public_commitments() -> "Prefetch[str, Any, Any]":
    return Prefetch("commitments", Commitment.objects.public().order_by("slug"))


def organisations() -> QuerySet[Organisation]:
    """The public ones with all that is answered of them."""
    parts = (
        Participation.objects.filter(commitment__published_at__isnull=False)
        .select_related("commitment")
        .prefetch_related("sources")
        .order_by("commitment__reference", "pk")
    )
    return (
        Organisation.objects.public()
        .select_related("parent", "merged_into", "merger_source")
        .prefetch_related("sources", "former_names__source", Prefetch("participations", parts))
    )


@worded("organisations", _("Organisations with their parts in commitments"), _("One organisation"))
class OrganisationViewSet(RecordViewSet):
    queryset = organisations()
    serializer_class = bodies.OrganisationSerializer
    filterset_class = filters.OrganisationFilter
    lookup_field = "slug"


@worded(
    "acceptances",
    _("Who took on a programme's missions, as sources report it"),
    _("One acceptance"),
)
class AcceptanceViewSet(RecordViewSet):
    queryset = (
        Acceptance.objects.filter(programme__published_at__isnull=False)
        .select_related("programme", "organisation")
        .prefetch_related("sources", _public_commitments())
        .order_by("programme__is_demo", "-programme__year", "organisation__slug")
    )
    serializer_class = bodies.AcceptanceSerializer
    filterset_class = filters.AcceptanceFilter
    keys = {"programme": "programme__slug", "organisation": "organisation__slug"}


def sources() -> QuerySet[Source]:
    """The public ones with all that is answered of them."""
    return Source.objects.public().select_related("issuer", "file")


@worded("sources", _("Sources"), _("One source"))
class SourceViewSet(GrowingViewSet):
    record_kind, key_columns = "source", ("slug",)
    queryset = sources()
    serializer_class = bodies.SourceSerializer
    filterset_class = filters.SourceFilter
    lookup_field = "slug"


@worded("instruments", _("Resolutions, laws, decrees and decisions"), _("One instrument"))
class InstrumentViewSet(RecordViewSet):
    queryset = Instrument.objects.select_related("issuer").prefetch_related(
        "sources", _public_commitments()
    )
    serializer_class = bodies.InstrumentSerializer
    filterset_class = filters.InstrumentFilter
    lookup_field = "slug"


def _points() -> QuerySet[IndicatorPoint]:
    return IndicatorPoint.objects.select_related("source").order_by(
        "period_latest", "kind", "number"
    )


@worded(
    "indicators",
    _("National indicators with every published value"),
    _("One indicator"),
    about=_("Where sources disagree on a period, all their values stand side by side."),
)
class IndicatorViewSet(RecordViewSet):
    queryset = Indicator.objects.prefetch_related(Prefetch("points", _points()))
    serializer_class = bodies.IndicatorSerializer
    lookup_field = "slug"
