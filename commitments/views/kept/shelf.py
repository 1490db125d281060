"""Where kept pages lie: in this process, bounded; behind it in Redis, where there is one."""

import logging
from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

from django.core.cache import BaseCache
from redis.exceptions import RedisError

from commitments.views.kept.packing import BROTLI, GZIP, PLAIN, packed

logger = logging.getLogger(__name__)

LARGEST = 1024 * 1024
"""Bytes of an answer that is not kept any more."""
FAR_SECONDS = 24 * 60 * 60
ASKED_SHARE = 4
"""One part in so many of the room is for addresses with a question in them."""


class Kept(NamedTuple):
    """One page with the tag of its version. A text lies here packed only, in both codings."""

    tag: str
    headers: dict[str, str]
    bodies: dict[str, bytes]

    @property
    def size(self) -> int:
        return 1000 + sum(map(len, self.bodies.values()))


def kept(tag: str, headers: dict[str, str], body: bytes, *, is_text: bool) -> Kept:
    codings = (BROTLI, GZIP) if is_text else (PLAIN,)
    return Kept(tag, headers, {coding: packed(body, coding) for coding in codings})


class Near:
    """The pages used last, in so many bytes. For any number of threads."""

    def __init__(self, room: int) -> None:
        self._room, self._used = room, 0
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str) -> Kept | None:
        with self._lock:
            if page := self._pages.get(address):
                self._pages.move_to_end(address)
            return page

    def put(self, address: str, page: Kept) -> None:
        with self._lock:
            if former := self._pages.pop(address, None):
                self._used -= former.size
            self._pages[address] = page
            self._used += page.size
            while self._used > self._room:
                _oldest, dropped = self._pages.popitem(last=False)
                self._used -= dropped.size


class Shelf:
    """One page for each address: a new version takes the place of the one before.

    Addresses without a question are as many as the record has objects. Of those with one there
    is no end, and somebody may ask them all: they get a small room of their own, here only.
    """

    def __init__(self, room: int, far: BaseCache | None) -> None:
        self._plain = Near(room - room // ASKED_SHARE)
        self._asked = Near(room // ASKED_SHARE)
        self._far = far

    def get(self, address: str, tag: str) -> Kept | None:
        """The page, if it lies here in just this version."""
        near = self._near(address)
        page = near.get(address)
        if (page is None or page.tag != tag) and near is self._plain and self._far:
            page = _fetched(self._far, address)
            if page and page.tag == tag:
                near.put(address, page)
        return page if page and page.tag == tag else None

    def put(self, address: str, page: Kept) -> None:
        if page.size > LARGEST:
            return
        near = self._near(address)
        near.put(address, page)
        if near is self._plain and self._far:
            _sent(self._far, address, page)

    def _near(self, address: str) -> Near:
        question = address.partition("?")[2]
        return self._asked if question else self._plain


def _fetched(far: BaseCache, address: str) -> Kept | None:
    try:
        found = far.get(_key(address))
    except RedisError as error:
        logger.warning("Kept pages are out of reach: %s", error)
        return None
    return Kept(*found) if found else None


def _sent(far: BaseCache, address: str, page: Kept) -> None:
    try:
        far.set(_key(address), tuple(page), FAR_SECONDS)
    except RedisError as error:
        logger.warning("A page could not be kept: %s", error)


def _key(address: str) -> str:
    return f"page:{sha256(address.encode(errors='surrogatepass')).hexdigest()}"
