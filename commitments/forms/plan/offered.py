"""What the form of a plan offers to choose from: bodies, priorities and known sources."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from commitments.models import Organisation, Programme, Source
from commitments.reports.plans import sources_for
from commitments.text.display import said_text

MOST_SOURCES = 300
"""How many known sources are offered while typing; any other is found by its title or address."""

Choices = list[tuple[str, str]]


class Offer(NamedTuple):
    """A known source as it is offered: its title, and what tells it from others."""

    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Offered:
    """The choices of one form."""

    programme: Programme
    organisations: Choices
    priorities: Choices
    sources: list[Offer]


def offered_for(programme: Programme, using: Collection[str] = ()) -> Offered:
    """Bodies of the same world that still exist, and those that the plan is `using` already."""
    bodies = Organisation.objects.filter(is_demo=programme.is_demo)
    present = bodies.filter(Q(merged_into=None) | Q(slug__in=list(using)))
    organisations = [(row.slug, said_text(row, "name")) for row in present]
    return Offered(
        programme=programme,
        organisations=sorted(organisations, key=lambda one: one[1].casefold()),
        priorities=[
            (row.slug, f"{row.number}. {said_text(row, 'title')}")
            for row in programme.priorities.order_by("number")
        ],
        sources=[
            Offer(title, " · ".join(part for part in (publisher, published, url) if part))
            for title, publisher, published, url in sources_for(programme)
            .order_by("-published_at", "slug")
            .values_list("title", "publisher", "published", "url")[:MOST_SOURCES]
        ],
    )


class Found(NamedTuple):
    """Known sources by what may name them; of a title that several have, all."""

    by_slug: dict[str, Source]
    by_url: dict[str, Source]
    by_title: dict[str, list[Source]]


def find_sources(
    programme: Programme, *, slugs: Iterable[str], urls: Iterable[str], titles: Iterable[str]
) -> Found:
    """The sources that these words name, in one query; public ones go before drafts'."""
    named = Q(slug__in=set(slugs)) | Q(url__in=set(urls) - {""}) | Q(title__in=set(titles) - {""})
    rows = list(sources_for(programme).filter(named).order_by("pk"))
    rows.sort(key=lambda one: one.published_at is not None)
    by_title: dict[str, list[Source]] = {}
    for row in rows:
        by_title.setdefault(row.title, []).append(row)
    return Found(
        by_slug={row.slug: row for row in rows},
        by_url={row.url: row for row in rows if row.url},
        by_title=by_title,
    )
