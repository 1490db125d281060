"""What a body's own system is answered. It names bodies and instants, never people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from commitments.api.fields import Address, LimitedDay, Text, Word
from commitments.api.serializers._row import RowSerializer, both
from commitments.api.serializers.updates import MeasurementSerializer
from commitments.errors import Refusal
from commitments.models import (
    ChangeRequest,
    Deed,
    Evidence,
    Language,
    Obligation,
    SourceKind,
    StatusUpdate,
    StoredFile,
    UpdateState,
)
from commitments.text.problems import Fault

NEXT = serializers.URLField(allow_null=True, help_text=_("the following page"))
DRY = _("nothing of this was kept: the request asked for a rehearsal")


def address_of(name: str, context: Mapping[str, Any], *args: Any) -> str:
    return reverse(f"api:{name}", args=args, request=context.get("request"))


class MissingSerializer(serializers.Serializer[Any]):
    """What keeps a draft from being handed in."""

    pointer = serializers.CharField(help_text=_("JSON pointer into the update"))
    code = serializers.CharField(help_text=_("name of the rule"))
    detail = serializers.CharField()
    detail_vi = serializers.CharField()
    detail_en = serializers.CharField()


def missing_as_json(found: list[Refusal]) -> list[dict[str, str]]:
    return [
        Fault(f"/{one.field}" if one.field else "", one.code, one.text).as_json() for one in found
    ]


class OwnEvidenceSerializer(RowSerializer[Evidence]):
    """A publication that shows what the update says; its source has a slug once it is public."""

    number = serializers.SerializerMethodField(help_text=_("its place in the update, from 1 on"))
    source = serializers.SerializerMethodField(help_text=_("slug of the public source"))  # type: ignore[assignment]
    title = Text(source="source.title", allow_null=True)
    publisher = Text(source="source.publisher", allow_null=True)
    url = Address(source="source.url", allow_null=True)
    published = LimitedDay(source="source.published", allow_null=True)
    language = Word(Language.choices, source="source.language", allow_null=True)
    kind = Word(SourceKind.choices, source="source.kind", allow_null=True)
    file = serializers.IntegerField(source="source.file_id", allow_null=True)

    class Meta:
        model = Evidence
        fields = (
            "number", "source", "title", "publisher", "url", "published", "language", "kind",
            "relation", "shows", "file",
        )  # fmt: skip

    def get_number(self, row: Evidence) -> int:
        number: int = getattr(row, "place", 1)
        return number

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_source(self, row: Evidence) -> str | None:
        return row.source.slug if row.source.published_at else None


class OwnUpdateSerializer(RowSerializer[StatusUpdate]):
    """An update of the body, in whatever state."""

    address = serializers.SerializerMethodField()
    commitment = serializers.SlugField(source="commitment.slug")
    corrects = serializers.IntegerField(
        source="corrects.number", allow_null=True, help_text=_("number of the update it corrects")
    )
    evidence = serializers.SerializerMethodField()
    measurements = MeasurementSerializer(many=True)
    client_reference = serializers.SerializerMethodField(help_text=_("what your system calls it"))
    returned_because = serializers.SerializerMethodField(
        help_text=_("why its reviewer sent it back, as long as it is returned")
    )
    dry_run = serializers.SerializerMethodField(help_text=DRY)

    class Meta:
        model = StatusUpdate
        fields = (
            "id", "address", "commitment", "number", "state", "kind", "origin", "as_of_on",
            "stage", "forecast", *both("summary", "problem", "asked"), "corrects",
            *both("correction_reason"), "evidence", "measurements", "client_reference",
            "returned_because", "created_at", "saved_at", "submitted_at", "approved_at",
            "published_at", "dry_run",
        )  # fmt: skip

    def get_address(self, update: StatusUpdate) -> str:
        return address_of("own-update-detail", self.context, update.pk)

    @extend_schema_field(OwnEvidenceSerializer(many=True))
    def get_evidence(self, update: StatusUpdate) -> Any:
        rows = list(update.evidence.all())
        for place, row in enumerate(rows, start=1):
            row.place = place  # type: ignore[attr-defined]
        return OwnEvidenceSerializer(rows, many=True).data

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_client_reference(self, update: StatusUpdate) -> str | None:
        named = getattr(update, "client_reference", None)
        return named.reference if named else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_returned_because(self, update: StatusUpdate) -> str | None:
        if update.state != UpdateState.RETURNED:
            return None
        said = [one.comment for one in update.actions.all() if one.deed == Deed.RETURNED]
        return said[-1] if said else None

    def get_dry_run(self, _update: StatusUpdate) -> bool:
        return False


class WholeOwnUpdateSerializer(OwnUpdateSerializer):
    """The same with what is missing before it can be handed in."""

    missing = serializers.SerializerMethodField(
        help_text=_("what keeps it from being handed in; empty once it was")
    )

    class Meta:
        model = StatusUpdate
        fields = (*OwnUpdateSerializer.Meta.fields, "missing")

    @extend_schema_field(MissingSerializer(many=True))
    def get_missing(self, _update: StatusUpdate) -> Any:
        return missing_as_json(self.context.get("missing", []))


class PaginatedOwnUpdatesSerializer(serializers.Serializer[Any]):
    next = NEXT
    results = OwnUpdateSerializer(many=True)


class OwnObligationSerializer(RowSerializer[Obligation]):
    """An update that the body owes now."""

    commitment = serializers.SlugField(source="commitment.slug")
    reference = Text(source="commitment.reference", allow_null=True)
    title_vi = Text(source="commitment.title_vi", allow_null=True)
    title_en = Text(source="commitment.title_en", allow_null=True)
    period = serializers.DateField(
        source="period.starts_on", help_text=_("first day of the reporting period")
    )
    period_ends_on = serializers.DateField(source="period.ends_on")
    owed_since_on = serializers.DateField(source="period.opens_on")
    due_on = serializers.DateField(source="period.due_on")
    closes_on = serializers.DateField(
        source="period.locks_on", help_text=_("from this day on it can no longer be met")
    )
    is_late = serializers.SerializerMethodField()
    draft = serializers.SerializerMethodField(help_text=_("address of the open draft"))

    class Meta:
        model = Obligation
        fields = (
            "commitment", "reference", *both("title"), "period", "period_ends_on",
            "owed_since_on", "due_on", "closes_on", "is_late", "draft",
        )  # fmt: skip

    def get_is_late(self, owed: Obligation) -> bool:
        late: bool = owed.period.due_on < self.context["today"]
        return late

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_draft(self, owed: Obligation) -> str | None:
        number = self.context["drafts"].get(owed.commitment_id)
        return address_of("own-update-detail", self.context, number) if number else None


class PaginatedOwnObligationsSerializer(serializers.Serializer[Any]):
    next = NEXT
    results = OwnObligationSerializer(many=True)


class OwnChangeSerializer(RowSerializer[ChangeRequest]):
    """A change of plan that was asked for; public once somebody else decided it."""

    commitment = serializers.SlugField(source="commitment.slug")
    subject = Text(allow_null=True)
    proposed = serializers.DictField()
    replaced = serializers.DictField()
    source = serializers.CharField(source="source.title", allow_null=True)  # type: ignore[assignment]
    dry_run = serializers.SerializerMethodField(help_text=DRY)

    class Meta:
        model = ChangeRequest
        fields = (
            "id", "commitment", "kind", "subject", "proposed", "replaced", *both("reason"),
            "stated_on", "source", "requested_at", "decision", "decided_at", "decision_note",
            "dry_run",
        )  # fmt: skip

    def get_dry_run(self, _change: ChangeRequest) -> bool:
        return False


class PaginatedOwnChangesSerializer(serializers.Serializer[Any]):
    next = NEXT
    results = OwnChangeSerializer(many=True)


class OwnFileSerializer(RowSerializer[StoredFile]):
    """A file that was handed in; its id is named in a piece of evidence."""

    id = serializers.IntegerField(allow_null=True)
    dry_run = serializers.SerializerMethodField(help_text=DRY)

    class Meta:
        model = StoredFile
        fields = ("id", "name", "media_type", "size", "sha256", "dry_run")

    def get_dry_run(self, _file: StoredFile) -> bool:
        return False


@extend_schema_field({"oneOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "null"}]})
class ProblemField(serializers.DictField):
    """A refusal as the whole request would be answered with it."""


class ValueKeptSerializer(serializers.Serializer[Any]):
    """What became of one row."""

    index = serializers.IntegerField(help_text=_("its place in what was sent, from 0 on"))
    status = serializers.IntegerField(help_text=_("200 where it was kept, else of its problem"))
    update = serializers.URLField(  # type: ignore[assignment]
        allow_null=True, help_text=_("address of the draft that it stands in")
    )
    problem = ProblemField(allow_null=True, help_text=_("why it was refused (RFC 9457)"))


class ValuesKeptSerializer(serializers.Serializer[Any]):
    kept = serializers.IntegerField(help_text=_("how many rows were kept"))
    refused = serializers.IntegerField(help_text=_("how many rows were refused"))
    results = ValueKeptSerializer(many=True)
    dry_run = serializers.BooleanField(help_text=DRY)


class RehearsedSerializer(serializers.Serializer[Any]):
    """Nothing was done, for the request asked what would be."""

    dry_run = serializers.BooleanField(help_text=DRY)
