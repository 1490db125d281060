"""Finds characters in a text that nobody sees but that change what is read, or how."""

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for tab and line break
    "\u202a-\u202e\u2066-\u2069"  # turn the direction of reading: other words than are held
    "\ud800-\udfff]"  # halves of characters, which no file can hold
)


def hidden_character(text: str) -> str:
    """The first control or turning character of the text, as `U+202E`; nothing where none is.

    A line break counts as one character, however it was sent.
    """
    found = _HIDDEN.search(text.replace("\r\n", "\n"))
    return f"U+{ord(found.group()):04X}" if found else ""
