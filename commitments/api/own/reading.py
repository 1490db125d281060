"""What a system sends of an update, as the services take it, with every fault at its pointer."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import slug_re
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.api.errors import BODY, OF_CODE, Problem
from commitments.api.own.payloads import LONGEST_REFERENCE, MOST_TARGETS
from commitments.api.own.shapes import UNREAD, Faults
from commitments.errors import Invalid, Refusal
from commitments.models import (
    Commitment,
    Evidence,
    Forecast,
    Organisation,
    Source,
    StatusUpdate,
    StoredFile,
    Target,
    UpdateKind,
    User,
)
from commitments.rules.evidence import (
    MOST_ROWS,
    check_addresses,
    check_count,
    check_row,
    check_source,
)
from commitments.rules.measured import check_target, check_value
from commitments.rules.texts import check_text
from commitments.rules.validators import SubmissionFacts, check_draft
from commitments.services import drafts
from commitments.services.citations import FILE_GONE, EvidenceSaid, cite
from commitments.services.draft_facts import SAID, Around
from commitments.services.locks import lock_public
from commitments.services.reporting import Report
from commitments.services.reporting.measurements import TWICE

PLAIN: dict[str, Any] = dict.fromkeys(SAID, "") | {
    "as_of_on": None,
    "kind": UpdateKind.PROGRESS.value,
    "forecast": Forecast.NOT_GIVEN.value,
}
"""What an update says of which nothing was said."""
_DESCRIBING = ("title", "publisher", "url", "published", "language", "kind", "file")
_KINDS = {"unknown_field": "unknown-field", "wrong_type": "wrong-type"} | OF_CODE

NO_COMMITMENT = _("There is no public commitment with this slug.")
NO_SOURCE = _("There is no public source with this slug.")
BOTH = _("Please name a source of the record, or describe one; not both.")
TOO_MANY = _("{count} figures are too many; {limit} is the limit.")
NO_UPDATE = _("There is no published update of that number.")


def commitment_of(slug: str) -> Commitment:
    """The public commitment; of any other nobody learns that it is there. Raises not-found."""
    if slug_re.match(slug):
        rows = Commitment.objects.public().filter(slug=slug).select_related("programme")
        if (found := rows.with_bodies().first()) is not None:
            return found
    raise Problem("not-found", NO_COMMITMENT)


def locked_commitment(slug: str) -> Commitment:
    """The same, held until the transaction ends."""
    found = lock_public(slug) if slug_re.match(slug) else None
    if found is None:
        raise Problem("not-found", NO_COMMITMENT)
    return found


def corrected_by(
    body: dict[str, Any], commitment: Commitment, faults: Faults
) -> StatusUpdate | None:
    """The published update that the body names by its number."""
    number = body.get("corrects")
    if number is None:
        return None
    rows = StatusUpdate.objects.public().filter(commitment=commitment, number=number)
    found = rows.select_related("body").first()
    if found is None:
        faults.note("/corrects", "update_unknown", NO_UPDATE)
    return found


def refuse_faulty(faults: Faults) -> None:
    """Raise all that is wrong as one problem; of a kind of its own where all is of that kind."""
    if faults:
        raise Problem(kind_of(faults), BODY, faults)


def kind_of(faults: Faults) -> str:
    kinds = {_KINDS.get(one.code, "invalid-body") for one in faults}
    return kinds.pop() if len(kinds) == 1 else "invalid-body"


def report_of(
    body: dict[str, Any],
    commitment: Commitment,
    author: User,
    faults: Faults,
    update: StatusUpdate | None = None,
) -> Report:
    """What was sent, and nothing else; with the faults that keep it even from a draft."""
    said = {name: body[name] for name in SAID if name in body}
    if "kind" in said:
        said["kind"] = said["kind"] or UpdateKind.PROGRESS.value
    if "forecast" in said:
        said["forecast"] = said["forecast"] or Forecast.NOT_GIVEN.value
    _judge(said, faults, update)
    evidence = measured = None
    if "evidence" in body:
        evidence = evidence_of(body["evidence"], commitment, author, faults, update)
    if "measurements" in body:
        measured = _measured(body["measurements"], commitment, faults)
    reference = body.get("client_reference")
    for refused in check_text(reference or "", LONGEST_REFERENCE, "client_reference"):
        faults.refused("", refused)
    return Report(said=said, evidence=evidence, measured=measured, reference=reference)


def _judge(said: dict[str, Any], faults: Faults, update: StatusUpdate | None) -> None:
    """What the rules of a draft find in it, beside what the update says already."""
    stands = {name: getattr(update, name) for name in SAID} if update else PLAIN
    facts = SubmissionFacts(
        **stands | said,
        has_due_or_target=False,
        previous_published=False,
        current_stage="",
    )
    note_new(check_draft(facts), faults)


def note_new(refusals: Sequence[Refusal], faults: Faults) -> None:
    """Note refusals, but for places of which something is said already."""
    told = faults.places
    for refused in refusals:
        if f"/{refused.field}" not in told:
            faults.refused("", refused)


def note_missing(
    report: Report,
    commitment: Commitment,
    body: Organisation,
    corrects: StatusUpdate | None,
    faults: Faults,
    today: date,
    known: Around,
) -> None:
    """What keeps it from being handed in, before anything is kept."""
    rows = report.evidence or []
    for index, row in enumerate(rows):
        _check_row(row, f"/evidence/{index}", faults, complete=True)
    said = PLAIN | dict(report.said)
    missing = drafts.missing_in(
        commitment=commitment,
        body=body,
        corrects=corrects,
        said=said,
        evidence_count=len(rows),
        today=today,
        known=known,
    )
    note_new(missing, faults)


def evidence_of(
    rows: list[Any],
    commitment: Commitment,
    author: User,
    faults: Faults,
    update: StatusUpdate | None = None,
    at: Callable[[int], str] = "/evidence/{}".format,
) -> list[EvidenceSaid]:
    """The rows that could be read, in their order; `at` is the pointer to a row."""
    for refused in check_count(len(rows)):
        faults.refused("", refused)
    rows = [{} if row is UNREAD else row for row in rows[:MOST_ROWS]]
    sources = _sources(rows, commitment)
    files = _files(rows, commitment, author, update)
    found = [_row(row, sources, files, at(index), faults) for index, row in enumerate(rows)]
    for index, refused in check_addresses(row.url for row in found):
        faults.refused(at(index), refused)
    return found


def _row(
    row: dict[str, Any],
    sources: dict[str, Source],
    files: set[int],
    at: str,
    faults: Faults,
) -> EvidenceSaid:
    if slug := row.get("source"):
        if any(row.get(name) for name in _DESCRIBING):
            faults.note(f"{at}/source", "source_and_description", BOTH)
        source = sources.get(slug)
        if source is None:
            faults.note(f"{at}/source", "source_unknown", NO_SOURCE)
        how = {name: row.get(name, "") for name in ("relation", "shows")}
        said = cite(source, **how) if source else EvidenceSaid(title=slug, **how)
    else:
        said = _described(row)
        if said.file_id and said.file_id not in files:
            faults.note(f"{at}/file", "file_gone", FILE_GONE)
    _check_row(said, at, faults, complete=False)
    return said


def _described(row: dict[str, Any]) -> EvidenceSaid:
    texts = ("title", "publisher", "url", "language", "kind", "relation", "shows")
    return EvidenceSaid(
        **{name: row.get(name, "") for name in texts},
        published=row.get("published"),
        file_id=row.get("file"),
    )


def _check_row(row: EvidenceSaid, at: str, faults: Faults, *, complete: bool) -> None:
    told = faults.places
    texts = {name: getattr(row, name) for name in ("title", "publisher", "shows", "relation")}
    found = [
        *check_row(**texts, complete=complete),
        *check_source(language=row.language, kind=row.kind),
    ]
    for refused in found:
        if f"{at}/{refused.field}" not in told:
            faults.refused(at, refused)


def _sources(rows: list[dict[str, Any]], commitment: Commitment) -> dict[str, Source]:
    slugs = {row["source"] for row in rows if slug_re.match(row.get("source") or "")}
    if not slugs:
        return {}
    public = Source.objects.public().filter(is_demo=commitment.programme.is_demo)
    return {source.slug: source for source in public.filter(slug__in=slugs)}


def _files(
    rows: list[dict[str, Any]], commitment: Commitment, author: User, update: StatusUpdate | None
) -> set[int]:
    """Those that may be given: the author's, but none that lies in another body's unpublished
    update, and public ones."""
    wanted = {row["file"] for row in rows if row.get("file")}
    if not wanted:
        return set()
    inner = Evidence.objects.filter(source__file__in=wanted, source__published_at=None)
    body = commitment.lead.organisation_id if commitment.lead else None
    elsewhere = inner.exclude(update__body=body).values("source__file")
    given = StoredFile.objects.for_author(author, update).filter(pk__in=wanted)
    return set(given.exclude(pk__in=elsewhere).values_list("pk", flat=True))


def _measured(rows: list[Any], commitment: Commitment, faults: Faults) -> dict[int, Decimal]:
    """The figure of each target, by its id."""
    if len(rows) > MOST_TARGETS:
        text = format_lazy(TOO_MANY, count=len(rows), limit=MOST_TARGETS)
        faults.note("/measurements", "too_many_figures", text)
    targets = Target.objects.filter(commitment=commitment).select_related("replaced_by")
    by_number = {target.number: target for target in targets} if rows else {}
    found: dict[int, Decimal] = {}
    for index, row in enumerate(rows[:MOST_TARGETS]):
        at = f"/measurements/{index}"
        try:
            number = {} if row is UNREAD else row
            if "target" not in number:
                continue
            target = check_target(number["target"], by_number.get(number["target"]), field="target")
            if target.pk in found:
                raise Invalid("target_twice", TWICE, "target")
            if "value" in number:
                check_value(number["value"], target, field="value")
                found[target.pk] = number["value"]
        except Refusal as refused:
            faults.refused(at, refused)
    return found
