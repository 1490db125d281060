"""What a mail says: pending notices, grouped by commitment, and who can be asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from commitments.emails.digest import DigestMail, Helper
from commitments.models import Commitment, Digest, DigestKind, Membership, Notice, Role, User
from commitments.rules.moments import VIETNAM
from commitments.rules.workdays import WorkCalendar
from commitments.services.notices.about import items_of
from commitments.services.notices.standing import Known

HELPERS = 3
"""How many people of the delivery unit a mail names."""


def content_of(
    digest: Digest,
    notices: Sequence[Notice],
    facts: Known,
    *,
    now: datetime,
    calendar: WorkCalendar,
) -> DigestMail:
    """Gather what the mail says about these notices."""
    items = items_of(notices, facts, digest.recipient_id, now, calendar)
    return DigestMail(
        to=digest.recipient.email,
        name=str(digest.recipient),
        language=digest.language,
        message_id=digest.message_id,
        sent_at=now.astimezone(VIETNAM),
        items=items,
        helpers=_helpers([item.commitment for item in items], digest.recipient_id),
        is_single=digest.kind == DigestKind.SINGLE,
        asked_by=_asked_by(notices),
    )


def _asked_by(notices: Iterable[Notice]) -> list[str]:
    """Who reminded by hand, each once."""
    asking = {notice.asked_by_id for notice in notices if notice.asked_by_id is not None}
    people = User.objects.filter(pk__in=asking).order_by("pk") if asking else ()
    return [str(person) for person in people]


def _helpers(commitments: Iterable[Commitment], recipient: int) -> list[Helper]:
    """Officers of the delivery units, for questions."""
    units = {one.programme.delivery_unit_id: one.programme.delivery_unit for one in commitments}
    rows = (
        Membership.objects.current()
        .filter(organisation__in=[key for key in units if key], role=Role.OFFICER)
        .filter(user__is_active=True)
        .exclude(user=recipient)
        .select_related("user", "organisation")
        .order_by("user_id")
    )
    return [Helper(str(row.user), row.user.email, row.organisation) for row in rows[:HELPERS]]
