"""Imports of spreadsheets: checked without writing a row, then done as a whole or not at all."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Stale, WrongState
from commitments.models import (
    Commitment,
    ImportRun,
    ImportState,
    Origin,
    Programme,
    Route,
    StoredFile,
    User,
    written_by,
)
from commitments.rules import access
from commitments.services import drafts, files, plans
from commitments.services.imports._measured import judge_values
from commitments.services.imports._outcome import MOST_SHOWN, Draft, Measured, Outcome
from commitments.services.imports._plans import judge_plans
from commitments.services.imports._present import State, state_of
from commitments.sheets.said import FileSaid

__all__ = ["MOST_SHOWN", "apply_import", "check_import", "discard_import"]

AT_A_TIME = 1000
_OPEN = (ImportState.CHECKED, ImportState.FAULTY)
_FOUND = ("state", "counts", "faults", "preview", "fingerprint", "checked_at")


def check_import(
    *,
    programme: Programme,
    content: File,  # type: ignore[type-arg]
    name: str,
    media_type: str,
    said: FileSaid,
    language: str,
    officer: User,
    today: date,
    now: datetime,
) -> ImportRun:
    """Keep the file and what it would do; nothing of the record is written.

    The same file sent again by the same person is the same run, checked anew. Raises Forbidden for
    anybody but an officer of the programme.
    """
    if not access.may_import(officer, programme):
        raise Forbidden
    outcome = _judge(programme, said, officer, today)[1]
    with transaction.atomic():
        kept = files.keep_file(
            content=content, name=name, media_type=media_type, by=officer, now=now
        )
        run = _begun(programme, kept, language, officer) or ImportRun(
            programme=programme, file=kept, language=language, checked_by=officer
        )
        _tell(run, outcome, now)
        run.save()
    return run


def _begun(
    programme: Programme, kept: StoredFile, language: str, officer: User
) -> ImportRun | None:
    """`keep_file` holds the person's row, so that of two at once the second finds the first."""
    mine = ImportRun.objects.filter(programme=programme, file=kept, checked_by=officer)
    return mine.filter(language=language, state__in=_OPEN).first()


def _judge(
    programme: Programme, said: FileSaid, person: User, today: date
) -> tuple[State, Outcome]:
    state, outcome = state_of(programme), Outcome()
    outcome.blame_unread(said.faults)
    judge_plans(said, state, outcome, today)
    judge_values(said, state, outcome, person=person, today=today)
    outcome.settle()
    return state, outcome


def _tell(run: ImportRun, outcome: Outcome, now: datetime) -> None:
    run.state = ImportState.FAULTY if outcome.faults else ImportState.CHECKED
    run.counts, run.preview = outcome.counts, outcome.preview
    run.faults, run.fingerprint = outcome.faults_shown(), outcome.fingerprint
    run.checked_at = now


def apply_import(
    *, run: ImportRun, said: FileSaid, officer: User, today: date, now: datetime
) -> ImportRun:
    """Do all that the run showed, or nothing. Done twice it is done once.

    `said` is what its file says. When the record moved on since it was checked, nothing is
    written but the new findings, and the run that comes back is not applied: show it again.
    Raises Forbidden for anybody but an officer, WrongState for one with errors or discarded.
    """
    try:
        with transaction.atomic(), written_by(Route.FILE_IMPORT, lambda: officer):
            return _apply(run, said, officer, today, now)
    except IntegrityError as error:
        raise Stale from error


def _apply(run: ImportRun, said: FileSaid, officer: User, today: date, now: datetime) -> ImportRun:
    locked = _locked(run, officer)
    if locked.state == ImportState.APPLIED:
        return locked
    if locked.state != ImportState.CHECKED:
        raise WrongState("import_not_clean", _NOT_CLEAN)
    Programme.objects.select_for_update(no_key=True).get(pk=locked.programme_id)
    seen = locked.fingerprint
    state, outcome = _judge(locked.programme, said, officer, today)
    _tell(locked, outcome, now)
    if not outcome.faults and outcome.fingerprint == seen:
        _write(outcome, state, officer, today, now)
        locked.state = ImportState.APPLIED
        locked.applied_by, locked.applied_at = officer, now
    locked.save(update_fields=[*_FOUND, "applied_by", "applied_at"])
    return locked


_NOT_CLEAN = _("Only an import without errors can be carried out. Please upload the file again.")


def _locked(run: ImportRun, officer: User) -> ImportRun:
    rows = ImportRun.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("programme__delivery_unit", "file").get(pk=run.pk)
    if not access.may_import(officer, locked.programme):
        raise Forbidden
    return locked


def _write(outcome: Outcome, state: State, officer: User, today: date, now: datetime) -> None:
    for start in range(0, len(outcome.created), AT_A_TIME):
        plans.create_commitments(
            programme=state.programme,
            officer=officer,
            saids=outcome.created[start : start + AT_A_TIME],
            known=state.known,
            today=today,
            now=now,
        )
    _save(outcome.saved, state, officer, today, now)
    _report(outcome.measured, officer, today, now)


def _save(saved: Iterable[Draft], state: State, officer: User, today: date, now: datetime) -> None:
    for draft in saved:
        plans.save_commitment(
            commitment=Commitment(pk=draft.commitment_id),
            officer=officer,
            said=draft.said,
            version=draft.version,
            today=today,
            now=now,
            known=state.known,
        )


def _report(measured: Iterable[Measured], officer: User, today: date, now: datetime) -> None:
    """Values become a draft that the person goes on with, and hands in like any other."""
    for one in measured:
        begun = drafts.start_draft(
            commitment=Commitment(pk=one.commitment_id),
            author=officer,
            today=today,
            now=now,
            origin=Origin.FILE_IMPORT,
        )
        drafts.save_draft(
            update=begun,
            author=officer,
            said={"as_of_on": one.as_of_on},
            evidence=[],
            measured=one.values,
            version=begun.version,
            now=now,
        )


@transaction.atomic
def discard_import(*, run: ImportRun, officer: User) -> ImportRun:
    """Put an import away that will not be carried out. Raises WrongState once it was."""
    locked = _locked(run, officer)
    if locked.state == ImportState.APPLIED:
        raise WrongState("import_applied", _APPLIED)
    locked.state = ImportState.DISCARDED
    locked.save(update_fields=["state"])
    return locked


_APPLIED = _("This import was carried out already.")
