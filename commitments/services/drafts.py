"""Drafts of status updates: begun, saved while half empty, and never lost to a second window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from commitments.errors import Forbidden, Stale, WrongState, refuse
from commitments.models import (
    Commitment,
    Evidence,
    Forecast,
    Measurement,
    Origin,
    Role,
    Source,
    Speaker,
    StatusUpdate,
    Target,
    UpdateKind,
    UpdateState,
    User,
)
from commitments.rules import access
from commitments.rules.dates import LimitedDate
from commitments.rules.validators import SubmissionFacts, check_draft

SAID = (
    "kind",
    "as_of_on",
    "stage",
    "forecast",
    "summary_vi",
    "summary_en",
    "problem_vi",
    "problem_en",
    "asked_vi",
    "asked_en",
    "correction_reason_vi",
    "correction_reason_en",
)
"""The columns of an update that its author fills in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceSaid:
    """One row of evidence as it was typed, cleaned by the form or serializer."""

    title: str
    publisher: str = ""
    url: str = ""
    published: LimitedDate | None = None
    language: str = ""
    kind: str = ""
    relation: str = ""
    shows: str = ""


@transaction.atomic
def start_draft(
    *,
    commitment: Commitment,
    author: User,
    today: date,
    now: datetime,
    origin: str = Origin.WEB,
    corrects: StatusUpdate | None = None,
) -> StatusUpdate:
    """The author's open draft of this commitment, or a new one; a body has one per author.

    Locks the commitment, so that a double click begins one draft. Raises Forbidden for anybody
    but a reporter of the lead, WrongState when a correction meets a draft about something else.
    """
    locked = Commitment.objects.select_for_update().get(pk=commitment.pk)
    lead = locked.lead
    if lead is None or not _may_start(author, locked, corrects):
        raise Forbidden
    begun = StatusUpdate.objects.filter(
        commitment=locked, author=author, state=UpdateState.DRAFT
    ).first()
    if begun is not None:
        if corrects is not None and begun.corrects_id != corrects.pk:
            raise WrongState("draft_is_about_something_else")
        return begun
    return StatusUpdate.objects.create(
        commitment=locked,
        body_id=lead.organisation_id,
        author=author,
        origin=origin,
        speaker=Speaker.BODY,
        as_of_on=today,
        corrects=corrects,
        created_at=now,
        saved_at=now,
    )


def _may_start(author: User, commitment: Commitment, corrects: StatusUpdate | None) -> bool:
    """A closed commitment is heard only to correct what the body itself published."""
    if corrects is None:
        return access.may_report(author, commitment)
    return (
        corrects.commitment_id == commitment.pk
        and corrects.state == UpdateState.PUBLISHED
        and access.holds(author, corrects.body_id, Role.REPORTER)
    )


@transaction.atomic
def save_draft(
    *,
    update: StatusUpdate,
    author: User,
    said: Mapping[str, Any],
    evidence: Sequence[EvidenceSaid],
    measured: Mapping[int, Decimal],
    version: int,
    now: datetime,
) -> StatusUpdate:
    """Keep what was typed; `said` holds columns of SAID, `measured` a value per target id.

    A draft may be half empty. Raises Stale when somebody saved since `version` was read (nothing
    is written then), Forbidden for anybody but its author, Refusals for what cannot be kept.
    """
    locked = StatusUpdate.objects.select_for_update().get(pk=update.pk)
    if not access.may_edit(author, locked):
        raise Forbidden
    if locked.version != version:
        raise Stale
    for name in SAID:
        if name in said:
            setattr(locked, name, said[name])
    locked.forecast = locked.forecast or Forecast.NOT_GIVEN
    refuse(check_draft(facts_of(locked, evidence_count=len(evidence))))
    locked.version += 1
    locked.saved_at = now
    locked.save(update_fields=[*SAID, "version", "saved_at"])
    _replace_evidence(locked, evidence)
    _replace_measurements(locked, measured)
    return locked


def facts_of(update: StatusUpdate, *, evidence_count: int) -> SubmissionFacts:
    """What the one validator needs to know of an update and its commitment."""
    commitment = update.commitment
    earlier = StatusUpdate.objects.public().filter(commitment=commitment, body=update.body)
    return SubmissionFacts(
        **{name: getattr(update, name) for name in SAID},
        corrects=update.corrects_id is not None,
        evidence_count=evidence_count,
        has_due_or_target=asks_forecast(commitment),
        previous_published=earlier.exclude(kind=UpdateKind.CONTEXT)
        .exclude(origin=Origin.FACT_IMPORT)
        .exists(),
        current_stage=commitment.stage,
    )


def asks_forecast(commitment: Commitment) -> bool:
    """A forecast is asked for only where a present due date or quantity exists (design §3)."""
    promised = commitment.targets.present().exclude(value=None, due="")
    return bool(commitment.due) or promised.exists()


def _replace_evidence(update: StatusUpdate, rows: Sequence[EvidenceSaid]) -> None:
    """Make the draft's evidence what was typed; a source of the record is named, not copied."""
    mine = list(update.evidence.values_list("source_id", flat=True))
    update.evidence.all().delete()
    Source.objects.filter(pk__in=mine, published_at=None, evidence=None).delete()
    taken: set[int] = set()
    for row in rows:
        source = _known(row, update) or _new_source(row, update)
        if source.pk not in taken:
            taken.add(source.pk)
            Evidence.objects.create(
                update=update, source=source, relation=row.relation, shows=row.shows
            )


def _known(row: EvidenceSaid, update: StatusUpdate) -> Source | None:
    """The public source of the same address, if the record has one."""
    if not row.url:
        return None
    return Source.objects.public().filter(url=row.url).order_by("pk").first()


def _new_source(row: EvidenceSaid, update: StatusUpdate) -> Source:
    published = row.published
    return Source.objects.create(
        slug=f"s{uuid4().hex[:12]}",
        title=row.title,
        publisher=row.publisher,
        url=row.url,
        published=published.text if published else "",
        published_earliest=published.earliest if published else None,
        published_latest=published.latest if published else None,
        language=row.language,
        kind=row.kind,
        added_by=update.author,
        is_demo=update.commitment.programme.is_demo,
    )


def _replace_measurements(update: StatusUpdate, measured: Mapping[int, Decimal]) -> None:
    targets = Target.objects.present().filter(
        commitment=update.commitment_id, pk__in=measured, value__isnull=False
    )
    update.measurements.all().delete()
    Measurement.objects.bulk_create(
        Measurement(
            update=update,
            target=target,
            value=measured[target.pk],
            as_of_on=update.as_of_on or update.created_at.date(),
        )
        for target in targets
    )
