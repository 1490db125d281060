"""Makes a PDF file of a page, without asking anybody else for anything.

WeasyPrint is an extra (`requirements/pdf.txt`) and needs libraries of the system: where either is
missing nothing is made, and the print page stands in.
"""

from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

STATIC = "https://static.invalid/"
"""Under which a document names the product's own static files; a name that no network knows."""
OURS = "commitments/"


class NotOursError(ValueError):
    """A document asked for something that is no static file of the product."""


def is_possible() -> bool:
    """Whether this machine can make PDF files."""
    return _library() is not None


def pdf_of(document: str) -> bytes:
    """An accessible PDF (PDF/UA-1, with bookmarks) of an HTML document.

    Its links to `STATIC` are answered from the product's files, every other one by nothing.
    """
    library = _library()
    assert library is not None  # callers ask `is_possible` first
    page = library.HTML(string=document, base_url=STATIC, url_fetcher=_fetcher(library))
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


def static_file(url: str) -> Path:
    """The product's file of that address. Raises NotOursError for every other address."""
    name = url.removeprefix(STATIC)
    steps = name.split("/")
    if not url.startswith(STATIC + OURS) or ".." in steps or "%" in name or "\\" in name:
        raise NotOursError(url)
    found = finders.find(name)
    if not isinstance(found, str) or not Path(found).is_file():
        raise NotOursError(url)
    return Path(found)


@cache
def _library() -> Any:
    """WeasyPrint; None where it, or a library of the system that it draws with, is missing."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return None
    return weasyprint


def _fetcher(library: Any) -> Any:
    """What hands WeasyPrint the files that a document names."""

    class Shelf(library.urls.URLFetcher):  # type: ignore[misc, name-defined]
        """Never opens an address: it reads a file of ours, or refuses."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = static_file(url)
            kind = guess_type(path.name)[0] or "font/woff2"
            return library.urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return Shelf()
