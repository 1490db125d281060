"""Faults of sources: somebody saw that one is broken or altered, and how it was mended.

Nothing of it is public, and neither the source nor what cites it is touched: those who report
are reminded until it is resolved (R8).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Refusal, Text, WrongState, refuse
from commitments.models import Source, SourceFault, SourceFaultEnd, SourceFaultKind, User
from commitments.rules import access
from commitments.rules.texts import check_text

LONGEST = 2_000
"""Characters of what was found, and of what was done."""


@transaction.atomic
def confirm_fault(*, source: Source, kind: str, note: str, by: User, now: datetime) -> SourceFault:
    """Note that a source is broken or altered, with what was found.

    Locks the source, so that the same sent twice is one fault. Raises WrongState where another
    is open already.
    """
    locked = Source.objects.select_for_update(no_key=True, of=("self",)).get(pk=source.pk)
    if not access.may_confirm_fault(by, locked):
        raise Forbidden
    said = note.strip()
    refuse([*_check_kind(kind), *_check_note(said, _NOTE_MISSING)])
    standing = SourceFault.objects.open().filter(source=locked).first()
    if standing is None:
        return SourceFault.objects.create(
            source=locked, kind=kind, note=said, confirmed_by=by, confirmed_at=now
        )
    if (standing.kind, standing.note, standing.confirmed_by_id) == (kind, said, by.pk):
        return standing
    raise WrongState("fault_is_open", _OPEN_ALREADY)


@transaction.atomic
def resolve_fault(
    *, fault: SourceFault, how: str, note: str, by: User, now: datetime
) -> SourceFault:
    """Say how it was mended; pending reminders of it are called off at the next tick.

    The same sent twice is once. Raises WrongState where it was resolved already.
    """
    rows = SourceFault.objects.select_for_update(no_key=True, of=("self",))
    locked = rows.select_related("source").get(pk=fault.pk)
    if not access.may_confirm_fault(by, locked.source):
        raise Forbidden
    said = note.strip()
    refuse([*_check_end(how), *_check_note(said, _DONE_MISSING)])
    if locked.resolved_at is not None:
        if (locked.resolved_how, locked.resolution, locked.resolved_by_id) == (how, said, by.pk):
            return locked
        raise WrongState("fault_is_resolved", _RESOLVED_ALREADY)
    locked.resolved_how, locked.resolution = how, said
    locked.resolved_by, locked.resolved_at = by, now
    locked.save(update_fields=["resolved_how", "resolution", "resolved_by", "resolved_at"])
    return locked


def _check_kind(kind: str) -> list[Refusal]:
    known = kind in SourceFaultKind.values
    return [] if known else [Invalid("kind_missing", _KIND_MISSING, "kind")]


def _check_end(how: str) -> list[Refusal]:
    known = how in SourceFaultEnd.values
    return [] if known else [Invalid("how_missing", _HOW_MISSING, "how")]


def _check_note(said: str, missing: Text) -> list[Refusal]:
    if not said:
        return [Invalid("note_missing", missing, "note")]
    return list(check_text(said, LONGEST, "note"))


_KIND_MISSING = _("Please say what is wrong with the source.")
_NOTE_MISSING = _("Please say what you found, so that others can look for it.")
_HOW_MISSING = _("Please say how it was resolved.")
_DONE_MISSING = _("Please say what was done.")
_OPEN_ALREADY = _("This source is marked as faulty already.")
_RESOLVED_ALREADY = _("This was resolved already.")
