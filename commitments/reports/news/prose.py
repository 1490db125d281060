"""An entry of the news as plain text, for feeds and mails that show no page."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from commitments.reports.news.entries import Entry
from commitments.reports.news.names import Said
from commitments.text.display import limited_date


def headline(entry: Entry) -> str:
    """What was done, and to what, in one line."""
    about = f": {entry.about.text}" if entry.about else ""
    return " ".join(f"{entry.title}{about}".split())


def prose(entry: Entry) -> str:
    """All that the entry says, a line each."""
    demo = [_("This is invented, for the demonstration.")] if entry.is_demo else []
    return "\n".join([*demo, *(line.text for line in said_lines(entry))])


def said_lines(entry: Entry) -> Iterator[Said]:
    """What stands below its title, line by line; a text in another language says so."""
    yield from entry.texts
    for change in entry.changes:
        after = _joined(change.after) or _("nothing")
        if entry.is_refused:
            stands = f"{_joined(change.before)}. " if change.before else ""
            after = f"{stands}{_('Proposed:')} {after}"
        elif change.before:
            after = _("{before}, now {after}").format(before=_joined(change.before), after=after)
        yield Said(f"{change.label}: {after}")
    for line in entry.lines:
        said = _joined(line.said)
        yield Said(f"{line.deed}: {said}" if said else line.deed)
    yield from (Said(one) for one in entry.counts)
    if entry.is_entered_later:
        later = _("Holds since {holds}; entered later, on {on}")
        dated = {"holds": limited_date(entry.earliest), "on": limited_date(entry.on)}
        yield Said(later.format(**dated))


def _joined(values: Iterable[Said]) -> str:
    return "; ".join(one.text for one in values)
