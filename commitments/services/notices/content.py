"""What a mail says: pending notices, grouped by commitment, and who can be asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import translation

from commitments.emails.digest import DigestMail, Helper
from commitments.emails.quoted import quoted
from commitments.models import Digest, DigestKind, Membership, Notice, Organisation, Role, User
from commitments.rules.moments import VIETNAM
from commitments.rules.workdays import WorkCalendar
from commitments.services.notices.about import gather
from commitments.services.notices.standing import Known
from commitments.text.mutes import mute_url

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
    """Gather what the mail says about these notices, in the language of the digest."""
    with translation.override(digest.language):
        said = gather(notices, facts, digest.recipient_id, now, calendar)
        helpers = _helpers(said.units, digest.recipient_id)
    return DigestMail(
        to=digest.recipient.email,
        name=str(digest.recipient),
        language=digest.language,
        message_id=digest.message_id,
        sent_at=now.astimezone(VIETNAM),
        items=said.items,
        mute_url=mute_url(digest.recipient_id),
        helpers=helpers,
        is_single=digest.kind == DigestKind.SINGLE,
        asked_by=_asked_by(notices),
    )


def _asked_by(notices: Iterable[Notice]) -> list[str]:
    """Who reminded by hand, each once."""
    asking = {notice.asked_by_id for notice in notices if notice.asked_by_id is not None}
    people = User.objects.filter(pk__in=asking).order_by("pk") if asking else ()
    return [str(person) for person in people]


def _helpers(units: Sequence[Organisation], recipient: int) -> list[Helper]:
    """Officers of the delivery units, for questions."""
    rows = (
        Membership.objects.current()
        .filter(organisation__in=units, role=Role.OFFICER)
        .filter(user__is_active=True)
        .exclude(user=recipient)
        .select_related("user", "organisation")
        .order_by("user_id")
    )
    return [
        Helper(str(row.user), row.user.email, quoted(row.organisation, "name"))
        for row in rows[:HELPERS]
    ]
