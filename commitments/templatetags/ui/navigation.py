"""The ways through the public pages: the few of the masthead, and all of them in the footer."""

from functools import cache
from typing import NamedTuple

from django.template import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .links import is_section, nav_url
from .texts import active_language

Ways = tuple[tuple[str, str | Promise], ...]
"""Names of pages with what a reader calls them; a page that does not exist is left out."""

MAIN: Ways = (
    ("home", _("Overview")),
    ("commitment-list", _("Commitments")),
    ("organisation-list", _("Organisations")),
    ("priority-list", _("Priorities")),
    ("indicator-list", _("Indicators")),
    ("change-list", _("Changes")),
    ("owing-list", _("Who owes an update")),
)

FOOTER: tuple[tuple[str | Promise, Ways], ...] = (
    (
        _("The record"),
        (
            ("programme-list", _("Programmes")),
            ("priority-list", _("Priorities")),
            ("commitment-list", _("Commitments")),
            ("organisation-list", _("Organisations")),
            ("indicator-list", _("Indicators")),
            ("instrument-list", _("Instruments")),
            ("source-list", _("Sources")),
        ),
    ),
    (
        _("What happens"),
        (
            ("change-list", _("Changes")),
            ("owing-list", _("Who owes an update")),
            ("calendar", _("Calendar")),
            ("day-compare", _("Compare two days")),
            ("subscribe", _("News by mail")),
        ),
    ),
    (
        _("How we know"),
        (
            ("method", _("Method and definitions")),
            ("correction-list", _("Corrections")),
            ("gap-list", _("Gaps and contradictions")),
            ("error-report-list", _("Reported errors")),
            ("report-error", _("Report an error")),
            ("event-list", _("Every change of the record")),
        ),
    ),
    (
        _("Open data"),
        (
            ("data", _("Data and API")),
            ("api-docs", _("API and its documentation")),
            ("about", _("About this record")),
            ("accessibility", _("Accessibility")),
        ),
    ),
)


class Way(NamedTuple):
    """One link of the navigation."""

    url: str
    label: str


class Group(NamedTuple):
    """Links of the footer under one heading."""

    heading: str
    ways: tuple[Way, ...]


def main_ways() -> tuple[Way, ...]:
    """The masthead's links, in the language of the page."""
    return _resolved(active_language(), MAIN)


def menu_place(context: Context) -> str:
    """Where the menu of the masthead says "here": all of a page that the menu depends on."""
    urls = [way.url for way in main_ways()] + [nav_url("search"), nav_url("staff:my-work")]
    return " ".join(is_section(context, url) for url in urls)


def footer_groups() -> tuple[Group, ...]:
    """The footer's links; a group without any page is left out."""
    return _groups(active_language())


@cache  # the pages that there are do not change while the program runs
def _resolved(_language: str, ways: Ways) -> tuple[Way, ...]:
    found = (Way(nav_url(name), str(label)) for name, label in ways)
    return tuple(way for way in found if way.url)


@cache
def _groups(language: str) -> tuple[Group, ...]:
    groups = (Group(str(heading), _resolved(language, ways)) for heading, ways in FOOTER)
    return tuple(group for group in groups if group.ways)
