"""What is public of recognitions, record notes, contradictions and gaps."""

from typing import Any

from commitments.models import Commitment, Contradiction, Gap, Recognition, RecordNote
from commitments.reports.public._noun import Json, Noun, columns, slug_of, slugs


def _if_published(commitment: Commitment | None) -> Commitment | None:
    return commitment if commitment and commitment.published_at else None


def _recognition(row: Recognition) -> Json:
    return {
        **columns(row, "number", "year", "what_vi", "what_en", "translated", "speaker"),
        "organisation": slug_of(row.organisation),
        "commitment": slug_of(_if_published(row.commitment)),
        "sources": slugs(row.sources.all()),
    }


def _note(row: RecordNote) -> Json:
    return {
        **columns(row, "number", "said_on", "step", "speaker", "summary_vi", "summary_en"),
        "instrument": slug_of(row.instrument),
        "indicator": slug_of(row.indicator),
        "sources": slugs(row.sources.all()),
    }


def _contradiction(row: Contradiction) -> Json:
    return {
        **columns(row, "number", "topic_vi", "topic_en", "text_vi", "text_en", "translated"),
        "sources": slugs(row.sources.all()),
    }


def _gap(row: Gap) -> Json:
    return columns(row, "number", "text_vi", "text_en", "translated")


NOUNS: list[Noun[Any]] = [
    Noun(
        "recognition",
        Recognition,
        lambda: Recognition.objects.select_related("organisation", "commitment").prefetch_related(
            "sources"
        ),
        lambda row: str(row.number),
        _recognition,
    ),
    Noun(
        "record_note",
        RecordNote,
        lambda: RecordNote.objects.select_related("instrument", "indicator").prefetch_related(
            "sources"
        ),
        lambda row: str(row.number),
        _note,
    ),
    Noun(
        "contradiction",
        Contradiction,
        lambda: Contradiction.objects.prefetch_related("sources"),
        lambda row: str(row.number),
        _contradiction,
    ),
    Noun("gap", Gap, Gap.objects.all, lambda row: str(row.number), _gap),
]
