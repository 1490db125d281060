"""Brings files to the services as the pages do, on the tests' own day."""

from django.core.files.base import ContentFile

from commitments.imports.sheets import read_file
from commitments.services import imports
from commitments.text.files import XLSX
from tests.factories.clock import NOW, TODAY
from tests.imports.sheets.files import xlsx

PLAN = {
    "commitments": [
        ["slug", "kind", "title_en", "due", "speaker", "text_en", "basis", "stated_on", "sources"],
        ["test-new", "corporate_pledge", "Test new", "Q2/2027", "body", "Test: we will.", "quoted", "15/1/2026", ""],
    ],
    "participations": [
        ["commitment", "organisation", "role", "stage", "since", "confidence"],
        ["test-new", "test-lead", "lead", "announced", "15/1/2026", "confirmed"],
    ],
    "targets": [
        ["commitment", "number", "text_en", "metric", "unit", "comparator", "value", "due"],
        ["test-new", 1, "Test target", "test metric", "people", "at_least", 22.5, "2027"],
    ],
    "milestones": [
        ["commitment", "number", "title_en", "due"],
        ["test-new", 1, "Test milestone", "5/2027"],
    ],
}  # fmt: skip
"""A whole draft in four sheets."""


def check(programme, officer, sheets, *, language="vi", now=NOW, name="test.xlsx"):
    stream = xlsx(sheets)
    content = ContentFile(stream.getvalue(), name=name)
    return imports.check_import(
        programme=programme,
        content=content,
        name=name,
        media_type=XLSX,
        said=read_file(stream, name=name, media_type=XLSX, language=language),
        language=language,
        officer=officer,
        today=TODAY,
        now=now,
    )


def apply(run, officer, *, now=NOW):
    with run.file.content.open("rb") as content:
        said = read_file(
            content, name=run.file.name, media_type=run.file.media_type, language=run.language
        )
    return imports.apply_import(run=run, said=said, officer=officer, today=TODAY, now=now)


def faults(run):
    """Sheet, row, cell and text of every error."""
    return [(one["sheet"], one["row"], one["cell"], one["text_en"]) for one in run.faults]


def counts(run):
    """New, changed, unchanged and faulty rows of every sheet."""
    return {
        name: (one["new"], one["changed"], one["unchanged"], one["faulty"])
        for name, one in run.counts.items()
    }
