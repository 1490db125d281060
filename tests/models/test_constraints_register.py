"""What the database itself refuses of the register: saved views and deeds on many."""

from datetime import timedelta

import pytest

from tests import factories
from tests.factories.clock import NOW
from tests.models.breaking import Rule, cases, known, once

RULES = [
    once(
        "saved_view_name_is_one_per_list", factories.SavedViewFactory, {}, but={"name": "Test new"}
    ),
    once(
        "saved_view_default_is_at_most_one",
        factories.SavedViewFactory,
        {"is_default": True},
        also={"name": "Test new"},
        but={"is_default": False},
    ),
    Rule("saved_view_has_a_name", factories.SavedViewFactory, {}, [{"name": ""}], [{"name": "T"}]),
    known("bulk_run_deed_is_known", factories.BulkRunFactory, "deed", "waive"),
    Rule(
        "bulk_run_ends_after_it_starts",
        factories.BulkRunFactory,
        {},
        [{"finished_at": NOW - timedelta(seconds=1)}],
        [{"finished_at": NOW}, {"finished_at": None}],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraints_of_the_register(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
