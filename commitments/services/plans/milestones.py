"""Marking a public milestone as done: a fact that an officer states with its source."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Refusal, WrongState, refuse
from commitments.models import Commitment, Milestone, Source, User
from commitments.reports.plans import known_of
from commitments.rules import access
from commitments.rules.commitments import SourceSaid, check_source
from commitments.services import record
from commitments.services.plans._sources import Shelf, make_public
from commitments.services.record import officer_of


@transaction.atomic
def complete_milestone(
    *,
    milestone: Milestone,
    officer: User,
    done_on: date | None,
    source: SourceSaid,
    today: date,
    now: datetime,
) -> Milestone:
    """Say in public that the step was done, on which day, and where that can be read.

    Locks the commitment. Twice with the same day is once. Raises Forbidden for anybody but an
    officer, WrongState for a draft or a step that was done on another day, Refusals for a missing
    or future day and for a source that cannot be kept.
    """
    commitment = _locked(milestone)
    if not access.is_officer_of(officer, commitment.programme):
        raise Forbidden
    if commitment.published_at is None:
        raise WrongState("not_published", _DRAFT)
    mine = Milestone.objects.select_related("commitment__programme").get(pk=milestone.pk)
    if mine.done_on is not None:
        if mine.done_on == done_on:
            return mine
        raise WrongState("done_already", _DONE)
    known = known_of(commitment.programme)
    refuse([*_check_day(done_on, today), *check_source(source, known)])
    shelf = Shelf(known, is_demo=commitment.programme.is_demo, added_by=officer)
    rests_on = Source.objects.get(pk=shelf.rows_of([source])[0])
    mine.done_on = done_on
    mine.save(update_fields=["done_on"])
    mine.sources.add(rests_on)
    by = officer_of(commitment.programme)
    said: dict[str, Any] = {"by": by, "effective_on": today, "now": now}
    if make_public(rests_on, now):
        record.publish(rests_on, action="published", **said)
    record.publish(mine, action="completed", **said)
    return mine


def _locked(milestone: Milestone) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("programme__delivery_unit").get(pk=milestone.commitment_id)


def _check_day(done_on: date | None, today: date) -> Iterator[Refusal]:
    if done_on is None:
        text = _("Please say on which day it was done.")
        yield Invalid("done_on_missing", text, "done_on")
    elif done_on > today:
        text = _("This day lies in the future. Please give today or an earlier day.")
        yield Invalid("done_in_future", text, "done_on")


_DRAFT = _("A step is marked as done once the commitment is public.")
_DONE = _("This step is marked as done on another day already.")
