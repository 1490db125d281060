"""What is public of commitments, their wordings, parts, targets, milestones and obligations."""

from typing import Any

from commitments.models import (
    ChangeRequest,
    Commitment,
    CommitmentLink,
    Milestone,
    Obligation,
    Participation,
    Target,
    Wording,
)
from commitments.reports.public._noun import Json, Noun, columns, slug_of, slugs


def _update_number(update: object) -> int | None:
    return getattr(update, "number", None)


def _commitment(row: Commitment) -> Json:
    return {
        "programme": row.programme.slug,
        "priority": slug_of(row.priority),
        **columns(row, "slug", "reference", "kind", "title_vi", "title_en", "note", "speaker"),
        **columns(row, "original_due", "due", "stage", "stage_as_of_on", "forecast"),
        **columns(row, "forecast_as_of_on", "last_as_of_on", "closed_on", "reporting_opened_on"),
        **columns(row, "published_at"),
        "stage_update": _update_number(row.stage_update),
        "forecast_update": _update_number(row.forecast_update),
        "sources": slugs(row.sources.all()),
    }


def _wording(row: Wording) -> Json:
    return {
        "commitment": row.commitment.slug,
        **columns(row, "number", "basis", "text_vi", "text_en", "kind_of_change", "stated_on"),
        "change": row.change_id,
        "sources": slugs(row.sources.all()),
    }


def _participation(row: Participation) -> Json:
    return {
        "commitment": row.commitment.slug,
        "organisation": row.organisation.slug,
        **columns(row, "role", "stage", "since", "confidence", "ended_on"),
        "change": row.change_id,
        "sources": slugs(row.sources.all()),
    }


def _target(row: Target) -> Json:
    return {
        "commitment": row.commitment.slug,
        **columns(row, "number", "text_vi", "text_en", "translated", "metric", "unit"),
        **columns(row, "comparator", "value", "value_max", "baseline", "baseline_on"),
        **columns(row, "direction", "cumulation", "due"),
        "replaces": row.replaces.number if row.replaces else None,
        "change": row.change_id,
    }


def _milestone(row: Milestone) -> Json:
    return {
        "commitment": row.commitment.slug,
        **columns(row, "number", "title_vi", "title_en", "original_due", "due", "done_on"),
        "change": row.change_id,
        "sources": slugs(row.sources.all()),
    }


def _change(row: ChangeRequest) -> Json:
    return {
        "commitment": row.commitment.slug,
        "number": row.pk,
        **columns(row, "kind", "subject", "proposed", "replaced", "reason_vi", "reason_en"),
        **columns(row, "stated_on"),
        **columns(row, "decision", "decided_at", "decision_note"),
        "source": slug_of(row.source),
    }


def _link(row: CommitmentLink) -> Json:
    return {
        "commitment": row.from_commitment.slug,
        "kind": row.kind,
        "to": row.to_commitment.slug,
        "change": row.change_id,
        **columns(row, "stated_on"),
    }


def _obligation(row: Obligation) -> Json:
    return {
        "commitment": row.commitment.slug,
        "period": row.period.starts_on.isoformat(),
        **columns(row, "met_at", "waived_at", "waiver_reason_vi", "waiver_reason_en"),
    }


_PUBLIC = {"commitment__published_at__isnull": False}

NOUNS: list[Noun[Any]] = [
    Noun(
        "commitment",
        Commitment,
        lambda: (
            Commitment.objects.public()
            .select_related("programme", "priority", "stage_update", "forecast_update")
            .prefetch_related("sources")
        ),
        lambda row: row.slug,
        _commitment,
        commitment=lambda row: row,
    ),
    Noun(
        "wording",
        Wording,
        lambda: (
            Wording.objects.filter(**_PUBLIC)
            .select_related("commitment__programme")
            .prefetch_related("sources")
        ),
        lambda row: f"{row.commitment.slug}/{row.number}",
        _wording,
        commitment=lambda row: row.commitment,
    ),
    Noun(
        "participation",
        Participation,
        lambda: (
            Participation.objects.filter(**_PUBLIC)
            .select_related("commitment__programme", "organisation")
            .prefetch_related("sources")
        ),
        lambda row: f"{row.commitment.slug}/{row.role}/{row.organisation.slug}",
        _participation,
        commitment=lambda row: row.commitment,
    ),
    Noun(
        "target",
        Target,
        lambda: Target.objects.filter(**_PUBLIC).select_related(
            "commitment__programme", "replaces"
        ),
        lambda row: f"{row.commitment.slug}/{row.number}",
        _target,
        commitment=lambda row: row.commitment,
    ),
    Noun(
        "milestone",
        Milestone,
        lambda: (
            Milestone.objects.filter(**_PUBLIC)
            .select_related("commitment__programme")
            .prefetch_related("sources")
        ),
        lambda row: f"{row.commitment.slug}/{row.number}",
        _milestone,
        commitment=lambda row: row.commitment,
    ),
    Noun(
        "change_request",
        ChangeRequest,
        lambda: (
            ChangeRequest.objects.decided()
            .filter(**_PUBLIC)
            .select_related("commitment__programme", "source")
        ),
        lambda row: f"{row.commitment.slug}/{row.pk}",
        _change,
        commitment=lambda row: row.commitment,
    ),
    Noun(
        "link",
        CommitmentLink,
        lambda: CommitmentLink.objects.filter(
            from_commitment__published_at__isnull=False, to_commitment__published_at__isnull=False
        ).select_related("from_commitment__programme", "to_commitment"),
        lambda row: f"{row.from_commitment.slug}/{row.kind}/{row.to_commitment.slug}",
        _link,
        commitment=lambda row: row.from_commitment,
    ),
    Noun(
        "obligation",
        Obligation,
        lambda: Obligation.objects.filter(**_PUBLIC).select_related(
            "commitment__programme", "period"
        ),
        lambda row: f"{row.commitment.slug}/{row.period.starts_on.isoformat()}",
        _obligation,
        commitment=lambda row: row.commitment,
    ),
]
