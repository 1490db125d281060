"""Reads a delivery report (RFC 3464), the mail by which a server says that one did not arrive."""

import hashlib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

from commitments.rules.mail_faults import Bounce, as_text, clean_code

LARGEST = 5 * 2**20
"""Bytes that are read of a report: enough for the mail that comes back with it."""

_HELD_UP = "4.0.0"


def read_report(raw: bytes) -> list[Bounce]:
    """Each recipient whom the report says a mail did not reach, or not yet; none for other mail.

    Every byte may be wrong: what is not understood is left out. Without an id of its own the
    report is known by its bytes, so that the same report twice counts once.
    """
    try:
        report = message_from_bytes(raw[:LARGEST])
        parts = list(report.walk())
    except (RecursionError, ValueError, LookupError):  # nested or spelled so that nobody reads it
        return []
    own_id = _text(report, "Message-ID") or f"sha256:{hashlib.sha256(raw).hexdigest()}"
    about = next(filter(None, map(_original, parts)), "")
    return [
        bounce._replace(report_id=own_id, message_id=about)
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for bounce in _recipients(part)
    ]


def _recipients(part: Message) -> Iterator[Bounce]:
    """The blocks of the status part: the first is of the mail, each other of a recipient."""
    for block in _blocks(part):
        action = _text(block, "Action").lower()
        named = (_text(block, "Original-Recipient"), _text(block, "Final-Recipient"))
        addresses = tuple(filter(None, map(address_in, named)))
        if not addresses or action in ("delivered", "relayed", "expanded"):
            continue
        said = _text(block, "Diagnostic-Code").partition(";")[2].strip()
        code = clean_code(_text(block, "Status")) or clean_code(said)
        if action == "delayed" and not code.startswith("4"):
            code = _HELD_UP
        yield Bounce(addresses, code, said)


def _blocks(part: Message) -> list[Message]:
    found: Any = part.get_payload()
    return [one for one in found if isinstance(one, Message)] if isinstance(found, list) else []


def _original(part: Message) -> str:
    """The Message-ID of the mail that came back, from a copy of it or of its head."""
    if part.get_content_type() == "message/rfc822":
        return next((_text(one, "Message-ID") for one in _blocks(part)), "")
    if part.get_content_type() == "text/rfc822-headers":
        found: Any = part.get_payload(decode=True)
        return _text(message_from_bytes(found), "Message-ID") if found else ""
    return ""


def _text(block: Message, name: str) -> str:
    return as_text(str(block.get(name, "")))


def address_in(said: str) -> str:
    """The address in `rfc822;<alice@example.org>`, or in itself."""
    return said.rpartition(";")[2].strip().removeprefix("<").removesuffix(">").strip()
