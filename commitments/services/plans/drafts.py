"""Drafts of commitments: begun once however often a form is sent, kept whole, thrown away."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_create_with_history

from commitments.errors import Forbidden, Invalid, Stale, WrongState, refuse
from commitments.models import Commitment, CommitmentLink, Organisation, Programme, Source, User
from commitments.reports.plans import known_of, said_of, with_plan
from commitments.rules import access
from commitments.rules.commitments import (
    CommitmentSaid,
    Known,
    check_draft,
    in_order,
    slug_of_title,
    with_known_sources,
)
from commitments.services.plans._columns import TABLES, Table, of_commitment
from commitments.services.plans._sources import Shelf, drop_unused, set_changed
from commitments.text.folding import search_text

BATCH = 500


class AlreadyBegun(Stale):
    """A form prepared before `commitment` was begun: a double click, or a second window."""

    def __init__(self, commitment: Commitment) -> None:
        super().__init__(text=_BEGUN)
        self.commitment = commitment


_BEGUN = _(
    "You have begun another commitment since this form was opened. What you typed here is kept "
    "below: saving it begins a further one."
)
PUBLISHED = _(
    "This commitment is public. Its wording, dates, targets and lead now change only by a change "
    "request that somebody else decides."
)


@transaction.atomic
def create_commitment(
    *,
    programme: Programme,
    officer: User,
    said: CommitmentSaid,
    after: int,
    today: date,
    now: datetime,
) -> Commitment:
    """Begin a draft with all that was typed.

    `after` is the officer's newest commitment in the programme when the form was prepared, or 0.
    Raises AlreadyBegun when there is a newer one, so that a form sent twice makes one row,
    Forbidden for anybody but an officer, Refusals for what cannot be kept.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    mine = Commitment.objects.filter(programme=programme, created_by=officer)
    newer = mine.filter(pk__gt=after).order_by("-pk").first()
    if newer is not None:
        raise AlreadyBegun(newer)
    saids = [said]
    known = known_of(programme)
    try:
        with transaction.atomic():
            return create_commitments(
                programme=programme, officer=officer, saids=saids, known=known, today=today, now=now
            )[0]
    except IntegrityError:
        _refuse_taken(said.slug or slug_of_title(said.title_en, said.title_vi, known.slugs))
        raise


def _refuse_taken(slug: str) -> None:
    """Of two that take the same address at the same moment the second is told so."""
    if Commitment.objects.filter(slug=slug).exists():
        text = _("Another commitment has this address already. Please choose another one.")
        raise Invalid("slug_taken", text, "slug")


@transaction.atomic
def create_commitments(
    *,
    programme: Programme,
    officer: User,
    saids: Sequence[CommitmentSaid],
    known: Known,
    today: date,
    now: datetime,
) -> list[Commitment]:
    """Begin many drafts, in as many queries however many there are (sources apart).

    Raises Forbidden for anybody but an officer, and Refusals of the first sheet that cannot be
    kept: then none is.
    """
    if not access.may_create_commitment(officer, programme):
        raise Forbidden
    taken = set(known.slugs)
    rows = []
    for said in saids:
        refuse(check_draft(said, known, today=today))
        slug = said.slug or slug_of_title(said.title_en, said.title_vi, taken)
        if slug in taken:
            _refuse_taken(slug)
        taken.add(slug)
        columns = of_commitment(said, known) | {"slug": slug}
        rows.append(Commitment(programme=programme, created_by=officer, created_at=now, **columns))
    names = _names(saids, known)
    for row, said in zip(rows, saids, strict=True):
        row.search_text = _words(said, known, names)
    bulk_create_with_history(rows, Commitment, batch_size=BATCH, default_user=officer)
    for table in TABLES:
        _create_rows(table, rows, saids, known, officer)
    _create_sources(rows, saids, Shelf(known, is_demo=programme.is_demo, added_by=officer))
    return rows


def _create_rows(
    table: Table,
    commitments: Sequence[Commitment],
    saids: Sequence[CommitmentSaid],
    known: Known,
    officer: User,
) -> None:
    rows = [
        table.made(commitment, key, columns)
        for commitment, said in zip(commitments, saids, strict=True)
        for key, columns in table.rows(said, known).items()
    ]
    if rows:
        bulk_create_with_history(rows, table.model, batch_size=BATCH, default_user=officer)


def _create_sources(
    commitments: Sequence[Commitment], saids: Sequence[CommitmentSaid], shelf: Shelf
) -> None:
    through = Commitment.sources.through
    through.objects.bulk_create(
        [
            through(commitment_id=commitment.pk, source_id=source)
            for commitment, said in zip(commitments, saids, strict=True)
            for source in shelf.rows_of(said.sources)
        ],
        batch_size=BATCH,
    )


@transaction.atomic
def save_commitment(
    *,
    commitment: Commitment,
    officer: User,
    said: CommitmentSaid,
    version: int,
    today: date,
    now: datetime,
    known: Known | None = None,
) -> Commitment:
    """Keep the whole sheet of a draft; what says the same as before writes nothing.

    Raises Stale when somebody saved since `version` was read (nothing is written then), Forbidden
    for anybody but an officer, WrongState once it is public, Refusals for what cannot be kept.
    """
    locked = lock_draft(commitment, officer)
    if locked.version != version:
        raise Stale
    known = known or known_of(locked.programme)
    refuse(check_draft(said, known, today=today, own_slug=locked.slug))
    said = with_known_sources(
        replace(said, slug=said.slug or _own_slug(locked, said, known)), known
    )
    if in_order(said) == said_of(with_plan(Commitment.objects.filter(pk=locked.pk)).get()):
        return locked
    _write(locked, said, known, officer)
    return locked


def lock_draft(commitment: Commitment, officer: User) -> Commitment:
    """The row, locked, when the officer may still change it as a draft."""
    locked = (
        Commitment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme__delivery_unit")
        .get(pk=commitment.pk)
    )
    if not access.is_officer_of(officer, locked.programme):
        raise Forbidden
    if locked.published_at is not None:
        raise WrongState("published", PUBLISHED)
    return locked


def _write(row: Commitment, said: CommitmentSaid, known: Known, officer: User) -> None:
    columns = of_commitment(said, known)
    columns["search_text"] = _words(said, known, _names([said], known))
    row.version += 1
    row.save(update_fields=[*set_changed(row, columns), "version"])
    for table in TABLES:
        _sync(table, row, said, known)
    before = set(row.sources.values_list("pk", flat=True))
    shelf = Shelf(known, is_demo=row.programme.is_demo, added_by=officer)
    rows = shelf.rows_of(said.sources)
    if before != set(rows):
        row.sources.set(rows)
        drop_unused(before - set(rows))


def _own_slug(row: Commitment, said: CommitmentSaid, known: Known) -> str:
    return slug_of_title(said.title_en, said.title_vi, set(known.slugs) - {row.slug})


def _sync(table: Table, commitment: Commitment, said: CommitmentSaid, known: Known) -> None:
    """Make the rows of one kind what the sheet says; what stays the same is not written."""
    found = {table.key_of(row): row for row in getattr(commitment, table.related_name).all()}
    wanted = table.rows(said, known)
    for key in found.keys() - wanted.keys():
        found[key].delete()
    for key, columns in wanted.items():
        if key not in found:
            table.made(commitment, key, columns).save(force_insert=True)
        elif changed := set_changed(found[key], columns):
            found[key].save(update_fields=changed)


def _names(saids: Iterable[CommitmentSaid], known: Known) -> dict[int, str]:
    """The names of every body that takes part, for the search."""
    bodies = {known.organisations[part.organisation] for said in saids for part in said.parts}
    rows = Organisation.objects.filter(pk__in=bodies)
    return {pk: f"{vi} {en}" for pk, vi, en in rows.values_list("pk", "name_vi", "name_en")}


def _words(said: CommitmentSaid, known: Known, names: dict[int, str]) -> str:
    bodies = [names[known.organisations[part.organisation]] for part in said.parts]
    return search_text(said.title_vi, said.title_en, *bodies)


@transaction.atomic
def discard_commitment(*, commitment: Commitment, officer: User, version: int) -> None:
    """Throw a draft away with all that hangs on it; nothing of it was public.

    Raises Stale when it is not the `version` that was read, Forbidden for anybody but an officer,
    WrongState once it is public or somebody has begun to work on it.
    """
    locked = lock_draft(commitment, officer)
    if locked.version != version:
        raise Stale
    sources = list(Source.objects.filter(commitments=locked).values_list("pk", flat=True))
    for link in CommitmentLink.objects.filter(from_commitment=locked):
        link.delete()
    for table in TABLES:
        for row in getattr(locked, table.related_name).all():
            row.delete()
    try:
        locked.delete()
    except ProtectedError:
        raise WrongState("in_use", _IN_USE) from None
    drop_unused(sources)


_IN_USE = _(
    "Something hangs on this draft already: a note, an assignment, an update or a link of another "
    "commitment. Remove that first."
)
