"""Which files may be evidence: judged by their content, never by their name alone."""

import struct
import unicodedata
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import filetype
from defusedxml import ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Text
from commitments.text import files as words

ENDINGS = {
    words.PDF: ("pdf",),
    words.PNG: ("png",),
    words.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    words.WEBP: ("webp",),
    words.DOCX: ("docx",),
    words.XLSX: ("xlsx",),
    words.PPTX: ("pptx",),
    words.ODT: ("odt",),
    words.ODS: ("ods",),
    words.ODP: ("odp",),
}
"""What the name of each kind may end in; the first is the usual one."""

ACCEPT = ",".join(f".{ending}" for endings in ENDINGS.values() for ending in endings)
LONGEST_NAME = 200

_PLAIN = (words.PDF, words.PNG, words.JPEG, words.WEBP)
_HEAD = 8192
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MAIN_PARTS = {f"{kind}.main+xml": kind for kind in (words.DOCX, words.XLSX, words.PPTX)}
_MOST_PARTS = 10_000
_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_RATIO = 150
_LONGEST_LIST = 1024 * 1024
_NAMES_OF_MACROS = ("vbaproject.bin", "vbadata.xml", "script-lb.xml", "script-lc.xml")
_KINDS_OF_MACROS = ("macroenabled", "vbaproject", "macrosheet")
_BROKEN = (
    BadZipFile, RuntimeError, ElementTree.ParseError, ValueError, LookupError,
    DefusedXmlException, EOFError, OSError, zlib.error, struct.error,
)  # fmt: skip
"""What the libraries raise over a file that is not whole, or was never meant to be."""


class Looked(NamedTuple):
    """What a file turned out to be, and the name under which it is kept."""

    name: str
    media_type: str


def look_into(name: str, content: BinaryIO, size: int, *, most: int) -> Looked:
    """Judge an upload by its content. Raises Invalid at `upload`, saying what the file is instead.

    A PDF may hold scripts: files are only ever handed out as downloads. Old office formats are
    refused, for their macros cannot be told from their text.
    """
    if size > most:
        raise _invalid("file_too_large", too_large(size, most))
    if not size:
        raise _invalid("file_empty", _("This file is empty."))
    media_type = _media_type(content, size)
    return Looked(_named(clean_name(name), media_type), media_type)


def too_large(size: int, most: int) -> Text:
    text = _("This file has {size}; {most} is the limit.")
    return format_lazy(text, size=words.size_words(size), most=words.size_words(most))


def clean_name(name: str) -> str:
    """The last part of the name, in composed letters, without what steers or hides."""
    composed = unicodedata.normalize("NFC", name).replace("\\", "/")
    last = PurePosixPath(composed).name
    seen = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    seen = " ".join(seen.split()).strip(". ")
    stem, dot, ending = seen.rpartition(".")
    if dot and len(ending) < 10:
        return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return seen[:LONGEST_NAME]


def _named(name: str, media_type: str) -> str:
    """The name, where it says what the file is; with its ending, where it says nothing."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return f"{(name or 'file')[: LONGEST_NAME - 6]}.{ENDINGS[media_type][0]}"
    if ending.lower() not in ENDINGS[media_type]:
        text = _(
            "“{name}” is not what its name says: it is of the kind “{kind}”. "
            "Please check that it is the right file, and rename it to “{right}”."
        )
        right = f"{stem}.{ENDINGS[media_type][0]}"
        kind = words.KINDS[media_type]
        raise _invalid("file_misnamed", format_lazy(text, name=name, kind=kind, right=right))
    return name


def _media_type(content: BinaryIO, size: int) -> str:
    content.seek(0)
    head = content.read(_HEAD)
    if head.startswith(_OLD_OFFICE):
        raise _invalid("file_old_office", _OLD)
    if head.startswith(_ZIP):
        return _packed(content, size)
    found = filetype.guess_mime(head)
    if found in _PLAIN:
        return str(found)
    raise _of_no_kind(found)


_OLD = _(
    "This is an old or password-protected Office file (such as DOC, XLS or PPT). It cannot be "
    "checked for macros. Please save it as PDF, DOCX, XLSX or PPTX without a password."
)
_WHAT_IS_TAKEN = _(
    "Please choose a PDF, an image (PNG, JPEG, WebP) or an office document "
    "(DOCX, XLSX, PPTX, ODT, ODS, ODP)."
)


def _of_no_kind(found: str | None) -> Invalid:
    if not found:
        return _invalid("file_unknown_kind", _WHAT_IS_TAKEN)
    text = _("This file is of the type “{found}”, which cannot be evidence.")
    return _invalid(
        "file_unknown_kind", format_lazy("{} {}", format_lazy(text, found=found), _WHAT_IS_TAKEN)
    )


def _packed(content: BinaryIO, size: int) -> str:
    """The kind of an office document. It is never unpacked, but for the list of its parts."""
    try:
        content.seek(0)
        with ZipFile(content) as packed:
            _bounded(packed, size)
            kind = _kind_of(packed)
    except _BROKEN as broken:
        text = _("This office document is damaged and cannot be opened.")
        raise _invalid("file_damaged", text) from broken
    if kind is None:
        raise _of_no_kind("application/zip")
    return kind


def _bounded(packed: ZipFile, size: int) -> None:
    parts = packed.infolist()
    if len({part.filename for part in parts}) != len(parts):
        raise BadZipFile("two parts of one name: a reader may open another one than we judged")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise BadZipFile("packed as no office packs")
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > _MOST_UNPACKED or unpacked > max(size, _LONGEST_LIST) * _MOST_RATIO
    if len(parts) > _MOST_PARTS or is_bomb:
        text = _("This file would unpack to far more than it seems to hold. It cannot be taken.")
        raise _invalid("file_bomb", text)
    if any(_is_macro(part.filename.lower()) for part in parts):
        raise _invalid("file_macros", _MACROS)


_MACROS = _("This document holds macros (programs). Please save it without them, or as PDF.")


def _is_macro(path: str) -> bool:
    return path.rpartition("/")[2] in _NAMES_OF_MACROS or path.startswith(("basic/", "scripts/"))


def _kind_of(packed: ZipFile) -> str | None:
    names = set(packed.namelist())
    types = _types_in(packed) if "[Content_Types].xml" in names else set()
    if any(macro in one.lower() for one in types for macro in _KINDS_OF_MACROS):
        raise _invalid("file_macros", _MACROS)
    if "mimetype" in names:
        said = _read(packed, "mimetype").decode("ascii", "replace").strip()
        return said if said in (words.ODT, words.ODS, words.ODP) else None
    return next((kind for part, kind in _MAIN_PARTS.items() if part in types), None)


def _types_in(packed: ZipFile) -> set[str]:
    root = ElementTree.fromstring(_read(packed, "[Content_Types].xml"))
    return {node.get("ContentType", "") for node in root}


def _read(packed: ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        return part.read(_LONGEST_LIST)


def _invalid(code: str, text: Text) -> Invalid:
    return Invalid(code, text, "upload")
