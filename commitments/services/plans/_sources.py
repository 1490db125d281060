"""The publications of a draft: known ones are named, new ones are kept until it is public."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from commitments.models import Source, User
from commitments.rules.addresses import check_address
from commitments.rules.commitments import Known, SourceSaid
from commitments.services.plans._columns import Columns, dated


class Shelf:
    """Finds the rows of sources for any number of sheets; a new one is made once."""

    def __init__(self, known: Known, *, is_demo: bool, added_by: User) -> None:
        self._known, self._is_demo, self._added_by = known, is_demo, added_by
        self._made: dict[str, int] = {}

    def rows_of(self, sources: Iterable[SourceSaid]) -> list[int]:
        """The keys of their rows, each once, in order."""
        return list(dict.fromkeys(self._row(one) for one in sources))

    def _row(self, said: SourceSaid) -> int:
        url = check_address(said.url) if said.url else ""
        slug = said.slug or self._known.addresses.get(url, "")
        if slug:
            row = self._known.sources[slug]
            if said.slug and said.title:
                _amend(row, said, url)
            return row
        key = url or said.title
        if key not in self._made:
            self._made[key] = self._new(said, url)
        return self._made[key]

    def _new(self, said: SourceSaid, url: str) -> int:
        made = Source.objects.create(
            slug=f"s{uuid4().hex[:12]}",
            is_demo=self._is_demo,
            added_by=self._added_by,
            **_columns(said, url),
        )
        return made.pk


def _columns(said: SourceSaid, url: str) -> Columns:
    return {
        "title": said.title,
        "publisher": said.publisher,
        "url": url,
        "language": said.language,
        "kind": said.kind,
        **dated("published", said.published),
    }


def _amend(pk: int, said: SourceSaid, url: str) -> None:
    """Follow what was typed of a source that no public page shows yet."""
    row = Source.objects.filter(pk=pk, published_at=None).first()
    if row is None:
        return
    changed = set_changed(row, _columns(said, url))
    if changed:
        row.save(update_fields=changed)


def set_changed(row: Any, columns: Columns) -> list[str]:
    """Give the row its columns and name those that differ from before."""
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, columns[name])
    return changed


def make_public(source: Source, now: datetime) -> bool:
    """Put the source into the record, unless it is there; its event is the caller's to write."""
    if source.published_at is not None:
        return False
    source.published_at = now
    source.save(update_fields=["published_at"])
    return True


def drop_unused(sources: Iterable[int]) -> None:
    """Throw away those of these sources that are not public and that nothing rests on."""
    unused = Source.objects.filter(pk__in=list(sources), published_at=None)
    unused.filter(commitments=None, evidence=None, change_requests=None).delete()
