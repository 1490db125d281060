"""The house keeps its floors: who imports whom, and what a floor never does."""

import ast
import warnings
from pathlib import Path

import pytest

from tests.house import floors

OURS = [
    path
    for folder in ("commitments", "tracker")
    for path in sorted((floors.HOME / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TESTS = sorted((floors.HOME / "tests").rglob("*.py"))


def short(path: Path) -> str:
    return str(path.relative_to(floors.HOME))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def test_floors_every_room_stands_on_one():
    rooms = {floors.room_of(path) for path in floors.modules()}

    assert rooms - floors.FLOORS.keys() == set()


def test_floors_hold():
    found = {}
    for path in floors.modules():
        parts = path.relative_to(floors.HOME).with_suffix("").parts
        package = ".".join(parts[:-1])
        breaches = floors.breaches(floors.room_of(path), tree_of(path), package)
        if breaches:
            found[short(path)] = breaches

    assert found == {}


def test_tracker_holds_no_domain():
    found = {
        (short(path), name)
        for path in OURS
        if path.is_relative_to(floors.HOME / "tracker")
        for name in floors.imports(tree_of(path))
        if name.startswith("commitments")
    }

    assert found <= {
        ("tracker/urls.py", "commitments.urls"),
        ("tracker/wsgi.py", "commitments.views.watch"),
    }


def test_modules_open_with_what_lives_in_them():
    silent = [
        short(path)
        for path in OURS + TESTS
        if path.read_text().strip() and not ast.get_docstring(tree_of(path))
    ]

    assert silent == []


def test_functions_have_at_most_40_lines():
    found = {short(path): floors.long_functions(tree_of(path)) for path in OURS}

    assert {path: long for path, long in found.items() if long} == {}


def test_files_have_at_most_400_lines_and_are_split_from_300():
    lines = {short(path): len(path.read_text().splitlines()) for path in OURS}
    for path, count in lines.items():
        if 300 < count <= 400:
            warnings.warn(f"{path} has {count} lines: split it by noun", stacklevel=1)

    assert {path: count for path, count in lines.items() if count > 400} == {}


@pytest.mark.parametrize(
    ("room", "source", "expected"),
    [
        ("errors", "from commitments.text import folding", ["imports commitments.text.folding"]),
        ("models", "from commitments.rules.dates import f", ["imports commitments.rules.dates.f"]),
        ("models", "from ..services import record", ["imports commitments.services.record"]),
        ("models", "class A:\n def save(self): pass", ["overrides A.save"]),
        (
            "models",
            "from django.dispatch import receiver",
            ["uses signals: django.dispatch.receiver"],
        ),
        ("rules", "now = timezone.now()", ["reads the clock: timezone.now"]),
        ("rules", "due = dt.date.today()", ["reads the clock: dt.date.today"]),
        ("rules", "row.save()", ["writes: row.save"]),
        ("rules", "from commitments import tasks", ["imports commitments.tasks"]),
        ("emails", "message.send()", ["sends: message.send"]),
        ("services", "def f():\n  from django import forms", ["imports django.forms"]),
        ("services", "from django.http import HttpRequest", ["imports django.http.HttpRequest"]),
        ("services", "from commitments.forms import F", ["imports commitments.forms.F"]),
        ("services", "job.delay(1)", ["queues: job.delay"]),
        ("services", "today = localdate()", ["reads the clock: localdate"]),
        ("services", "import tracker.celery", ["imports tracker.celery"]),
        ("forms", "Row.objects.create(a=1)", ["writes: Row.objects.create"]),
        (
            "views",
            "Row.objects.filter(a=1).update(a=2)",
            ["writes: Row.objects.filter().update"],
        ),
        ("views", "from commitments.api import x", ["imports commitments.api.x"]),
        ("api", "serializer.save()", ["writes: serializer.save"]),
        ("urls", "if DEMO:\n  pass", ["holds logic in line 1"]),
        # What is right stays unnamed.
        ("models", "at = DateTimeField(default=timezone.now)", []),
        ("models", "from commitments.errors import Refusal", []),
        ("reports", "shown = localtime(event.recorded_at)", []),
        ("models", "from .programme import Programme", []),
        ("services", "from commitments.rules import access\nrow.save(update_fields=[])", []),
        ("views", "context.update(a=1)\nnow = timezone.now()", []),
        ("views", "if TYPE_CHECKING:\n  from commitments.api import x", []),
        ("management", "from tracker.broker import choose_broker", []),
    ],
)
def test_breaches_sees_what_it_looks_for(room, source, expected):
    found = floors.breaches(room, ast.parse(source), f"commitments.{room}")

    assert found == expected


def test_long_functions_names_the_long_ones():
    source = "def short():\n" + "  pass\n" * 39 + "def long():\n" + "  pass\n" * 40

    assert floors.long_functions(ast.parse(source)) == ["long has 41 lines"]
