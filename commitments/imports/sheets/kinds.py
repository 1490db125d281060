"""Which kind of file an upload is, by its content."""

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.imports.sheets.bounds import MOST_BYTES, unreadable
from commitments.rules.files import Looked, clean_name, look_into, too_large
from commitments.text.files import XLSX

CSV = "text/csv"
_HEAD = 4096
_OFFICE = (b"PK", b"\xd0\xcf\x11\xe0")
_NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")


def kind_of(name: str, content: BinaryIO, size: int) -> Looked:
    """The kind of the file and the name to keep it under. Raises Invalid at `upload`."""
    if size > MOST_BYTES:
        raise unreadable("file_too_large", too_large(size, MOST_BYTES))
    content.seek(0)
    head = content.read(_HEAD)
    if head.startswith(_NO_TEXT):
        raise _no_spreadsheet()
    if not head.startswith(_OFFICE):
        if not head.strip():
            raise unreadable("file_empty", _("This file is empty."))
        return Looked(clean_name(name) or "file.csv", CSV)
    try:
        looked = look_into(name, content, size, most=MOST_BYTES)
    except Invalid as refused:
        if refused.code == "file_unknown_kind":
            raise _no_spreadsheet() from refused
        raise
    if looked.media_type != XLSX:
        raise _no_spreadsheet()
    return looked


def _no_spreadsheet() -> Invalid:
    text = _("This is no spreadsheet that can be read. Please choose an XLSX or CSV file.")
    return unreadable("file_unknown_kind", text)
