"""How many things of a list each of its filters would leave: for lists with a few filters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from commitments.reports.facets import Chosen, Counts

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Hung:
    """Things that hang on the rows by the column `on`; `columns` are the facets that ask for one.

    What is chosen of several of these facets is asked of one and the same thing: who leads
    something in a programme, not who leads something and has a part in the programme.
    """

    on: str
    things: Callable[[], Rows]
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """The facets of a list: `columns` of its rows by their names, and those of what hangs there."""

    columns: Mapping[str, str]
    hung: Hung | None = None


def narrowed(plan: Plan, rows: Rows, chosen: Chosen, but: str = "") -> Rows:
    """Those that have one of the chosen values of every facet, `but` one."""
    columns = {plan.columns[name]: chosen[name] for name in _asked(plan.columns, chosen, but)}
    rows = rows.filter(**{f"{column}__in": values for column, values in columns.items()})
    if plan.hung and _asked(plan.hung.columns, chosen, but):
        rows = rows.filter(pk__in=_things(plan.hung, chosen, but).values(plan.hung.on))
    return rows


def counts(plan: Plan, rows: Rows, chosen: Chosen) -> Counts:
    """Of each facet with all others applied; a query for each facet, and one for the total."""
    rows = rows.order_by()
    found: dict[str, dict[Any, int]] = {}
    for name, column in plan.columns.items():
        others = narrowed(plan, rows, chosen, but=name)
        found[name] = dict(others.values_list(column).annotate(Count("pk")))
    if plan.hung:
        own = {name: chosen[name] for name in plan.columns if name in chosen}
        some = narrowed(plan, rows, own).values("pk")
        found |= _counts_of_hung(plan.hung, some, chosen)
    total = narrowed(plan, rows, chosen).count()
    less = [] if total else list(chosen)
    without = {name: narrowed(plan, rows, chosen, but=name).count() for name in less}
    return Counts(found, total, without)


def _counts_of_hung(hung: Hung, some: Rows, chosen: Chosen) -> dict[str, dict[Any, int]]:
    """Of each facet of what hangs on `some` rows: how many of these rows it would leave."""
    found = {}
    for name, column in hung.columns.items():
        things = _things(hung, chosen, name).filter(**{f"{hung.on}__in": some}).order_by()
        found[name] = dict(things.values_list(column).annotate(Count(hung.on, distinct=True)))
    return found


def _asked(columns: Mapping[str, str], chosen: Chosen, but: str) -> list[str]:
    return [name for name in columns if name in chosen and name != but]


def _things(hung: Hung, chosen: Chosen, but: str) -> Rows:
    asked = {hung.columns[name]: chosen[name] for name in _asked(hung.columns, chosen, but)}
    return hung.things().filter(**{f"{column}__in": values for column, values in asked.items()})
