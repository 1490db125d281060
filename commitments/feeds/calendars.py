"""A calendar as a file that Google, Outlook and Apple read (RFC 5545, RFC 7986).

The same rows on the same day give the same bytes: nothing here reads a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import icalendar
from django.conf import settings

EVERY = timedelta(hours=6)
"""How often a calendar program is asked to look again."""
ZONE = "Asia/Ho_Chi_Minh"
SUMMARY_LONGEST = 200
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that takes a whole day. `key` names the thing for as long as it exists.

    `version` counts its changes, the last of which was at `changed_at`: by them a program knows
    a newer copy. A called-off entry stays for a while, for programs that keep what has gone.
    """

    key: str
    on: date
    summary: str
    description: str
    url: str
    changed_at: datetime
    version: int = 0
    is_called_off: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """A named calendar in one language; what is not public is marked as private."""

    name: str
    about: str
    language: str
    entries: Sequence[Entry]
    is_public: bool = True


def written(calendar: Calendar) -> bytes:
    """The calendar as the bytes of an ICS file."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    spoken = {"LANGUAGE": calendar.language}
    found = icalendar.Calendar()
    found.add("prodid", "-//Cam Ket//Cam Ket//VI")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("name", _text(calendar.name, spoken))
    found.add("x-wr-calname", _text(calendar.name))
    found.add("description", _text(calendar.about, spoken))
    found.add("x-wr-caldesc", _text(calendar.about))
    found.add("x-wr-timezone", ZONE)
    found.add("refresh-interval", EVERY, {"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT6H")
    found.add_component(_zone())  # a calendar needs something in it, also on an empty day
    for entry in sorted(calendar.entries, key=lambda one: (one.on, one.key)):
        found.add_component(_event(entry, host, calendar))
    return bytes(found.to_ical())


def plain(text: str) -> str:
    """A text with line breaks of one kind, and without signs that a calendar cannot hold."""
    lines = ("".join(sign for sign in line if sign.isprintable()) for line in text.splitlines())
    return "\n".join(lines).strip()


def _text(text: str, parameters: dict[str, str] | None = None) -> icalendar.vText:
    """As a text by name: of a property that it does not know, the library escapes nothing."""
    return icalendar.vText(plain(text), params=parameters or {})


def _event(entry: Entry, host: str, calendar: Calendar) -> icalendar.Event:
    changed_at = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    spoken = {"LANGUAGE": calendar.language}
    said: list[tuple[str, Any, dict[str, str]]] = [
        ("uid", f"{entry.key}@{host}", {}),
        ("dtstamp", changed_at, {}),
        ("last-modified", changed_at, {}),
        ("sequence", entry.version, {}),
        ("dtstart", entry.on, {}),
        ("dtend", entry.on + ONE_DAY, {}),
        ("summary", _short(plain(entry.summary)), spoken),
        ("description", plain(entry.description), spoken),
        ("url", entry.url, {}),
        ("class", "PUBLIC" if calendar.is_public else "PRIVATE", {}),
        ("status", "CANCELLED" if entry.is_called_off else "CONFIRMED", {}),
        ("transp", "TRANSPARENT", {}),
        ("x-microsoft-cdo-busystatus", "FREE", {}),
    ]
    event = icalendar.Event()
    for name, value, parameters in said:
        event.add(name, value, parameters)
    return event


def _short(text: str) -> str:
    """A line that a month's page can hold; the whole title stands behind the link."""
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY_LONGEST else f"{line[: SUMMARY_LONGEST - 1].rstrip()}…"


def _zone() -> icalendar.Timezone:
    """Viet Nam's time, which knows no summer time."""
    zone = icalendar.Timezone()
    zone.add("tzid", ZONE)
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001  (local, as the format asks)
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone
