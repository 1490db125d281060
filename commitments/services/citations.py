"""The evidence of a draft: rows as they were typed become sources and what ties them to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.models import Evidence, Source, StatusUpdate, StoredFile
from commitments.rules.dates import LimitedDate
from commitments.rules.evidence import check_count, check_row


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceSaid:
    """One row of evidence as it was typed, cleaned by the form or serializer.

    `source_id` names a publication of the record where one was chosen; it says nothing else.
    """

    title: str
    publisher: str = ""
    url: str = ""
    published: LimitedDate | None = None
    language: str = ""
    kind: str = ""
    relation: str = ""
    shows: str = ""
    file_id: int | None = None
    source_id: int | None = field(default=None, compare=False)


def said_of(update: StatusUpdate) -> list[EvidenceSaid]:
    """The evidence of an update as it would have to be typed to make it."""
    return [_said(one) for one in update.evidence.select_related("source")]


def check_rows(rows: Sequence[EvidenceSaid]) -> list[Refusal]:
    """The limits of each row, with the field `evidence` to blame."""
    found = [
        refusal
        for row in rows
        for refusal in check_row(
            title=row.title,
            publisher=row.publisher,
            shows=row.shows,
            relation=row.relation,
            complete=False,
        )
    ]
    return [
        *(Invalid(refusal.code, refusal.text, "evidence") for refusal in found),
        *check_count(len(rows)),
    ]


def replace_evidence(update: StatusUpdate, rows: Sequence[EvidenceSaid]) -> None:
    """Make the draft's evidence what was typed; a source of the record is named, not copied.

    What is as it was is left alone. A file stays with its row; that of a row that goes is left to
    the clearing of unused files. Raises Invalid for a file that is not the author's to give.
    """
    _refuse_foreign_files(update, rows)
    if said_of(update) == list(rows):
        return
    mine = list(update.evidence.values_list("source_id", flat=True))
    update.evidence.all().delete()
    Source.objects.filter(pk__in=mine, published_at=None, evidence=None).delete()
    taken: set[int] = set()
    for row in rows:
        source = _known(row, update) or _new_source(row, update)
        if source.pk not in taken:
            taken.add(source.pk)
            Evidence.objects.create(
                update=update, source=source, relation=row.relation, shows=row.shows
            )


def _said(evidence: Evidence) -> EvidenceSaid:
    """A row as it would have to be typed to make this."""
    return cite(evidence.source, relation=evidence.relation, shows=evidence.shows)


def cite(source: Source, *, relation: str = "", shows: str = "") -> EvidenceSaid:
    """A row that names a publication that is there already."""
    return EvidenceSaid(
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        published=LimitedDate.parse(source.published) if source.published else None,
        language=source.language,
        kind=source.kind,
        relation=relation,
        shows=shows,
        file_id=source.file_id,
        source_id=source.pk if source.published_at else None,
    )


def _refuse_foreign_files(update: StatusUpdate, rows: Sequence[EvidenceSaid]) -> None:
    wanted = {row.file_id for row in rows if row.file_id}
    if not wanted or update.author is None:
        return
    given = StoredFile.objects.for_author(update.author, update).filter(pk__in=wanted)
    if len(given) != len(wanted):
        raise Invalid("file_gone", FILE_GONE, "evidence")


FILE_GONE = _("This file is no longer there. Please choose it again.")


def _known(row: EvidenceSaid, update: StatusUpdate) -> Source | None:
    """The public source of the same address and file, if the record has one.

    The demonstration and the record never cite each other's.
    """
    public = Source.objects.public().filter(is_demo=update.commitment.programme.is_demo)
    if row.source_id:
        return public.filter(pk=row.source_id).first()
    if not row.url and not row.file_id:
        return None
    alike = public.filter(url=row.url)
    if row.file_id:
        alike = alike.filter(file=row.file_id)
    return alike.order_by("pk").first()


def _new_source(row: EvidenceSaid, update: StatusUpdate) -> Source:
    published = row.published
    return Source.objects.create(
        slug=f"s{uuid4().hex[:12]}",
        title=row.title,
        publisher=row.publisher,
        url=row.url,
        published=published.text if published else "",
        published_earliest=published.earliest if published else None,
        published_latest=published.latest if published else None,
        language=row.language,
        kind=row.kind,
        file_id=row.file_id,
        added_by=update.author,
        is_demo=update.commitment.programme.is_demo,
    )
