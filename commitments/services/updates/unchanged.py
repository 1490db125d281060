"""No material change, in one act: an update that repeats what was published last."""

from datetime import date, datetime

from django.db import transaction

from commitments.models import Commitment, StatusUpdate, UpdateKind, User
from commitments.services.drafts import begin_draft
from commitments.services.updates.submission import submit_update


@transaction.atomic
def report_no_change(
    *, commitment: Commitment, author: User, after: int, today: date, now: datetime
) -> StatusUpdate:
    """Begin and hand in at once; neither stays when the other is refused.

    Raises AlreadyBegun where the author began something since `after` was read, as `begin_draft`
    does, and what `submit_update` raises.
    """
    draft = begin_draft(
        commitment=commitment,
        author=author,
        said={"kind": UpdateKind.NO_CHANGE, "as_of_on": today},
        evidence=[],
        measured={},
        after=after,
        today=today,
        now=now,
    )
    return submit_update(update=draft, author=author, today=today, now=now, version=draft.version)
