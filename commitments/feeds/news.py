"""The news of the record as a feed: one entry a deed, named by the event that heads it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from commitments.feeds.atom import FOUNDED, Feed, Item
from commitments.models import PublicEvent
from commitments.reports.news import Entry, news
from commitments.text.display import active_language, limited_date

LONGEST = 50
"""How many entries a feed has at most."""


def news_feed(
    events: "QuerySet[PublicEvent]", *, name: str, key: str, path: str, page: str
) -> Feed:
    """The newest deeds among some events. `path` is the feed's own address, `page` that of its
    page, both without the host; `key` names the feed among ours."""
    language = active_language()
    return Feed(
        key=f"feeds/{language}/{key}",
        title=f"{name} – Cam Kết" if name else _("Changes – Cam Kết"),
        about=_("What was published, changed, corrected and retracted in the public record"),
        language=language,
        url=f"{settings.SITE_URL}{path}",
        page=f"{settings.SITE_URL}{page}",
        began_at=datetime.fromisoformat(FOUNDED).replace(tzinfo=UTC),
        items=[_item(one, language) for one in news(events, deeds=LONGEST).entries[:LONGEST]],
    )


def _item(entry: Entry, language: str) -> Item:
    about = f": {entry.about.text}" if entry.about else ""
    return Item(
        key=f"record/{entry.sequence}/{language}",
        title=" ".join(f"{entry.title}{about}".split()),
        url=f"{settings.SITE_URL}{entry.url}",
        author=entry.by,
        updated_at=entry.recorded_at,
        text="\n".join(_lines(entry)),
    )


def _lines(entry: Entry) -> Iterable[str]:
    if entry.is_demo:
        yield _("This is invented, for the demonstration.")
    yield from (one.text for one in entry.texts)
    for change in entry.changes:
        after = _joined(change.after) or _("nothing")
        if change.before:
            after = _("{before}, now {after}").format(before=_joined(change.before), after=after)
        yield f"{change.label}: {after}"
    for line in entry.lines:
        said = _joined(line.said)
        yield f"{line.deed}: {said}" if said else line.deed
    yield from entry.counts
    if entry.is_entered_later:
        later = _("Holds since {holds}; entered later, on {on}")
        yield later.format(holds=limited_date(entry.earliest), on=limited_date(entry.on))


def _joined(values: Iterable[Any]) -> str:
    return "; ".join(one.text for one in values)
