"""PDF files that were made before: each is made once for the version that its key names."""

from collections.abc import Callable
from threading import Lock

from django.core.cache import cache

from commitments.prints.pdf import pdf_of

A_DAY = 24 * 60 * 60

_one_at_a_time = Lock()


def kept_pdf(key: str, document: Callable[[], str]) -> bytes:
    """The file under `key`; made of `document` where none is kept.

    One is made at a time in a process, for each takes a second and some memory; who waits for the
    same one gets it without its being made again.
    """
    if (made := cache.get(key)) is None:
        with _one_at_a_time:
            if (made := cache.get(key)) is None:
                made = pdf_of(document())
                cache.set(key, made, A_DAY)
    found: bytes = made
    return found
