"""The source that a change of plan rests on: one of the record, or one that was just typed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.models import ChangeRequest, Commitment, Source, User
from commitments.rules.addresses import check_address
from commitments.rules.dates import LimitedDate
from commitments.rules.evidence import LIMITS
from commitments.rules.texts import check_text
from commitments.services import record


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSaid:
    """A publication as it was typed, cleaned by the form or serializer."""

    title: str
    publisher: str = ""
    url: str = ""
    published: LimitedDate | None = None


def check_source(
    commitment: Commitment, source: Source | SourceSaid | None, by: User
) -> list[Refusal]:
    """A source is one of the same world, public or just typed by the same person; a new one has
    a title and an address that everybody can open, if any."""
    if source is None:
        return []
    if isinstance(source, Source):
        known = source.published_at is not None or source.added_by_id == by.pk
        fits = known and source.is_demo == commitment.programme.is_demo
        return [] if fits else [Invalid("source_unknown", _UNKNOWN, "source")]
    found = [
        *check_text(source.title, LIMITS["title"], "title"),
        *check_text(source.publisher, LIMITS["publisher"], "publisher"),
    ]
    if not source.title.strip():
        found.append(
            Invalid("title_missing", _("Please give the title of the publication."), "title")
        )
    if source.url:
        try:
            check_address(source.url, field="url")
        except Refusal as refused:
            found.append(refused)
    return found


_UNKNOWN = _("This source is not known. Please choose it again, or enter it as new.")


def keep_source(commitment: Commitment, said: Source | SourceSaid, by: User) -> Source:
    """The source of the record, by its address too, or a new one that is not public yet."""
    if isinstance(said, Source):
        return said
    is_demo = commitment.programme.is_demo
    if said.url:
        known = Source.objects.public().filter(url=said.url, is_demo=is_demo).order_by("pk").first()
        if known:
            return known
    published = said.published
    return Source.objects.create(
        slug=f"s{uuid4().hex[:12]}",
        title=said.title.strip(),
        publisher=said.publisher.strip(),
        url=said.url,
        published=published.text if published else "",
        published_earliest=published.earliest if published else None,
        published_latest=published.latest if published else None,
        added_by=by,
        is_demo=is_demo,
    )


def publish_source(change: ChangeRequest, now: datetime) -> list[Source]:
    """Make the request's source public with its decision; one whose address became public
    meanwhile gives way. The caller saves the request and records what is returned.

    Holds the record first, so that of two decisions the second finds what the first made.
    """
    record.hold()
    source = change.source
    if source is None or source.published_at is not None:
        return []
    alike = Source.objects.public().filter(url=source.url, is_demo=source.is_demo)
    if known := alike.exclude(url="").order_by("pk").first():
        change.source = known
        return []
    source.published_at = now
    source.save(update_fields=["published_at"])
    return [source]
