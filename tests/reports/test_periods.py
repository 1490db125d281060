"""How a commitment was rated period by period: what is missing stays missing."""

from datetime import UTC, date, datetime

import pytest

from commitments.models import StatusUpdate
from commitments.reports.periods import ratings
from tests import factories

ON = date(2026, 7, 20)
MET = datetime(2026, 7, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def owed(world):
    """An obligation a month, April to August 2026."""
    rows = []
    for month in range(4, 9):
        period = factories.ReportingPeriodFactory(
            programme=world.programme,
            starts_on=date(2026, month, 1),
            ends_on=date(2026, month, 28),
            opens_on=date(2026, month + 1, 1),
            due_on=date(2026, month + 1, 15),
            locks_on=date(2026, month + 1, 28),
        )
        rows.append(factories.ObligationFactory(commitment=world.commitment, period=period))
    return rows


def said(world, **columns):
    return factories.StatusUpdateFactory(
        commitment=world.commitment, body=world.body, is_published=True, **columns
    )


def meet(obligation, update):
    obligation.met_by, obligation.met_at = update, MET
    obligation.save()


def shown(world, on=ON):
    published = StatusUpdate.objects.filter(state="published").select_related("retraction")
    found = ratings(world.commitment, list(published.order_by("-as_of_on", "-pk")), on)
    return [(one.name, one.state, one.update.number if one.update else None) for one in found]


def test_periods_name_what_is_missing_open_and_not_open_yet(world, owed):
    assert shown(world) == [
        ("April 2026", "missing", None),
        ("May 2026", "missing", None),
        ("June 2026", "missing", None),
        ("July 2026", "coming", None),
        ("August 2026", "coming", None),
    ]


def test_periods_show_what_stands_for_each(world, owed):
    first = said(world, as_of_on=date(2026, 4, 28))
    said(world, as_of_on=date(2026, 4, 28), corrects=first, correction_reason_en="Test")
    taken_back = said(world, as_of_on=date(2026, 5, 28))
    factories.RetractionFactory(update=taken_back)
    meet(owed[0], first)
    meet(owed[1], taken_back)
    in_review = factories.StatusUpdateFactory(commitment=world.commitment, is_submitted=True)
    meet(owed[2], in_review)
    owed[3].waived_by, owed[3].waived_at = factories.UserFactory(), MET
    owed[3].waiver_reason_en = "Test reason"
    owed[3].save()

    assert [row[1:] for row in shown(world)] == [
        ("said", 2), ("retracted", None), ("in_review", None), ("waived", None), ("coming", None),
    ]  # fmt: skip


def test_periods_of_a_past_day_know_only_the_instant_and_find_the_update_by_its_date(world, owed):
    """The public record says when a duty was met, and not by which update."""
    said(world, as_of_on=date(2026, 5, 20))
    update = said(world, as_of_on=date(2026, 7, 2))
    meet(owed[2], update)
    obligation = owed[2]
    obligation.met_by = None
    published = list(StatusUpdate.objects.select_related("retraction").order_by("-as_of_on"))
    world.commitment._prefetched_objects_cache = {"obligations": _Rows([obligation])}

    (only,) = ratings(world.commitment, published, ON)

    assert (only.state, only.update) == ("said", update)


class _Rows(list):
    def all(self):
        return self
