"""Finds characters in a text that nobody sees but that change what is read, or how."""

import unicodedata

ALLOWED_CONTROLS = "\n\t"
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Turn the direction of reading, so that a text shows other words than it holds."""


def hidden_character(text: str) -> str:
    """The first control or turning character of the text, as `U+202E`; nothing where none is.

    A line break counts as one character, however it was sent.
    """
    for character in text.replace("\r\n", "\n"):
        if character in TURNING or _is_control(character):
            return f"U+{ord(character):04X}"
    return ""


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} and character not in ALLOWED_CONTROLS
