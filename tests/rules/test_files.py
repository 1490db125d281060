"""Files are what their content says; everything else is refused with what it is."""

import contextlib
import io
import zipfile

import pytest

from commitments.errors import Invalid
from commitments.rules.files import clean_name, look_into
from tests import files

MOST = 20 * 1024 * 1024


def look(name, content, most=MOST):
    return tuple(look_into(name, io.BytesIO(content), len(content), most=most))


def refused(name, content, most=MOST):
    with pytest.raises(Invalid) as caught:
        look(name, content, most)
    assert caught.value.field == "upload"
    return caught.value.code, str(caught.value.text)


OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", files.PDF, "application/pdf"),
        ("a.PNG", files.PNG, "image/png"),
        ("a.jpg", files.JPEG, "image/jpeg"),
        ("a.jpeg", files.JPEG, "image/jpeg"),
        ("a.webp", files.WEBP, "image/webp"),
        ("a.docx", files.office(files.DOCX_PART), f"{OOXML}wordprocessingml.document"),
        ("a.xlsx", files.office(files.XLSX_PART), f"{OOXML}spreadsheetml.sheet"),
        ("a.pptx", files.office(files.PPTX_PART), f"{OOXML}presentationml.presentation"),
        ("a.odt", files.open_document("text"), f"{ODF}text"),
        ("a.ods", files.open_document("spreadsheet"), f"{ODF}spreadsheet"),
        ("a.odp", files.open_document("presentation"), f"{ODF}presentation"),
    ],
)
def test_every_kind_is_known_by_its_content(name, content, media_type):
    assert look(name, content) == (name, media_type)


def test_name_without_ending_gains_one():
    assert look("Báo cáo", files.PDF) == ("Báo cáo.pdf", "application/pdf")
    assert look("", files.PNG) == ("file.png", "image/png")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.pdf", files.PNG, "it is of the kind “PNG image”"),
        ("report.docx", files.office(files.XLSX_PART), "of the kind “Excel workbook (XLSX)”"),
        ("report.exe", files.PDF, "rename it to “report.pdf”"),
        ("report.html", files.PDF, "it is of the kind “PDF document”"),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused_with_what_it_is(name, content, said):
    code, text = refused(name, content)

    assert (code, said in text) == ("file_misnamed", True)


WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
BOMB = {"bomb.bin": bytes(300 * 1024 * 1024)}


@pytest.mark.parametrize(
    ("code", "name", "content"),
    [
        ("file_empty", "a.pdf", b""),
        ("file_old_office", "a.doc", files.OLD_WORD),
        ("file_unknown_kind", "a.pdf", b"<script>alert(1)</script>"),
        ("file_unknown_kind", "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("file_unknown_kind", "a.pdf", b"MZ" + bytes(600)),
        ("file_unknown_kind", "a.zip", files.packed({"a.txt": "a"})),
        ("file_unknown_kind", "a.odg", files.open_document("graphics")),
        ("file_unknown_kind", "a.docx", files.office("application/xml")),
        ("file_macros", "a.docm", files.office(WITH_MACROS)),
        ("file_macros", "a.docx", files.office(files.DOCX_PART, **{"word/vbaProject.bin": "x"})),
        ("file_macros", "a.odt", files.open_document("text", **{"Basic/script-lc.xml": "x"})),
        ("file_damaged", "a.docx", files.office(files.DOCX_PART)[:100]),
        ("file_damaged", "a.docx", files.packed({"[Content_Types].xml": "<Types"})),
        (
            "file_damaged",
            "a.docx",
            files.packed(
                {"[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>'}
            ),
        ),
    ],
)
def test_what_cannot_be_evidence_is_refused(code, name, content):
    assert refused(name, content)[0] == code


TYPES = '<?xml version="1.0" encoding="{}"?><Types><Override ContentType="{}"/></Types>'


@pytest.mark.parametrize("encoding", ["hex", "zlib", "rot13", "idna", "undefined"])
def test_document_in_an_encoding_of_no_text_is_damaged(encoding):
    types = TYPES.format(encoding, files.DOCX_PART)

    assert refused("a.docx", files.packed({"[Content_Types].xml": types}))[0] == "file_damaged"


def test_document_with_any_byte_flipped_is_judged_and_never_breaks_us():
    whole = files.office(files.DOCX_PART)
    for at in range(len(whole)):
        flipped = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        with contextlib.suppress(Invalid):
            look("a.docx", flipped)


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_document_packed_as_no_office_packs_is_damaged(packing):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", packing) as zipped:
        zipped.writestr("[Content_Types].xml", TYPES.format("utf-8", files.DOCX_PART))

    assert refused("a.docx", kept.getvalue())[0] == "file_damaged"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_document_with_two_parts_of_one_name_is_damaged():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as zipped:
        for kind in (WITH_MACROS, files.DOCX_PART):
            zipped.writestr("[Content_Types].xml", TYPES.format("utf-8", kind))

    assert refused("a.docx", kept.getvalue())[0] == "file_damaged"


@pytest.mark.parametrize(
    "kind",
    [
        WITH_MACROS,
        "application/vnd.ms-office.vbaProject",
        "application/vnd.ms-excel.macrosheet+xml",
    ],
)
def test_macros_are_found_under_any_name_and_in_a_document_of_two_faces(kind):
    types = TYPES.format("utf-8", kind)
    two_faced = files.open_document("text", **{"[Content_Types].xml": types})

    assert refused("a.odt", two_faced)[0] == "file_macros"
    assert refused("a.docx", files.packed({"[Content_Types].xml": types}))[0] == "file_macros"


def test_file_that_unpacks_without_end_is_refused_unpacked():
    bomb = files.office(files.DOCX_PART, **{"bomb.bin": bytes(200 * 1024 * 1024)})

    assert refused("a.docx", bomb)[0] == "file_bomb"


def test_file_of_very_many_parts_is_refused():
    assert (
        refused("a.docx", files.packed({f"{n}.xml": "" for n in range(10_001)}))[0] == "file_bomb"
    )


def test_limit_is_the_last_size_that_is_taken():
    assert look("a.pdf", files.PDF, most=len(files.PDF))[0] == "a.pdf"
    assert refused("a.pdf", files.PDF, most=len(files.PDF) - 1) == (
        "file_too_large",
        f"This file has {len(files.PDF)} bytes; {len(files.PDF) - 1} bytes is the limit.",
    )


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Báo cáo quý 2.pdf", "Báo cáo quý 2.pdf"),
        ("Ba\u0301o ca\u0301o.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\alice\\plan.docx", "plan.docx"),
        ("a\r\nSet-Cookie: b\x00.pdf", "aSet-Cookie: b.pdf"),
        ("gpj\u202e.fdp.pdf", "gpj.fdp.pdf"),
        ("  .hidden.pdf ", "hidden.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("..", ""),
    ],
)
def test_names_keep_their_letters_and_lose_what_steers(typed, cleaned):
    assert clean_name(typed) == cleaned
