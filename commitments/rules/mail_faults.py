"""Which failures speak against an address, and when mail no longer reaches a person."""

import re
import smtplib
from collections.abc import Iterable
from typing import NamedTuple

from commitments.models import MailFault

MANY = 3
"""So many standing faults of the present address: mail does not reach the person."""

LONGEST_SAID = 2000


class Failure(NamedTuple):
    """A hard failure: the code, enhanced (`5.1.1`) where the server gave one, and its words."""

    code: str
    said: str


class Bounce(NamedTuple):
    """A mail that came back, as the operator's hook or a delivery report tells it.

    `addresses` name the recipient, the likeliest first; `message_id` is that of the mail itself.
    """

    addresses: tuple[str, ...]
    code: str = ""
    said: str = ""
    report_id: str = ""
    message_id: str = ""


def is_unreached(faults: Iterable[MailFault], address: str) -> bool:
    """Whether mail to this present address is taken not to arrive."""
    return last_straw(faults, address) is not None


def last_straw(faults: Iterable[MailFault], address: str) -> MailFault | None:
    """The standing fault of this address that made them many; None while there are fewer."""
    own = [one for one in faults if one.cleared_at is None and same_address(one.address, address)]
    own.sort(key=lambda one: (one.happened_at, one.pk))
    return own[MANY - 1] if len(own) >= MANY else None


def same_address(one: str, other: str) -> bool:
    """An address is one person, however it is capitalised."""
    return one.casefold() == other.casefold()


_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"[245]\d\d|[245]\.\d{1,3}\.\d{1,3}")
_OF_THE_ADDRESS = re.compile(r"5\.(1\.(?!(7|8|9)$)|2\.(?!3$)|4\.[14]$)")
"""RFC 3463: unknown or moved (1), closed or full (2), no such place (4.1, 4.4). Not: the sender
(1.7, 1.8), too big (2.3), the network, the protocol, what the mail says, who may relay (7)."""

_NOT_OF_THE_ADDRESS = frozenset({500, 501, 502, 503, 504, 521, 530, 534, 535, 538, 555})
"""Without an enhanced code: what the server says of the conversation and of who we are."""


def hard_failure(error: Exception) -> Failure | None:
    """What a mail server said for good of the one address that it was given; None for all else.

    What may pass, and what is about the sender, the log-in or the words of the mail, is no fault
    of the person: it is tried again.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (0, b""))
        return _judged(code, as_text(said), by_code=True)
    if isinstance(error, smtplib.SMTPDataError):
        return _judged(error.smtp_code, as_text(error.smtp_error), by_code=False)
    return None


def _judged(code: int, said: str, *, by_code: bool) -> Failure | None:
    """`by_code`: the reply was to the address itself, so that its bare code tells enough."""
    if code < 500:
        return None
    found = _ENHANCED.search(said)
    if found and found[0] != "5.0.0":
        return Failure(found[0], said) if _OF_THE_ADDRESS.match(found[0]) else None
    if by_code and code not in _NOT_OF_THE_ADDRESS:
        return Failure(str(code), said)
    return None


def as_text(said: bytes | str) -> str:
    """What a server said, as far as it is text; no longer than anybody reads."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_SAID]


def clean_code(said: str) -> str:
    """The status within what was said (`5.1.1 (unknown)`); empty where there is none."""
    found = _CODE.match(said.strip())
    return found[0] if found else ""


def is_soft(code: str) -> bool:
    """A mail that was only held up may still arrive."""
    return code.startswith(("2", "4"))
