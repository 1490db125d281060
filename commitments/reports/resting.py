"""What in the record rests on a source."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from commitments.models import (
    Commitment,
    Contradiction,
    Indicator,
    Instrument,
    Organisation,
    Priority,
    Programme,
    Recognition,
    RecordNote,
    Source,
    StatusUpdate,
)
from commitments.text.display import limited_date, said


class Link(NamedTuple):
    text: SafeString | str
    url: str


class Group(NamedTuple):
    """Things of one noun that rest on the source."""

    heading: str | Promise
    links: list[Link]


def resting_on(source: Source) -> list[Group]:
    """Everything published that names the source, by noun, in a fixed number of queries."""
    groups = [Group(heading, list(links(source))) for heading, links in _NOUNS]
    return [group for group in groups if group.links]


def _commitments(source: Source) -> Iterable[Link]:
    named = Q(sources=source) | Q(wordings__sources=source)
    named |= Q(participations__sources=source) | Q(milestones__sources=source)
    for row in Commitment.objects.public().filter(named).distinct().order_by("reference"):
        yield Link(said(row, "title"), reverse("commitment-detail", args=[row.slug]))


def _updates(source: Source) -> Iterable[Link]:
    found = StatusUpdate.objects.public().filter(evidence__source=source)
    for row in found.select_related("commitment").order_by("-as_of_on", "pk"):
        title = format_html("{}: {}", limited_date(row.as_of_on), said(row.commitment, "title"))
        yield Link(title, reverse("update-detail", args=[row.commitment.slug, row.number]))


def _points(source: Source) -> Iterable[Link]:
    for row in Indicator.objects.filter(points__source=source).distinct():
        yield Link(said(row, "name"), reverse("indicator-detail", args=[row.slug]))


def _instruments(source: Source) -> Iterable[Link]:
    for row in Instrument.objects.filter(sources=source):
        yield Link(said(row, "title"), reverse("instrument-detail", args=[row.slug]))


def _priorities(source: Source) -> Iterable[Link]:
    found = Priority.objects.filter(sources=source, programme__published_at__isnull=False)
    for row in found.select_related("programme"):
        address = reverse("priority-detail", args=[row.programme.slug, row.slug])
        yield Link(said(row, "title"), address)


def _organisations(source: Source) -> Iterable[Link]:
    for row in Organisation.objects.public().filter(sources=source):
        yield Link(said(row, "name"), reverse("organisation-detail", args=[row.slug]))


def _acceptances(source: Source) -> Iterable[Link]:
    found = Programme.objects.public().filter(acceptances__sources=source).distinct()
    for row in found:
        yield Link(said(row, "name"), reverse("programme-detail", args=[row.slug]) + "#places")


def _recognitions(source: Source) -> Iterable[Link]:
    found = Recognition.objects.filter(sources=source).select_related("organisation")
    for row in found:
        body = row.organisation
        address = reverse("organisation-detail", args=[body.slug]) if body else ""
        yield Link(said(row, "what"), address)


def _notes(source: Source) -> Iterable[Link]:
    found = RecordNote.objects.filter(sources=source).select_related("instrument", "indicator")
    for row in found:
        about = row.instrument or row.indicator
        page = "instrument-detail" if row.instrument else "indicator-detail"
        address = reverse(page, args=[about.slug]) if about else ""
        yield Link(said(row, "summary"), address)


def _contradictions(source: Source) -> Iterable[Link]:
    for row in Contradiction.objects.filter(sources=source):
        yield Link(said(row, "topic"), f"{reverse('gap-list')}#contradiction-{row.number}")


_NOUNS: list[tuple[str | Promise, Callable[[Source], Iterable[Link]]]] = [
    (_("Commitments"), _commitments),
    (_("Updates"), _updates),
    (_("Indicator values"), _points),
    (_("Instruments"), _instruments),
    (_("Priorities"), _priorities),
    (_("Organisations"), _organisations),
    (_("Acceptances of missions"), _acceptances),
    (_("Recognitions"), _recognitions),
    (_("News on instruments and indicators"), _notes),
    (_("Contradictions"), _contradictions),
]
