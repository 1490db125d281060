"""Reads the fact file and checks it whole, before anything is written."""

from datetime import date
from pathlib import Path

from django.utils import translation

from commitments.errors import Invalid, Refusals
from commitments.imports.facts.checking import Problem, check, lists_of
from commitments.imports.facts.yaml_text import UnreadableError, read_yaml
from commitments.services.facts.entries import Facts


def read_facts(path: Path, *, today: date) -> Facts:
    """The entries of every list of the file.

    Raises Refusals with one text a problem, each naming file, line, list, entry and field.
    """
    try:
        raw = read_yaml(path)
    except UnreadableError as error:
        raise Refusals([Invalid("facts_unreadable", str(error))]) from error
    problems: list[Problem] = []
    with translation.override("en"):  # the fields are named in English, so are their problems
        facts = check(lists_of(raw, problems), problems, today=today)
    if problems:
        lines = sorted(problems, key=lambda problem: problem.line)
        raise Refusals([Invalid("facts_wrong", problem.said_of(path)) for problem in lines])
    return facts
