"""Mail that does not reach people: noted when it fails, cleared when the address works again."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from django.db import transaction

from commitments.errors import Forbidden
from commitments.models import Digest, MailFault, MailFaultKind, User
from commitments.rules import access
from commitments.rules.mail_faults import Bounce, Failure, as_text, clean_code, is_soft
from commitments.services.citizen_addresses import end_of_address


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


class Outcome(Enum):
    """What became of the news that a mail came back."""

    COUNTED = "counted"
    KNOWN = "known"
    SOFT = "soft"
    UNKNOWN = "unknown"
    ENDED = "ended"


class Whose(NamedTuple):
    """Whose mail it was, at which address, and which of ours, where that is known."""

    person: User
    address: str
    digest: Digest | None


@transaction.atomic
def record_bounce(*, bounce: Bounce, now: datetime) -> Outcome:
    """Count a mail that came back against the address of the person to whom it went.

    One that is only held up is not counted, nor the same report again. The person is found by
    address, else by the mail that came back: it may have been passed on elsewhere, or the address
    was given up since, and then it speaks against that one. Locks the person, so that of two
    reports at once the second sees the first.
    """
    code = clean_code(bounce.code)
    if is_soft(code):
        return Outcome.SOFT
    found = _whose(bounce)
    ended = end_of_address(addresses=tuple(map(as_text, bounce.addresses)))
    if found is None:
        return Outcome.ENDED if ended else Outcome.UNKNOWN
    person = User.objects.select_for_update(no_key=True).get(pk=found.person.pk)
    report_id = _short(as_text(bounce.report_id))
    if report_id and MailFault.objects.filter(person=person, report_id=report_id).exists():
        return Outcome.KNOWN
    MailFault.objects.create(
        person=person,
        address=found.address,
        kind=MailFaultKind.BOUNCED,
        code=code,
        said=as_text(bounce.said),
        report_id=report_id,
        digest=found.digest,
        happened_at=now,
    )
    return Outcome.COUNTED


def _whose(bounce: Bounce) -> Whose | None:
    digest = _mail(as_text(bounce.message_id))
    for address in bounce.addresses:
        person = User.objects.filter(email__iexact=as_text(address)).first()
        if person is not None:
            own = digest if digest and digest.recipient_id == person.pk else None
            return Whose(person, person.email, own)
    if digest is None:
        return None
    return Whose(digest.recipient, _address_then(digest.recipient, bounce.addresses), digest)


def _address_then(person: User, named: Iterable[str]) -> str:
    """The former address of a person that a report names; else their present one."""
    former = User.history.filter(id=person.pk)
    for address in map(as_text, named):
        if former.filter(email__iexact=address).exists():
            return address
    return person.email


def _mail(message_id: str) -> Digest | None:
    if not message_id:
        return None
    return Digest.objects.filter(message_id=message_id).select_related("recipient").first()


def _short(name: str) -> str:
    """What fits the column, and still differs where the whole differs."""
    if len(name) <= LONGEST_ID:
        return name
    return f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"


LONGEST_ID = 250
