"""Programmes, priorities, organisations, acceptances, sources, instruments and indicators."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from commitments.api.fields import DEMO, Address, Page, Text
from commitments.api.serializers._row import RowSerializer, both, columns
from commitments.models import (
    Acceptance,
    Indicator,
    IndicatorPoint,
    Instrument,
    Organisation,
    OrganisationName,
    Participation,
    Priority,
    Programme,
    Source,
)


class ProgrammeSerializer(RowSerializer[Programme]):
    """A round of commitments."""

    page_vi = Page("vi", "programme-detail", "slug")
    page_en = Page("en", "programme-detail", "slug")

    class Meta:
        model = Programme
        fields = (
            "slug",
            "code",
            "year",
            *both("name"),
            "forum_on",
            "delivery_unit",
            "cadence",
            "reporting_starts_on",
            "missions_said",
            "is_demo",
            "published_at",
            *both("page"),
        )


class PrioritySerializer(RowSerializer[Priority]):
    """One of a programme's priorities."""

    is_demo = serializers.BooleanField(source="programme.is_demo", help_text=DEMO)
    page_vi = Page("vi", "priority-detail", "programme.slug", "slug")
    page_en = Page("en", "priority-detail", "programme.slug", "slug")

    class Meta:
        model = Priority
        fields = (
            "programme",
            "number",
            "slug",
            *both("title", "summary"),
            "speaker",
            "sources",
            "is_demo",
            *both("page"),
        )


class PartInSerializer(RowSerializer[Participation]):
    """An organisation's part in one commitment."""

    class Meta:
        model = Participation
        fields = (
            "commitment",
            "role",
            "stage",
            *columns("since"),
            "confidence",
            "ended_on",
            "sources",
        )


class FormerNameSerializer(RowSerializer[OrganisationName]):
    """What a body was called, until when, and why no longer."""

    class Meta:
        model = OrganisationName
        fields = ("number", *both("name"), *columns("until"), *both("reason"), "source")


class OrganisationSerializer(RowSerializer[Organisation]):
    """A body, with every part it has in a published commitment."""

    participations = PartInSerializer(many=True)
    former_names = FormerNameSerializer(many=True)
    page_vi = Page("vi", "organisation-detail", "slug")
    page_en = Page("en", "organisation-detail", "slug")

    class Meta:
        model = Organisation
        fields = (
            "slug",
            *both("name"),
            "kind",
            "website",
            "former_names",
            "parent",
            "merged_into",
            *columns("merged"),
            "merger_source",
            "sources",
            "participations",
            "is_demo",
            "published_at",
            *both("page"),
        )


class AcceptanceSerializer(RowSerializer[Acceptance]):
    """A body's taking-on of a programme's missions, as sources report it."""

    is_demo = serializers.BooleanField(source="programme.is_demo", help_text=DEMO)

    class Meta:
        model = Acceptance
        fields = (
            "programme",
            "organisation",
            "confidence",
            *both("reason"),
            "translated",
            "commitments",
            "sources",
            "is_demo",
        )


class SourceSerializer(RowSerializer[Source]):
    """A publication that something in the record rests on."""

    url = Address(allow_null=True)
    file_name = Text(source="file.name", allow_null=True, help_text=_("file that stands here too"))
    file_type = Text(source="file.media_type", allow_null=True, help_text=_("its media type"))
    file_size = serializers.IntegerField(
        source="file.size", allow_null=True, help_text=_("its size in bytes")
    )
    file_sha256 = Text(source="file.sha256", allow_null=True, help_text=_("hash of its content"))
    page_vi = Page("vi", "source-detail", "slug")
    page_en = Page("en", "source-detail", "slug")

    class Meta:
        model = Source
        fields = (
            "slug",
            "title",
            "publisher",
            "url",
            *columns("published"),
            "language",
            "kind",
            "issuer",
            "seed_file",
            "excerpt_only",
            "note",
            "file_name",
            "file_type",
            "file_size",
            "file_sha256",
            "is_demo",
            "published_at",
            *both("page"),
        )


class InstrumentSerializer(RowSerializer[Instrument]):
    """A resolution, law, decree or decision, with the published commitments it bears on."""

    page_vi = Page("vi", "instrument-detail", "slug")
    page_en = Page("en", "instrument-detail", "slug")

    class Meta:
        model = Instrument
        fields = (
            "slug",
            *both("title"),
            "number",
            "kind",
            "issuer",
            "dated_on",
            "effective_on",
            "status",
            "note",
            "sources",
            "commitments",
            *both("page"),
        )


class IndicatorPointSerializer(RowSerializer[IndicatorPoint]):
    """One published value; several for one period stand side by side."""

    class Meta:
        model = IndicatorPoint
        fields = (
            "number",
            *columns("period"),
            "comparator",
            "value",
            "kind",
            "speaker",
            "note",
            "source",
        )


class IndicatorSerializer(RowSerializer[Indicator]):
    """A national headline figure with every published value."""

    points = IndicatorPointSerializer(many=True)
    page_vi = Page("vi", "indicator-detail", "slug")
    page_en = Page("en", "indicator-detail", "slug")

    class Meta:
        model = Indicator
        fields = ("slug", *both("name"), "unit", "points", *both("page"))
