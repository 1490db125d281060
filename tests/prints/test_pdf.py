"""Making a PDF file asks nobody: only the product's own static files are read."""

import pytest

from commitments.prints import is_possible, kept_pdf, pdf_of
from commitments.prints.pdf import STATIC, NotOursError, static_file


def test_static_file_finds_what_is_ours():
    found = static_file(f"{STATIC}commitments/css/paper.css")

    assert (found.name, found.exists()) == ("paper.css", True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "https://example.org/commitments/css/paper.css",
        "file:///etc/passwd",
        "data:text/css,*{}",
        f"{STATIC}admin/css/base.css",
        f"{STATIC}commitments/css/never.css",
        f"{STATIC}commitments/css",
        f"{STATIC}commitments/../../settings.py",
        f"{STATIC}commitments/%2e%2e/%2e%2e/settings.py",
        f"{STATIC}commitments/..\\..\\settings.py",
        f"{STATIC}commitments//etc/passwd",
        "//static.invalid/commitments/css/paper.css",
        "",
    ],
)
def test_static_file_refuses_all_else(url):
    with pytest.raises(NotOursError):
        static_file(url)


def test_pdf_of_reads_nothing_that_a_document_names(tmp_path, monkeypatch):
    """An image of the network, of a file and of a redirecting style: each is left out."""
    asked = []
    monkeypatch.setattr("socket.socket.connect", lambda *said: asked.append(said))
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>secret</text></svg>')
    if not is_possible():
        return

    made = pdf_of(
        f'<html lang="en"><title>Test</title><link rel="stylesheet" href="http://127.0.0.1:9/a.css">'
        f'<style>@import url("https://example.org/b.css"); p {{ background: url("file://{secret}") }}</style>'
        f'<p>Test <img src="{secret.as_uri()}" alt="a"><img src="http://127.0.0.1:9/c.png" alt="b"></p>'
    )

    assert made[:5] == b"%PDF-"
    assert asked == []


def test_kept_pdf_is_made_once_for_a_key():
    if not is_possible():
        return
    made = []

    def document():
        made.append(1)
        return '<html lang="en"><title>Test</title><p>Test</p>'

    assert kept_pdf("one", document) == kept_pdf("one", document)
    kept_pdf("other", document)
    assert len(made) == 2
