"""The mails of invitations: an outbox of their own rows, found by the beat."""

import logging
from datetime import datetime

from django.db.models import F
from django.utils.crypto import salted_hmac

from commitments.emails.invitation import build_invitation
from commitments.models import Invitation
from commitments.rules.retries import next_try
from commitments.services.access import LEASE, NO_MAIL_WENT
from commitments.services.invitations import GOOD_FOR, link_of

logger = logging.getLogger(__name__)


def invitations_to_send(*, now: datetime) -> list[int]:
    return list(Invitation.objects.to_send(now).order_by("pk").values_list("pk", flat=True))


def deliver_invitation(invitation_id: int, *, now: datetime) -> bool:
    """Send one mail, unless it is sent or in another sender's hands.

    Moving `next_try_at` on is the lease: one UPDATE, so that only one sender goes on.
    """
    claimed = Invitation.objects.to_send(now).filter(pk=invitation_id)
    if not claimed.update(tries=F("tries") + 1, next_try_at=now + LEASE):
        return False
    rows = Invitation.objects.select_related("organisation", "invited_by")
    invitation = rows.get(pk=invitation_id)
    mine = Invitation.objects.filter(pk=invitation_id, nonce=invitation.nonce)
    try:
        build_invitation(
            invitation,
            url=link_of(invitation),
            message_name=message_name(invitation),
            made_at=invitation.expires_at - GOOD_FOR,
        ).send()
    except NO_MAIL_WENT as error:
        said = f"{type(error).__name__}: {error}"
        logger.warning("Invitation %s could not be sent: %s", invitation_id, said)
        again = next_try(invitation.tries, now) or invitation.expires_at
        mine.update(next_try_at=again, last_error=said)
        return False
    mine.update(sent_at=now, last_error="")
    return True


def message_name(invitation: Invitation) -> str:
    """The same for every try of one link, and another for the next link."""
    mark = salted_hmac("commitments.invitation.mail", invitation.nonce).hexdigest()[:16]
    return f"invitation-{invitation.pk}-{mark}"
