"""What an upload is, by its content and not by its name."""

import io
import zipfile

import pytest

from commitments.errors import Invalid
from commitments.imports.sheets import kind_of
from tests.imports.sheets.files import xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kind(content, name="test.xlsx", size=None):
    return kind_of(name, io.BytesIO(content), len(content) if size is None else size)


def refused(content, **about):
    with pytest.raises(Invalid) as found:
        kind(content, **about)
    return (found.value.code, found.value.field)


def packed(*names, source=None):
    stream = io.BytesIO(source or xlsx({"targets": [["commitment"]]}).getvalue())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            package.writestr(name, b"\0" * 100)
    return stream.getvalue()


def test_kind_of_a_workbook():
    assert tuple(kind(packed())) == ("test.xlsx", XLSX)


@pytest.mark.parametrize("name", ["test.csv", "test.txt", "../../test.csv", "test.csv\0"])
def test_kind_of_text(name):
    looked = kind(b"slug,title_en\r\n", name=name)

    assert looked.media_type == "text/csv"
    assert "/" not in looked.name


@pytest.mark.parametrize(
    ("content", "about", "code"),
    [
        (b"", {"name": "a.csv"}, "file_empty"),
        (b"slug", {"name": "a.csv", "size": 40 * 1024 * 1024}, "file_too_large"),
        (b"%PDF-1.7 test", {"name": "a.csv"}, "file_unknown_kind"),
        (b"\x89PNG\r\n\x1a\n", {"name": "a.xlsx"}, "file_unknown_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, {"name": "a.xls"}, "file_old_office"),
        (packed(), {"name": "a.csv"}, "file_misnamed"),
        (packed("xl/vbaProject.bin"), {}, "file_macros"),
    ],
)
def test_kind_of_what_is_no_spreadsheet(content, about, code):
    assert refused(content, **about) == (code, "upload")


def test_kind_of_a_bomb():
    stream = io.BytesIO(packed())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet2.xml", b"\0" * 200 * 1024 * 1024)

    assert refused(stream.getvalue()) == ("file_bomb", "upload")


def test_kind_of_another_package():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("any.txt", "test")

    assert refused(stream.getvalue()) == ("file_unknown_kind", "upload")
