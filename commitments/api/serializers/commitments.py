"""Commitments: as a row of a list, and whole with everything that hangs on them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from commitments.api.fields import DEMO, Amount, Page, Text, Word
from commitments.api.serializers._row import RowSerializer, both, columns
from commitments.models import (
    ChangeRequest,
    Commitment,
    CommitmentLink,
    Measurement,
    Milestone,
    Obligation,
    Participation,
    Reporting,
    Speaker,
    Target,
    Verification,
    Wording,
)

SAID_BY, SAID_IN = _("who stated it"), _("number of the update that stated it")


class ParticipationSerializer(RowSerializer[Participation]):
    """An organisation's part: its role, how it was taken on, and how sure the editors are."""

    name_vi = Text(source="organisation.name_vi", allow_null=True)
    name_en = Text(source="organisation.name_en", allow_null=True)
    change = serializers.IntegerField(source="change_id", allow_null=True)

    class Meta:
        model = Participation
        fields = (
            "organisation",
            *both("name"),
            "role",
            "stage",
            *columns("since"),
            "confidence",
            "ended_on",
            "change",
            "sources",
        )


class CommitmentSerializer(RowSerializer[Commitment]):
    """A commitment with its axes: what happened, will it be met, do we know, and how.

    `is_past_due`, `reporting` and `verification` are worked out for the day `computed_on`.
    """

    is_demo = serializers.BooleanField(source="programme.is_demo", help_text=DEMO)
    priority = serializers.SlugField(source="priority.slug", allow_null=True)
    stage_speaker = Word(
        Speaker.choices,
        source="stage_update.speaker",
        allow_null=True,
        help_text=_("who stated it"),
    )
    stage_update = serializers.IntegerField(
        source="stage_update.number",
        allow_null=True,
        help_text=_("the update that stated the stage"),
    )
    forecast_speaker = Word(
        Speaker.choices,
        source="forecast_update.speaker",
        allow_null=True,
        help_text=_("who stated it"),
    )
    forecast_update = serializers.IntegerField(
        source="forecast_update.number", allow_null=True, help_text=SAID_IN
    )
    reporting = Word(Reporting.choices, help_text=_("Do we know? As of computed_on"))
    owed_since_on = serializers.DateField(
        allow_null=True, help_text=_("when the oldest update that is owed was due")
    )
    verification = Word(
        Verification.choices, allow_null=True, help_text=_("How do we know of the stage?")
    )
    is_past_due = serializers.BooleanField(
        help_text=_("computed_on is later than the last day that the present due date can mean")
    )
    computed_on = serializers.DateField(help_text=_("the day for which this was worked out"))
    participations = ParticipationSerializer(many=True)
    instruments: Any = serializers.SlugRelatedField(many=True, slug_field="slug", read_only=True)
    page_vi = Page("vi", "commitment-detail", "slug")
    page_en = Page("en", "commitment-detail", "slug")

    class Meta:
        model = Commitment
        fields: tuple[str, ...] = (
            "slug",
            "reference",
            "programme",
            "priority",
            "kind",
            *both("title"),
            "note",
            "speaker",
            *columns("original_due"),
            *columns("due"),
            "is_past_due",
            "stage",
            "stage_as_of_on",
            "stage_speaker",
            "stage_update",
            "forecast",
            "forecast_as_of_on",
            "forecast_speaker",
            "forecast_update",
            "reporting",
            "reporting_opened_on",
            "owed_since_on",
            "last_as_of_on",
            "verification",
            "computed_on",
            "closed_on",
            "participations",
            "instruments",
            "sources",
            "is_demo",
            "published_at",
            *both("page"),
        )


class WordingSerializer(RowSerializer[Wording]):
    """One version of the text; number 1 is the original."""

    class Meta:
        model = Wording
        fields = (
            "number",
            "basis",
            *both("text"),
            "kind_of_change",
            "change",
            "stated_on",
            "sources",
        )

    change = serializers.IntegerField(source="change_id", allow_null=True)


class TargetMeasurementSerializer(RowSerializer[Measurement]):
    """A value reported against the target; `is_standing` unless retracted or corrected."""

    update = serializers.IntegerField(source="update.number")  # type: ignore[assignment]
    is_standing = serializers.BooleanField(help_text=_("neither corrected nor retracted"))

    class Meta:
        model = Measurement
        fields = ("update", "value", "as_of_on", "is_standing")


class TargetSerializer(RowSerializer[Target]):
    """A promised quantity; a target without a published figure has neither value nor unit."""

    value_max = Amount(max_digits=30, decimal_places=6, allow_null=True)
    replaces = serializers.IntegerField(source="replaces.number", allow_null=True)
    change = serializers.IntegerField(source="change_id", allow_null=True)
    measurements = TargetMeasurementSerializer(many=True)

    class Meta:
        model = Target
        fields = (
            "number",
            *both("text"),
            "translated",
            "metric",
            "unit",
            "comparator",
            "value",
            "value_max",
            "baseline",
            "baseline_on",
            "direction",
            "cumulation",
            *columns("due"),
            "replaces",
            "change",
            "measurements",
        )


class MilestoneSerializer(RowSerializer[Milestone]):
    """A dated step; its original date stays beside the present one."""

    change = serializers.IntegerField(source="change_id", allow_null=True)

    class Meta:
        model = Milestone
        fields = (
            "number",
            *both("title"),
            *columns("original_due"),
            *columns("due"),
            "done_on",
            "change",
            "sources",
        )


class ObligationSerializer(RowSerializer[Obligation]):
    """The update that is owed for one reporting period, named by its first day."""

    period = serializers.DateField(source="period.starts_on")
    ends_on = serializers.DateField(source="period.ends_on")
    opens_on = serializers.DateField(source="period.opens_on")
    due_on = serializers.DateField(source="period.due_on")
    locks_on = serializers.DateField(source="period.locks_on")

    class Meta:
        model = Obligation
        fields = (
            "period",
            "ends_on",
            "opens_on",
            "due_on",
            "locks_on",
            "met_at",
            "waived_at",
            *both("waiver_reason"),
        )


class ChangeSerializer(RowSerializer[ChangeRequest]):
    """A decided proposal to change the commitment, with what was proposed and replaced."""

    number = serializers.IntegerField(source="pk")
    proposed = serializers.DictField()
    replaced = serializers.DictField()

    class Meta:
        model = ChangeRequest
        fields = (
            "number",
            "kind",
            "subject",
            "stated_on",
            "proposed",
            "replaced",
            *both("reason"),
            "source",
            "decision",
            "decided_at",
            "decision_note",
        )


class LinkSerializer(RowSerializer[CommitmentLink]):
    """What the commitment is to another: contributes to it, supersedes it, split or merged."""

    to = serializers.SlugField(source="to_commitment.slug")
    change = serializers.IntegerField(source="change_id", allow_null=True)

    class Meta:
        model = CommitmentLink
        fields = ("kind", "to", "stated_on", "change")


class LinkedFromSerializer(RowSerializer[CommitmentLink]):
    """What another commitment is to this one."""

    commitment = serializers.SlugField(source="from_commitment.slug")  # type: ignore[assignment]
    change = serializers.IntegerField(source="change_id", allow_null=True)

    class Meta:
        model = CommitmentLink
        fields = ("kind", "commitment", "stated_on", "change")


class WholeCommitmentSerializer(CommitmentSerializer):
    """A commitment with its wordings, targets, milestones, obligations and changes."""

    wordings = WordingSerializer(many=True)
    targets = TargetSerializer(many=True)
    milestones = MilestoneSerializer(many=True)
    obligations = ObligationSerializer(many=True)
    changes = ChangeSerializer(many=True, source="change_requests")
    links = LinkSerializer(many=True)
    linked_from = LinkedFromSerializer(many=True)

    class Meta(CommitmentSerializer.Meta):
        fields = (
            *CommitmentSerializer.Meta.fields,
            "wordings",
            "targets",
            "milestones",
            "obligations",
            "changes",
            "links",
            "linked_from",
        )
