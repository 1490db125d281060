"""Published status updates, and what they rest on."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments import filters
from commitments.api.including import Along
from commitments.api.serializers.bodies import OrganisationSerializer, SourceSerializer
from commitments.api.serializers.commitments import CommitmentSerializer
from commitments.api.serializers.updates import (
    EvidenceRowSerializer,
    StatusUpdateSerializer,
)
from commitments.api.viewsets._lean import all_but
from commitments.api.viewsets._rows import GrowingViewSet
from commitments.api.viewsets._words import worded
from commitments.api.viewsets.bodies import organisations, sources
from commitments.api.viewsets.commitments import listed
from commitments.models import (
    Commitment,
    Evidence,
    Measurement,
    Organisation,
    Programme,
    Source,
    StatusUpdate,
    Target,
    UpdateState,
)


def _updates() -> QuerySet[StatusUpdate]:
    """Published ones, newest first, with all that is answered of them and little more."""
    corrections = StatusUpdate.objects.filter(state=UpdateState.PUBLISHED).order_by("number")
    evidence = Evidence.objects.select_related("source", "acceptance")
    measured = Measurement.objects.select_related("target")
    return (
        StatusUpdate.objects.public()
        .with_verification()
        .select_related(
            "commitment__programme", "body", "corrects", "retraction",
            "completion__acceptance__evidence__source",
        )
        .defer(
            *all_but(Commitment, "commitment", "slug", "programme"),
            *all_but(Programme, "commitment__programme", "is_demo"),
            *all_but(Organisation, "body", "slug"),
            *all_but(StatusUpdate, "corrects", "number"),
        )
        .prefetch_related(
            Prefetch("corrections", corrections.only("number", "state", "corrects")),
            Prefetch("evidence", evidence.defer(*all_but(Source, "source", "slug"))),
            Prefetch(
                "measurements",
                measured.defer(*all_but(Target, "target", "number", "metric", "unit")),
            ),
        )
        .order_by("-as_of_on", "-published_at", "-pk")
    )  # fmt: skip


@worded(
    "updates",
    _("Published updates, newest first"),
    _("One update"),
    about=_("Corrected and retracted ones stay in the list and say so."),
)
class StatusUpdateViewSet(GrowingViewSet):
    record_kind, key_columns = "status_update", ("commitment__slug", "number")
    keys = {"commitment": "commitment__slug", "number": "number"}
    queryset = _updates()
    serializer_class = StatusUpdateSerializer
    filterset_class = filters.UpdateFilter
    along = {
        "commitments": Along(
            CommitmentSerializer, lambda keys, on: listed(on).filter(updates__in=keys).distinct()
        ),
        "organisations": Along(
            OrganisationSerializer,
            lambda keys, _on: organisations().filter(updates__in=keys).distinct(),
        ),
        "sources": Along(
            SourceSerializer,
            lambda keys, _on: sources().filter(evidence__update__in=keys).distinct(),
        ),
    }


@worded(
    "evidence",
    _("What published updates rest on, what was added last first"),
    _("One source of one update"),
    about=_("Accepted: an officer took the source as independent."),
)
class EvidenceViewSet(GrowingViewSet):
    record_kind = "evidence"
    key_columns = ("update__commitment__slug", "update__number", "source__slug")
    keys = {
        "commitment": "update__commitment__slug",
        "number": "update__number",
        "source": "source__slug",
    }
    queryset = (
        Evidence.objects.filter(
            update__state=UpdateState.PUBLISHED, update__commitment__published_at__isnull=False
        )
        .select_related("update__commitment__programme", "source", "acceptance")
        .order_by("-pk")
    )
    serializer_class = EvidenceRowSerializer
    filterset_class = filters.EvidenceFilter
    along = {
        "sources": Along(
            SourceSerializer, lambda keys, _on: sources().filter(evidence__in=keys).distinct()
        ),
    }
