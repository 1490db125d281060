"""The sheets of a programme as they are given out, to be read back by this room."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from commitments.models import Measurement, Programme, StatusUpdate
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports.plans import known_of, said_of, with_plan
from commitments.sheets import Table
from commitments.sheets.plan import MEASUREMENTS, SHEETS, Sheet
from commitments.sheets.plan_rows import Planned, guide, measured_rows, rows_of, table_of
from commitments.sheets.tables import Value

AT_A_TIME = 1000
Choices = Mapping[str, Mapping[str, Sequence[str]]]


def workbook_of(programme: Programme, seen: CommitmentQuerySet) -> list[Table]:
    """Every sheet, with the commitments of the programme that somebody may see."""
    planned = list(_planned(seen))
    choices = _choices(programme)
    return [
        table_of(sheet, _rows(sheet, planned, seen), choices.get(sheet.name))
        for sheet in SHEETS.values()
    ]


def sheet_of(name: str, seen: CommitmentQuerySet) -> Table:
    """One of them, its rows read in chunks while they are written."""
    return table_of(SHEETS[name], _rows(SHEETS[name], _planned(seen), seen))


def template_of(programme: Programme) -> list[Table]:
    """The same without rows, and a sheet that says what goes where."""
    choices = _choices(programme)
    tables = [table_of(sheet, [], choices.get(sheet.name)) for sheet in SHEETS.values()]
    return [*tables, guide(choices)]


def _planned(seen: CommitmentQuerySet) -> Iterator[Planned]:
    for row in with_plan(seen).order_by("pk").iterator(chunk_size=AT_A_TIME):
        state = _("published") if row.published_at else _("draft")
        yield Planned(said_of(row), row.reference or "", state)


def _rows(
    sheet: Sheet, planned: Iterable[Planned], seen: CommitmentQuerySet
) -> Iterator[list[Value]]:
    if sheet is not MEASUREMENTS:
        return rows_of(sheet, planned)
    published = StatusUpdate.objects.public().filter(commitment__in=seen.order_by().values("pk"))
    measured = (
        Measurement.objects.filter(update__in=published.order_by().values("pk"))
        .select_related("update__commitment", "target")
        .order_by("target__commitment", "target__number", "as_of_on", "pk")
    )
    return measured_rows(sheet, measured.iterator(chunk_size=AT_A_TIME))


def _choices(programme: Programme) -> Choices:
    """What may be named in a column, by sheet and key."""
    known = known_of(programme)
    return {
        "commitments": {"priority": sorted(known.priorities)},
        "participations": {"organisation": sorted(set(known.organisations) - set(known.merged))},
    }
