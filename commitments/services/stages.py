"""What a published update does to its commitment: stage, forecast and last as-of date."""

from datetime import date, datetime

from commitments.models import (
    CLOSED,
    Commitment,
    Completion,
    Forecast,
    Stage,
    StatusUpdate,
    UpdateKind,
)
from commitments.services import record
from commitments.services.record import Actor

DERIVED = [
    "stage",
    "stage_as_of_on",
    "stage_update_id",
    "closed_on",
    "forecast",
    "forecast_as_of_on",
    "forecast_update_id",
    "last_as_of_on",
]
"""The columns of a commitment that follow from its updates."""


def apply_update(
    update: StatusUpdate, *, by: Actor, effective_on: date, now: datetime
) -> list[str]:
    """Let a freshly published update move its commitment, and record the move if there is one."""
    commitment = Commitment.objects.select_for_update(no_key=True).get(pk=update.commitment_id)
    changed = restate(commitment)
    if changed:
        record.publish(commitment, action="stage_set", by=by, effective_on=effective_on, now=now)
    return changed


def restate(commitment: Commitment) -> list[str]:
    """Work out stage, forecast and last as-of date anew from the standing updates, and save.

    The newest as-of date speaks; of two of one day the one published later. Context carries
    neither. A `withdrawn`, `superseded` or officer-confirmed stage is not an update's to change,
    and what an import closed no word of the body opens again.
    Returns the names of the columns that changed; the caller holds the commitment's lock.
    """
    spoken = list(
        StatusUpdate.objects.standing()
        .filter(commitment=commitment)
        .exclude(kind=UpdateKind.CONTEXT)
        .order_by("-as_of_on", "-published_at", "-pk")
    )
    before = _state_of(commitment)
    if not _decided_otherwise(commitment):
        _set_stage(commitment, next((u for u in _heard(commitment, spoken) if u.stage), None))
    _set_forecast(commitment, next((update for update in spoken if _is_the_bodys(update)), None))
    commitment.last_as_of_on = spoken[0].as_of_on if spoken else None
    after = _state_of(commitment)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        commitment.save(update_fields=changed)
    return changed


def _state_of(commitment: Commitment) -> dict[str, object]:
    return {name: getattr(commitment, name) for name in DERIVED}


def _decided_otherwise(commitment: Commitment) -> bool:
    """Closed by a change request, or by an officer's confirmation that still stands."""
    if commitment.stage in (Stage.WITHDRAWN, Stage.SUPERSEDED):
        return True
    confirmed = Completion.objects.filter(
        update__commitment=commitment, update__retraction__isnull=True
    )
    return commitment.stage == Stage.COMPLETE and confirmed.exists()


def _heard(commitment: Commitment, spoken: list[StatusUpdate]) -> list[StatusUpdate]:
    """Who is heard on the stage: all, or imports only while one stands that closed it."""
    closed = commitment.stage in CLOSED and commitment.stage_update in spoken
    return [update for update in spoken if not (closed and _is_the_bodys(update))]


def _is_the_bodys(update: StatusUpdate) -> bool:
    """Forecasts are asked of the body when it reports; an import never was asked."""
    return update.author_id is not None


def _set_stage(commitment: Commitment, said: StatusUpdate | None) -> None:
    commitment.stage = said.stage if said else ""
    commitment.stage_as_of_on = said.as_of_on if said else None
    commitment.stage_update = said
    commitment.closed_on = _closing_day(said)


def _closing_day(said: StatusUpdate | None) -> date | None:
    return said.as_of_on if said and said.stage in CLOSED else None


def _set_forecast(commitment: Commitment, said: StatusUpdate | None) -> None:
    given = said is not None and said.forecast != Forecast.NOT_GIVEN
    commitment.forecast = said.forecast if said and given else Forecast.NOT_GIVEN
    commitment.forecast_as_of_on = said.as_of_on if said and given else None
    commitment.forecast_update = said if given else None
