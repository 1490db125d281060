"""Webhooks: what may be asked for, which events are told, and when a message is tried again."""

import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.rules.outgoing import check_outgoing
from commitments.text.characters import hidden_character

RETRY_AFTER = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
"""How long to wait after each failed try, as Standard Webhooks advises; then it is given up."""
MAX_TRIES = len(RETRY_AFTER) + 1
JITTER = 0.1
LONGEST_WAIT = RETRY_AFTER[-1]
PATIENT = 2
"""Later events wait for one that failed so often at most; then they overtake it."""

TWO_SECRETS = timedelta(days=1)
"""After a secret was changed, messages are signed with the former one, too."""

LONGEST_NAME = 100
MOST_OF_BODY = 20
MOST_OF_ADDRESS = 5
"""So many webhooks a body, or an e-mail address, may keep at a time."""


def next_try(
    tries: int, now: datetime, name: str, asked: timedelta = timedelta()
) -> datetime | None:
    """When to try again after so many tries, not before the receiver `asked` for; None: never."""
    if tries >= MAX_TRIES:
        return None
    wait = RETRY_AFTER[tries - 1]
    spread = wait * JITTER * (zlib.crc32(f"{name}/{tries}".encode()) % 1000 / 1000)
    return now + max(wait + spread, min(asked, LONGEST_WAIT))


class Told(NamedTuple):
    """What decides whether an event is told; `programme`: None for what belongs to none."""

    kind: str
    programme: str | None
    is_demo: bool


def is_told(
    event: Told, *, kinds: Collection[str], programmes: Collection[str], demos: Collection[str]
) -> bool:
    """Whether a webhook that asks for these is told; `demos` are the demonstration's programmes.

    Whoever names no programme is told everything but the demonstration. What belongs to no
    programme, such as sources and bodies, goes with every programme of its world.
    """
    if kinds and event.kind not in kinds:
        return False
    worlds = {name in demos for name in programmes} or {False}
    if event.is_demo not in worlds:
        return False
    return not programmes or event.programme is None or event.programme in programmes


def check_webhook(
    *,
    address: str,
    name: str,
    kinds: Sequence[str],
    programmes: Sequence[str],
    known_kinds: Collection[str],
    known_programmes: Collection[str],
    ports: Collection[int],
) -> Iterator[Refusal]:
    """All that is wrong with what was typed, at its field; the same for form and API."""
    try:
        check_outgoing(address, ports=ports, field="address")
    except Invalid as refused:
        yield refused
    if len(name) > LONGEST_NAME:
        yield Invalid("too_long", format_lazy(_LONG, longest=LONGEST_NAME), "name")
    if hidden_character(name):
        yield Invalid("hidden_character", _HIDDEN, "name")
    for field, said, known in (
        ("kinds", kinds, known_kinds),
        ("programmes", programmes, known_programmes),
    ):
        unknown = [one for one in said if one not in known]
        if unknown:
            yield Invalid("unknown", format_lazy(_UNKNOWN, value=str(unknown[0])[:80]), field)


_LONG = _("The name is too long: {longest} characters at most.")
_HIDDEN = _("The name contains an invisible character. Please type it anew.")
_UNKNOWN = _("“{value}” is not known here.")


def check_replay(after: int | None, newest: int) -> None:
    """Raise Invalid for a sequence after which nothing can have happened."""
    if after is None or not 0 <= after <= newest:
        raise Invalid("sequence_unknown", format_lazy(_SEQUENCE, newest=newest), "after")


_SEQUENCE = _("Please give a number from 0 to {newest}, the newest event.")
