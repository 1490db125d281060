"""How many commitments each value of a facet would leave, by the words of an address."""

from collections.abc import Mapping
from typing import Any

from commitments.filters.commitments import NOT_STATED
from commitments.filters.facets import FACETS
from commitments.reports import facets
from commitments.reports.facets import Counts


def counted(counts: Counts) -> dict[str, dict[str, int]]:
    """By facet and value, as the pages count them; what would leave nothing is not named."""
    named = {
        "programme": _words(facets.programmes()),
        "priority": _words(facets.priorities()),
        "organisation": _words(facets.organisations()),
    }
    return {
        name: {
            word: number
            for value, number in counts.of[name].items()
            if number and (word := _word(value, named.get(name)))
        }
        for name in FACETS
    }


def _words(rows: list[facets.Named]) -> dict[int, str]:
    return {row.pk: row.word for row in rows}


def _word(value: Any, named: Mapping[int, str] | None) -> str:
    """How an address asks for the value; nothing for a row that cannot be asked for."""
    if named is not None:
        return named.get(value, "")
    return str(value) or NOT_STATED
