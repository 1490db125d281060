"""Reads the demonstration as it was written down, and refuses what it does not know."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from commitments.errors import Invalid
from commitments.imports.facts.yaml_text import UnreadableError, read_yaml
from commitments.rules.bodies import ContactSaid
from commitments.services.citations import EvidenceSaid
from commitments.services.demo import plan as said

T = TypeVar("T")


def read_demo(path: Path) -> said.Plan:
    """The plan of the demonstration. Raises Invalid with one line that names what is wrong."""
    try:
        return _plan(read_yaml(path))
    except UnreadableError as error:
        raise Invalid("demo_unreadable", str(error)) from error
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise Invalid("demo_wrong", f"{path.name}: {error}") from error


def _plan(raw: Mapping[str, Any]) -> said.Plan:
    return said.Plan(
        programme=said.ProgrammeSaid(**raw["programme"]),
        bodies=_each(raw["bodies"], _body),
        people=_each(raw["people"], said.PersonSaid),
        source=said.SourceSaid(**raw["source"]),
        priorities=_each(raw["priorities"], said.PrioritySaid),
        acceptances=_each(raw["acceptances"], _acceptance),
        commitments=_each(raw["commitments"], _commitment),
        drafts=_each(raw["drafts"], said.DraftSaid),
        absences=_each(raw["absences"], said.AbsenceSaid),
        hand_overs=_each(raw["hand_overs"], said.HandOverSaid),
        invitations=_each(raw["invitations"], said.InvitationSaid),
    )


def _each(rows: Any, make: Callable[..., T]) -> tuple[T, ...]:
    return tuple(make(**row) for row in rows or ())


def _body(formerly: Any = None, contacts: Any = (), **rest: Any) -> said.BodySaid:
    return said.BodySaid(
        formerly=said.FormerlySaid(**_with_counts(formerly, "period")) if formerly else None,
        contacts=_each(contacts, ContactSaid),
        **rest,
    )


def _acceptance(commitments: list[str], **rest: Any) -> said.AcceptanceSaid:
    return said.AcceptanceSaid(commitments=tuple(commitments), **rest)


def _commitment(
    parts: Any = (),
    targets: Any = (),
    milestones: Any = (),
    updates: Any = (),
    waived: Any = None,
    changes: Any = (),
    notes: Any = (),
    charges: Any = (),
    **row: Any,
) -> said.CommitmentSaid:
    return said.CommitmentSaid(
        parts=_each(parts, said.PartSaid),
        targets=_each(targets, _target),
        milestones=_each(milestones, said.MilestoneSaid),
        updates=_each(updates, _update),
        waived=said.WaiverSaid(**waived) if waived else None,
        changes=_each(changes, _change),
        notes=_each(notes, said.NoteSaid),
        charges=_each(charges, said.ChargeSaid),
        **_with_counts(row, "asked"),
    )


def _change(**row: Any) -> said.ChangeSaid:
    return said.ChangeSaid(**_with_counts(row, "period"))


def _target(**row: Any) -> said.TargetSaid:
    amounts: dict[str, Any] = {
        name: Decimal(row[name]) for name in ("value", "value_max", "baseline") if name in row
    }
    return said.TargetSaid(**row | amounts)


def _update(measured: Any = None, evidence: Any = (), **row: Any) -> said.UpdateSaid:
    return said.UpdateSaid(
        measured={int(number): Decimal(value) for number, value in (measured or {}).items()},
        evidence=_each(evidence, EvidenceSaid),
        **_with_counts(row, "period", "later", "corrects"),
    )


def _with_counts(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return row | {name: int(row[name]) for name in names if name in row}
