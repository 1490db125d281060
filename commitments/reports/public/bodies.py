"""What is public of programmes, priorities, organisations, sources, instruments and indicators."""

from typing import Any

from commitments.models import (
    Acceptance,
    Indicator,
    IndicatorPoint,
    Instrument,
    Organisation,
    OrganisationName,
    Priority,
    Programme,
    ReportingPeriod,
    Source,
)
from commitments.reports.public._noun import (
    Json,
    Noun,
    columns,
    public_slugs,
    slug_of,
    slugs,
)


def _programme(row: Programme) -> Json:
    return {
        **columns(row, "slug", "code", "year", "name_vi", "name_en", "forum_on", "cadence"),
        **columns(row, "reporting_starts_on", "missions_said", "is_demo", "published_at"),
        "delivery_unit": slug_of(row.delivery_unit),
    }


def _priority(row: Priority) -> Json:
    return {
        "programme": row.programme.slug,
        **columns(row, "number", "slug", "title_vi", "title_en", "summary_vi", "summary_en"),
        **columns(row, "speaker"),
        "sources": slugs(row.sources.all()),
    }


def _organisation(row: Organisation) -> Json:
    return {
        **columns(row, "slug", "name_vi", "name_en", "kind", "website", "is_demo", "published_at"),
        "parent": slug_of(row.parent),
        "merged_into": slug_of(row.merged_into),
        **columns(row, "merged"),
        "merger_source": slug_of(row.merger_source),
        "sources": slugs(row.sources.all()),
    }


def _former_name(row: OrganisationName) -> Json:
    return {
        "organisation": row.organisation.slug,
        **columns(row, "number", "name_vi", "name_en", "until", "reason_vi", "reason_en"),
        "source": slug_of(row.source),
    }


def _source(row: Source) -> Json:
    return {
        **columns(row, "slug", "title", "publisher", "url", "published", "language", "kind"),
        **columns(row, "seed_file", "excerpt_only", "note", "is_demo", "published_at"),
        "issuer": slug_of(row.issuer),
        "file_name": row.file.name if row.file else "",
        "file_type": row.file.media_type if row.file else "",
        "file_size": row.file.size if row.file else None,
        "file_sha256": row.file.sha256 if row.file else "",
    }


def _instrument(row: Instrument) -> Json:
    return {
        **columns(row, "slug", "title_vi", "title_en", "number", "kind", "dated_on"),
        **columns(row, "effective_on", "status", "note"),
        "issuer": slug_of(row.issuer),
        "sources": slugs(row.sources.all()),
        "commitments": public_slugs(row.commitments.all()),
    }


def _indicator(row: Indicator) -> Json:
    return columns(row, "slug", "name_vi", "name_en", "unit")


def _point(row: IndicatorPoint) -> Json:
    return {
        "indicator": row.indicator.slug,
        **columns(row, "number", "period", "comparator", "value", "kind", "speaker", "note"),
        "source": row.source.slug,
    }


def _acceptance(row: Acceptance) -> Json:
    return {
        "programme": row.programme.slug,
        "organisation": row.organisation.slug,
        **columns(row, "confidence", "reason_vi", "reason_en", "translated"),
        "commitments": public_slugs(row.commitments.all()),
        "sources": slugs(row.sources.all()),
    }


def _period(row: ReportingPeriod) -> Json:
    return {
        "programme": row.programme.slug,
        **columns(row, "starts_on", "ends_on", "opens_on", "due_on", "locks_on"),
    }


NOUNS: list[Noun[Any]] = [
    Noun(
        "programme",
        Programme,
        lambda: Programme.objects.public().select_related("delivery_unit"),
        lambda row: row.slug,
        _programme,
        demo=lambda row: row.is_demo,
    ),
    Noun(
        "priority",
        Priority,
        lambda: (
            Priority.objects.filter(programme__published_at__isnull=False)
            .select_related("programme")
            .prefetch_related("sources")
        ),
        lambda row: f"{row.programme.slug}/{row.slug}",
        _priority,
        demo=lambda row: row.programme.is_demo,
    ),
    Noun(
        "organisation",
        Organisation,
        lambda: (
            Organisation.objects.public()
            .select_related("parent", "merged_into", "merger_source")
            .prefetch_related("sources")
        ),
        lambda row: row.slug,
        _organisation,
        demo=lambda row: row.is_demo,
    ),
    Noun(
        "former_name",
        OrganisationName,
        lambda: OrganisationName.objects.filter(
            organisation__published_at__isnull=False
        ).select_related("organisation", "source"),
        lambda row: f"{row.organisation.slug}/{row.number}",
        _former_name,
        demo=lambda row: row.organisation.is_demo,
    ),
    Noun(
        "source",
        Source,
        lambda: Source.objects.public().select_related("issuer", "file"),
        lambda row: row.slug,
        _source,
        demo=lambda row: row.is_demo,
    ),
    Noun(
        "instrument",
        Instrument,
        lambda: Instrument.objects.select_related("issuer").prefetch_related(
            "sources", "commitments"
        ),
        lambda row: row.slug,
        _instrument,
    ),
    Noun("indicator", Indicator, Indicator.objects.all, lambda row: row.slug, _indicator),
    Noun(
        "indicator_point",
        IndicatorPoint,
        lambda: IndicatorPoint.objects.select_related("indicator", "source"),
        lambda row: f"{row.indicator.slug}/{row.number}",
        _point,
    ),
    Noun(
        "acceptance",
        Acceptance,
        lambda: Acceptance.objects.select_related("programme", "organisation").prefetch_related(
            "commitments", "sources"
        ),
        lambda row: f"{row.programme.slug}/{row.organisation.slug}",
        _acceptance,
        demo=lambda row: row.programme.is_demo,
    ),
    Noun(
        "reporting_period",
        ReportingPeriod,
        lambda: ReportingPeriod.objects.select_related("programme"),
        lambda row: f"{row.programme.slug}/{row.starts_on.isoformat()}",
        _period,
        demo=lambda row: row.programme.is_demo,
    ),
]
