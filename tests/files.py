"""Small real files of every kind, made on the spot."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000000000200015e2128bc0000000049454e44ae426082"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
DOCX_PART = MAIN.format("wordprocessingml.document")
XLSX_PART = MAIN.format("spreadsheetml.sheet")
PPTX_PART = MAIN.format("presentationml.presentation")


def packed(parts):
    """A ZIP file of names and contents."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return kept.getvalue()


def office(main_part, **more):
    """An office document of that main part, with more parts in it."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Override PartName="/main.xml" ContentType="{main_part}"/></Types>'
    )
    return packed({"[Content_Types].xml": types, "main.xml": "<main/>"} | more)


def open_document(kind, **more):
    said = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": said, "content.xml": "<content/>"} | more)
