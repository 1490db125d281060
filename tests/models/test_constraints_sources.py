"""Constraints of faults of sources."""

import pytest

from tests import factories as f
from tests.deeds import later
from tests.factories.clock import NOW
from tests.models.breaking import NONSENSE, Rule, cases, known, once


def somebody(_row):
    return f.UserFactory().pk


ENDED = {"resolved_by_id": somebody, "resolved_at": NOW, "resolved_how": "works"}

RULES = [
    once("source_fault_is_one_at_a_time", f.SourceFaultFactory, {}, but=ENDED),
    Rule(
        "source_fault_resolved_by_somebody_at_a_time",
        f.SourceFaultFactory,
        {},
        [ENDED | {"resolved_by_id": None}, {"resolved_by_id": somebody}],
        [ENDED],
    ),
    Rule(
        "source_fault_resolution_says_how",
        f.SourceFaultFactory,
        {},
        [
            ENDED | {"resolved_how": ""},
            ENDED | {"resolved_how": NONSENSE},
            {"resolved_how": "works"},
        ],
        [ENDED, ENDED | {"resolved_how": "replaced"}, ENDED | {"resolved_how": "archived"}],
    ),
    Rule(
        "source_fault_ends_after_it_starts",
        f.SourceFaultFactory,
        {"confirmed_at": later(1)},
        [ENDED],
        [ENDED | {"resolved_at": later(1)}],
    ),
    known("source_fault_kind_is_known", f.SourceFaultFactory, "kind", "altered"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint_of_sources(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
