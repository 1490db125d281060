"""Mail that does not reach people: noted when it fails, cleared when the address works again."""

from datetime import datetime

from django.db import transaction

from commitments.errors import Forbidden
from commitments.models import Digest, MailFault, MailFaultKind, User
from commitments.rules import access
from commitments.rules.mail_faults import Failure


def note_refused(*, digest: Digest, failure: Failure, now: datetime) -> MailFault:
    """The mail server refused the address of a digest for good."""
    return MailFault.objects.create(
        person=digest.recipient,
        address=digest.recipient.email,
        kind=MailFaultKind.REFUSED,
        code=failure.code,
        said=failure.said,
        digest=digest,
        happened_at=now,
    )


def note_accepted(*, person: User, now: datetime) -> int:
    """A mail was taken: former refusals of the address are over. How many that were.

    What came back stays: a server that takes a mail may still send it back.
    """
    own = MailFault.objects.standing().filter(person=person, kind=MailFaultKind.REFUSED)
    return own.filter(address__iexact=person.email).update(cleared_at=now)


@transaction.atomic
def clear_address(*, person: User, by: User, now: datetime) -> int:
    """The present address works again: what failed before counts no more. How many that were.

    Clearing twice is clearing once.
    """
    if not access.may_clear_address(by, person):
        raise Forbidden
    own = MailFault.objects.standing().filter(person=person, address__iexact=person.email)
    return own.update(cleared_at=now)
