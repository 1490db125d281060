"""What the tests of an update's way ask and do again and again."""

from datetime import timedelta

from commitments.models import (
    Commitment,
    PublicEvent,
    ReviewAction,
    StatusUpdate,
)
from commitments.services import updates
from tests.factories.clock import NOW, TODAY

YESTERDAY = TODAY - timedelta(days=1)


def way(update):
    return list(
        ReviewAction.objects.filter(update=update).values_list("deed", "person__email", "comment")
    )


def state(update):
    return StatusUpdate.objects.get(pk=update.pk).state


def events():
    return list(PublicEvent.objects.values_list("action", "object_kind", "object_key"))


def standing(commitment):
    fresh = Commitment.objects.get(pk=commitment.pk)
    return fresh.stage, fresh.stage_as_of_on, fresh.stage_update_id, fresh.forecast


def submit(update, author, today=TODAY):
    return updates.submit_update(update=update, author=author, today=today, now=NOW)
