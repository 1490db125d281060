"""PDF files that were made before: each is made once for the version that its key names."""

from collections.abc import Callable
from threading import BoundedSemaphore, Lock

from django.core.cache import cache

from commitments.prints.pdf import pdf_of

A_DAY = 24 * 60 * 60

_one_at_a_time = Lock()
_seats = BoundedSemaphore(2)
"""One thread makes a file and one waits; the others are left to the pages."""


class PrintsBusy(Exception):  # noqa: N818  (the word of the house)
    """Others wait for their files already."""


def kept_pdf(key: str, document: Callable[[], str]) -> bytes:
    """The file under `key`; made of `document` where none is kept.

    One is made at a time in a process, for each takes a second and some memory; who waits for the
    same one gets it without its being made again. Raises PrintsBusy where others wait already.
    """
    found: bytes | None = cache.get(key)
    if found is not None:
        return found
    if not _seats.acquire(blocking=False):
        raise PrintsBusy
    try:
        with _one_at_a_time:
            return cache.get(key) or _make(key, document)
    finally:
        _seats.release()


def _make(key: str, document: Callable[[], str]) -> bytes:
    made: bytes = pdf_of(document())
    cache.set(key, made, A_DAY)
    return made
