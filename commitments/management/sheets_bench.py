"""Measures spreadsheets: many drafts imported, exported and read back, then all of it undone."""

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.timezone import localdate

from commitments.imports.demo import read_demo
from commitments.imports.sheets import read_file
from commitments.imports.sheets.workbooks import sheet_of, workbook_of
from commitments.management.measuring import Made, timed
from commitments.models import Commitment, ImportRun, Organisation, Programme, Role, User
from commitments.services import imports
from commitments.services.demo import load_demo
from commitments.sheets import Table, write_csv, write_xlsx
from commitments.sheets.plan import SHEETS
from commitments.sheets.plan_rows import table_of
from commitments.sheets.tables import Value
from commitments.text.files import XLSX

_FILLED: dict[str, dict[str, Value]] = {
    "commitments": {
        "kind": "corporate_pledge",
        "title_vi": "Cam kết thử",
        "title_en": "Test commitment",
        "due": "2027-Q2",
        "speaker": "body",
        "basis": "summarised",
        "text_vi": "Lời văn thử nghiệm của một cam kết. " * 8,
        "text_en": "The wording of a commitment that was made up to be measured. " * 5,
    },
    "participations": {
        "role": "lead", "stage": "announced", "since": "2026", "confidence": "confirmed",
    },
    "targets": {
        "number": 1, "text_en": "Test target", "metric": "test", "unit": "people",
        "comparator": "at_least", "value": 1234, "due": "2027",
    },
    "milestones": {"number": 1, "title_en": "Test milestone", "due": "2027-05"},
}  # fmt: skip


class Step(NamedTuple):
    """What was done, how long it took, and the most memory the process held meanwhile."""

    name: str
    seconds: float
    peak: float
    found: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.name, f"{self.seconds:.1f}", f"{self.peak:.0f}", self.found


def measure_sheets(count: int) -> Iterator[Step]:
    """Import so many commitments into the demonstration, export them, and read them back.

    Nothing stays: the transaction is undone, whatever database it runs on.
    """
    with transaction.atomic(), translation.override("vi"):
        load_demo(plan=read_demo(_seed()), password="bench", now=timezone.now())
        yield from _steps(count)
        transaction.set_rollback(True)


def _seed() -> Path:
    return Path(__file__).resolve().parents[1] / "seed" / "demo.yaml"


def _steps(count: int) -> Iterator[Step]:
    programme = Programme.objects.filter(is_demo=True).exclude(delivery_unit=None).get()
    officer = User.objects.filter(
        memberships__organisation=programme.delivery_unit, memberships__role=Role.OFFICER
    )[0]
    body = Organisation.objects.filter(is_demo=True, kind="company")[0]
    made, step = _timed("write XLSX", lambda: _xlsx(_tables(count, body)))
    yield step
    run, step = _timed("check (all new)", lambda: _checked(programme, officer, made))
    yield step._replace(found=_counts(run))
    _run, step = _timed("apply", lambda: _applied(run, officer))
    yield step
    seen = Commitment.objects.visible_to(officer).filter(programme=programme)
    back, step = _timed("export XLSX", lambda: _xlsx(workbook_of(programme, seen)))
    yield step._replace(found=f"{len(back) / 1024:.0f} KiB")
    size, step = _timed("export CSV", lambda: sum(_csv_size(sheet_of(one, seen)) for one in SHEETS))
    yield step._replace(found=f"{size / 1024:.0f} KiB")
    again, step = _timed("check (read back)", lambda: _checked(programme, officer, back))
    yield step._replace(found=_counts(again))


def _timed(name: str, do: Callable[[], Made]) -> tuple[Made, Step]:
    made, seconds, peak = timed(do)
    return made, Step(name, seconds, peak, "")


def _tables(count: int, body: Organisation) -> list[Table]:
    return [table_of(SHEETS[name], _rows(name, count, body)) for name in _FILLED]


def _rows(name: str, count: int, body: Organisation) -> Iterable[list[Value]]:
    for number in range(count):
        slug = f"bench-{number}"
        cells = _FILLED[name] | {"slug": slug, "commitment": slug, "organisation": body.slug}
        yield [cells.get(field.key) for field in SHEETS[name].fields]


def _xlsx(tables: list[Table]) -> bytes:
    stream = io.BytesIO()
    write_xlsx(tables, stream)
    return stream.getvalue()


def _csv_size(table: Table) -> int:
    return sum(len(piece.encode()) for piece in write_csv(table))


def _said(content: bytes) -> Any:
    return read_file(io.BytesIO(content), name="bench.xlsx", media_type=XLSX, language="vi")


def _checked(programme: Programme, officer: User, content: bytes) -> ImportRun:
    return imports.check_import(
        programme=programme,
        content=ContentFile(content, name="bench.xlsx"),
        name="bench.xlsx",
        media_type=XLSX,
        said=_said(content),
        language="vi",
        officer=officer,
        today=localdate(),
        now=timezone.now(),
    )


def _applied(run: ImportRun, officer: User) -> ImportRun:
    kept: Any = run.file
    with kept.content.open("rb") as content:
        said = _said(content.read())
    return imports.apply_import(
        run=run, said=said, officer=officer, today=localdate(), now=timezone.now()
    )


def _counts(run: ImportRun) -> str:
    states = ("new", "changed", "unchanged", "faulty")
    totals = [(state, sum(one[state] for one in run.counts.values())) for state in states]
    return ", ".join(f"{number} {state}" for state, number in totals)
