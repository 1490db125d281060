"""How much a file may hold, and how a file that cannot be read is refused."""

from commitments.errors import Invalid, Text

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
HEAD = 2
"""The row of keys and the row of headings, which are no data."""
MOST_FAULTS = 5_000
"""After so many errors nothing more is read; a file with more needs another kind of help."""


def unreadable(code: str, text: Text) -> Invalid:
    """A file that cannot be read at all; it is not kept."""
    return Invalid(code, text, "upload")
