"""What is public of updates, measurements, evidence, retractions and confirmations."""

from typing import Any

from commitments.models import (
    Completion,
    Evidence,
    EvidenceAcceptance,
    Measurement,
    Retraction,
    StatusUpdate,
    UpdateState,
)
from commitments.reports.public._noun import Json, Noun, columns, slug_of


def update_key(row: StatusUpdate) -> str:
    return f"{row.commitment.slug}/{row.number}"


def _update(row: StatusUpdate) -> Json:
    """No names of people: the body and the instants are public, authors are not."""
    return {
        "commitment": row.commitment.slug,
        **columns(row, "number", "kind", "origin", "speaker", "as_of_on", "stage", "step"),
        **columns(row, "forecast", "summary_vi", "summary_en", "problem_vi", "problem_en"),
        **columns(row, "asked_vi", "asked_en", "correction_reason_vi", "correction_reason_en"),
        **columns(row, "submitted_at", "approved_at", "published_at"),
        "body": slug_of(row.body),
        "corrects": row.corrects.number if row.corrects else None,
    }


def _measurement(row: Measurement) -> Json:
    return {
        "commitment": row.update.commitment.slug,
        "update": row.update.number,
        "target": row.target.number,
        **columns(row, "value", "as_of_on"),
    }


def _evidence(row: Evidence) -> Json:
    return {
        "commitment": row.update.commitment.slug,
        "update": row.update.number,
        "source": row.source.slug,
        **columns(row, "relation", "shows"),
    }


def _acceptance(row: EvidenceAcceptance) -> Json:
    update = row.evidence.update
    return {
        "commitment": update.commitment.slug,
        "update": update.number,
        "source": row.evidence.source.slug,
        **columns(row, "accepted_at"),
    }


def _retraction(row: Retraction) -> Json:
    return {
        "commitment": row.update.commitment.slug,
        "update": row.update.number,
        **columns(row, "reason_vi", "reason_en", "retracted_at"),
    }


def _completion(row: Completion) -> Json:
    return {
        "commitment": row.update.commitment.slug,
        "update": row.update.number,
        "source": row.acceptance.evidence.source.slug,
        **columns(row, "confirmed_at"),
    }


_OF_UPDATE = {
    "update__state": UpdateState.PUBLISHED,
    "update__commitment__published_at__isnull": False,
}

NOUNS: list[Noun[Any]] = [
    Noun(
        "status_update",
        StatusUpdate,
        lambda: StatusUpdate.objects.public().select_related(
            "commitment__programme", "body", "corrects"
        ),
        update_key,
        _update,
        commitment=lambda row: row.commitment,
    ),
    Noun(
        "measurement",
        Measurement,
        lambda: Measurement.objects.filter(**_OF_UPDATE).select_related(
            "update__commitment__programme", "target"
        ),
        lambda row: f"{update_key(row.update)}/{row.target.number}",
        _measurement,
        commitment=lambda row: row.update.commitment,
    ),
    Noun(
        "evidence",
        Evidence,
        lambda: Evidence.objects.filter(**_OF_UPDATE).select_related(
            "update__commitment__programme", "source"
        ),
        lambda row: f"{update_key(row.update)}/{row.source.slug}",
        _evidence,
        commitment=lambda row: row.update.commitment,
    ),
    Noun(
        "evidence_acceptance",
        EvidenceAcceptance,
        lambda: EvidenceAcceptance.objects.filter(
            **{f"evidence__{name}": value for name, value in _OF_UPDATE.items()}
        ).select_related("evidence__update__commitment__programme", "evidence__source"),
        lambda row: f"{update_key(row.evidence.update)}/{row.evidence.source.slug}",
        _acceptance,
        commitment=lambda row: row.evidence.update.commitment,
    ),
    Noun(
        "retraction",
        Retraction,
        lambda: Retraction.objects.filter(**_OF_UPDATE).select_related(
            "update__commitment__programme"
        ),
        lambda row: update_key(row.update),
        _retraction,
        commitment=lambda row: row.update.commitment,
    ),
    Noun(
        "completion",
        Completion,
        lambda: Completion.objects.filter(**_OF_UPDATE).select_related(
            "update__commitment__programme", "acceptance__evidence__source"
        ),
        lambda row: update_key(row.update),
        _completion,
        commitment=lambda row: row.update.commitment,
    ),
]
