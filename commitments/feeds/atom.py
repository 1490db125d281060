"""A feed as a file that every reader program takes (RFC 4287).

The same events give the same bytes: nothing here reads a clock.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.utils.xmlutils import SimplerXMLGenerator

ATOM = "http://www.w3.org/2005/Atom"
FOUNDED = "2026-01-01"
"""The day on which the name of the host was ours, as a tag URI has to say (RFC 4151)."""
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry; `key` names it for ever, `url` is whole."""

    key: str
    title: str
    url: str
    author: str
    updated_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A named feed in one language; `url` is its own whole address, `page` that of its page.

    `began_at` is when it changed last while it has no entry.
    """

    key: str
    title: str
    about: str
    language: str
    url: str
    page: str
    began_at: datetime
    items: Sequence[Item]


def written(feed: Feed) -> bytes:
    """The feed as the bytes of an XML file."""
    out = BytesIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("feed", AttributesImpl({"xmlns": ATOM, "xml:lang": feed.language}))
    _add(xml, "id", tag(feed.key))
    _add(xml, "title", feed.title)
    _add(xml, "subtitle", feed.about)
    _add(
        xml, "updated", _instant(max((one.updated_at for one in feed.items), default=feed.began_at))
    )
    _link(xml, "self", feed.url, "application/atom+xml")
    _link(xml, "alternate", feed.page, "text/html")
    _author(xml, "Cam Kết")
    for item in feed.items:
        _entry(xml, item)
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue()


def tag(key: str) -> str:
    """A name for ever, wherever the thing may move to."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{FOUNDED}:{key}"


def _entry(xml: SimplerXMLGenerator, item: Item) -> None:
    xml.startElement("entry", AttributesImpl({}))
    _add(xml, "id", tag(item.key))
    _add(xml, "title", item.title)
    _add(xml, "updated", _instant(item.updated_at))
    _add(xml, "published", _instant(item.updated_at))
    _link(xml, "alternate", item.url, "text/html")
    _author(xml, item.author)
    _add(xml, "content", item.text, {"type": "text"})
    xml.endElement("entry")


def _author(xml: SimplerXMLGenerator, name: str) -> None:
    xml.startElement("author", AttributesImpl({}))
    _add(xml, "name", name)
    xml.endElement("author")


def _link(xml: SimplerXMLGenerator, rel: str, href: str, kind: str) -> None:
    xml.addQuickElement("link", None, {"rel": rel, "href": href, "type": kind})


def _add(
    xml: SimplerXMLGenerator, name: str, text: str, attributes: dict[str, str] | None = None
) -> None:
    xml.addQuickElement(name, _UNWRITABLE.sub("", text), attributes or {})


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
