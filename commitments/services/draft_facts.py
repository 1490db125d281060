"""What the one validator needs to know of an update: what it says, and what is around it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from commitments.errors import Refusal
from commitments.models import Commitment, Organisation, Origin, StatusUpdate, UpdateKind
from commitments.rules.review import PLAIN
from commitments.rules.validators import SubmissionFacts, check_submission

SAID = PLAIN
"""The columns of an update that its author fills in."""


class Around(NamedTuple):
    """What there is around an update; true as long as its commitment is locked."""

    asks_forecast: bool
    has_published: bool
    """Its body published an update of the commitment that still stands."""


def around(commitment: Commitment, body: Organisation | None) -> Around:
    earlier = StatusUpdate.objects.standing().filter(commitment=commitment, body=body)
    own = earlier.exclude(kind=UpdateKind.CONTEXT).exclude(origin=Origin.FACT_IMPORT)
    return Around(asks_forecast(commitment), own.exists())


def facts_of(
    update: StatusUpdate, *, evidence_count: int, known: Around | None = None
) -> SubmissionFacts:
    """What the one validator needs to know of an update and its commitment."""
    known = known or around(update.commitment, update.body)
    return SubmissionFacts(
        **{name: getattr(update, name) for name in SAID},
        corrects=update.corrects_id is not None,
        evidence_count=evidence_count,
        has_due_or_target=known.asks_forecast,
        previous_published=known.has_published,
        current_stage=update.commitment.stage,
    )


def words_of(update: StatusUpdate) -> SubmissionFacts:
    """What a draft is judged by: nothing but what it says itself."""
    return SubmissionFacts(
        **{name: getattr(update, name) for name in SAID},
        has_due_or_target=False,
        previous_published=False,
        current_stage="",
    )


def missing_in(
    *,
    commitment: Commitment,
    body: Organisation | None,
    corrects: StatusUpdate | None,
    said: Mapping[str, Any],
    evidence_count: int,
    today: date,
    known: Around | None = None,
) -> list[Refusal]:
    """What would keep this from being handed in, without keeping it."""
    update = StatusUpdate(commitment=commitment, body=body, corrects=corrects, **said)
    return check_submission(facts_of(update, evidence_count=evidence_count, known=known), today)


def asks_forecast(commitment: Commitment) -> bool:
    """A forecast is asked for only where a present due date or quantity exists (design §3)."""
    promised = commitment.targets.present().exclude(value=None, due="")
    return bool(commitment.due) or promised.exists()
