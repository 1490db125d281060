"""Published status updates with their evidence, measurements, corrections and retractions."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from commitments.api.fields import DEMO, Instant, Page, Text, Word
from commitments.api.serializers._row import RowSerializer, both
from commitments.models import (
    Completion,
    Evidence,
    Measurement,
    Retraction,
    StatusUpdate,
    UpdateState,
    Verification,
)


class EvidenceSerializer(RowSerializer[Evidence]):
    """What ties an update to a source; accepted by an officer as independent, or not."""

    accepted_at = Instant(
        source="acceptance.accepted_at",
        allow_null=True,
        help_text=_("when an officer took it as independent"),
    )

    class Meta:
        model = Evidence
        fields: tuple[str, ...] = ("source", "relation", "shows", "accepted_at")


class EvidenceRowSerializer(EvidenceSerializer):
    """The same as a row of its own list, with the update that it belongs to."""

    commitment = serializers.SlugField(source="update.commitment.slug")
    update = serializers.IntegerField(  # type: ignore[assignment]  # a field of that name
        source="update.number", help_text=_("number of the update")
    )
    is_demo = serializers.BooleanField(source="update.commitment.programme.is_demo", help_text=DEMO)
    page_vi = Page("vi", "update-detail", "update.commitment.slug", "update.number")
    page_en = Page("en", "update-detail", "update.commitment.slug", "update.number")

    class Meta(EvidenceSerializer.Meta):
        fields = ("commitment", "update", *EvidenceSerializer.Meta.fields, "is_demo", *both("page"))


class MeasurementSerializer(RowSerializer[Measurement]):
    """A dated value against the target of that number."""

    target = serializers.IntegerField(source="target.number")
    metric = Text(source="target.metric", allow_null=True)
    unit = Text(source="target.unit", allow_null=True)

    class Meta:
        model = Measurement
        fields = ("target", "value", "as_of_on", "metric", "unit")


class RetractionSerializer(RowSerializer[Retraction]):
    """An officer's notice that the update no longer stands; its text stays readable."""

    class Meta:
        model = Retraction
        fields = (*both("reason"), "retracted_at")


class CompletionSerializer(RowSerializer[Completion]):
    """The officer's confirmation that what was reported complete is complete."""

    source = serializers.SlugField(  # type: ignore[assignment]  # a field of that name
        source="acceptance.evidence.source.slug"
    )

    class Meta:
        model = Completion
        fields = ("source", "confirmed_at")


class StatusUpdateSerializer(RowSerializer[StatusUpdate]):
    """What is said of a commitment at a date. No names of people: bodies and instants only."""

    is_demo = serializers.BooleanField(source="commitment.programme.is_demo", help_text=DEMO)
    verification = Word(Verification.choices, help_text=_("How do we know?"))
    corrects = serializers.IntegerField(
        source="corrects.number", allow_null=True, help_text=_("number of the update it corrects")
    )
    corrected_by = serializers.SerializerMethodField(
        help_text=_("numbers of the published updates that correct it")
    )
    retraction = RetractionSerializer(allow_null=True)
    completion = CompletionSerializer(allow_null=True)
    evidence = EvidenceSerializer(many=True)
    measurements = MeasurementSerializer(many=True)
    page_vi = Page("vi", "update-detail", "commitment.slug", "number")
    page_en = Page("en", "update-detail", "commitment.slug", "number")

    class Meta:
        model = StatusUpdate
        fields = (
            "commitment",
            "number",
            "kind",
            "origin",
            "speaker",
            "body",
            "as_of_on",
            "stage",
            "step",
            "forecast",
            "verification",
            *both("summary", "problem", "asked"),
            "corrects",
            *both("correction_reason"),
            "corrected_by",
            "retraction",
            "completion",
            "evidence",
            "measurements",
            "submitted_at",
            "approved_at",
            "published_at",
            "is_demo",
            *both("page"),
        )

    def get_corrected_by(self, update: StatusUpdate) -> list[int]:
        return sorted(
            later.number
            for later in update.corrections.all()
            if later.state == UpdateState.PUBLISHED and later.number is not None
        )
