"""Files in words: what kind one is, and how large."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from commitments.text.display import amount

PDF = "application/pdf"
PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
_OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = f"{_OOXML}wordprocessingml.document"
XLSX = f"{_OOXML}spreadsheetml.sheet"
PPTX = f"{_OOXML}presentationml.presentation"
_ODF = "application/vnd.oasis.opendocument."
ODT, ODS, ODP = f"{_ODF}text", f"{_ODF}spreadsheet", f"{_ODF}presentation"

KINDS = {
    PDF: _("PDF document"),
    PNG: _("PNG image"),
    JPEG: _("JPEG image"),
    WEBP: _("WebP image"),
    DOCX: _("Word document (DOCX)"),
    XLSX: _("Excel workbook (XLSX)"),
    PPTX: _("PowerPoint presentation (PPTX)"),
    ODT: _("OpenDocument text (ODT)"),
    ODS: _("OpenDocument spreadsheet (ODS)"),
    ODP: _("OpenDocument presentation (ODP)"),
}
"""The kinds of file that evidence may be, by media type."""

STEP = 1024


def kind_words(media_type: str) -> str:
    """The kind of a file in the reader's words; one we have no word for by its media type."""
    return str(KINDS.get(media_type, media_type))


def size_words(size: int) -> str:
    """A size as people say it: `312 bytes`, `48 kB`, `1.2 MB`."""
    if size < STEP:
        return str(_("{number} bytes")).format(number=size)
    if size < STEP * STEP:
        return f"{amount(Decimal(size) // STEP)} kB"
    tenths = (Decimal(size) / (STEP * STEP)).quantize(Decimal("0.1"))
    return f"{amount(tenths)} MB"
