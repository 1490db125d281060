"""What every text must keep to, whoever writes it: its limit, and no hidden characters."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.text.characters import hidden_character

_TOO_LONG = _("This text has {length} characters; {limit} is the limit.")
_HIDDEN = _(
    "This text holds an invisible character ({code}) that could make it read differently. "
    "Please delete it, or type the text anew instead of copying it."
)


def check_text(text: str, limit: int, field: str | None = None) -> Iterator[Refusal]:
    """A text over its limit, and one with control characters; a line break counts as one."""
    length = len(text.replace("\r\n", "\n"))
    if length > limit:
        yield Invalid("too_long", format_lazy(_TOO_LONG, length=length, limit=limit), field)
    yield from check_characters(text, field)


def check_characters(text: str, field: str | None = None) -> Iterator[Refusal]:
    """Characters that nobody sees but that change what is read."""
    if code := hidden_character(text):
        yield Invalid("hidden_character", format_lazy(_HIDDEN, code=code), field)
