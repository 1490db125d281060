"""Constraints of imports: when and by whom they were applied, in which language they were read."""

import pytest

from tests import factories as f
from tests.factories.clock import NOW
from tests.models.breaking import Rule, cases, known

APPLIED = {"state": "applied", "applied_at": NOW, "applied_by": lambda row: f.UserFactory()}

RULES = [
    Rule(
        "import_applied_at_iff_applied",
        f.ImportRunFactory,
        {},
        [{"state": "applied"}, APPLIED | {"state": "checked"}],
        [APPLIED, {"state": "faulty"}],
    ),
    Rule(
        "import_applied_by_somebody_at_a_time",
        f.ImportRunFactory,
        {},
        [{"applied_by": lambda row: f.UserFactory()}, APPLIED | {"applied_by": None}],
        [APPLIED],
    ),
    known("import_state_is_known", f.ImportRunFactory, "state", "discarded"),
    known("import_language_is_known", f.ImportRunFactory, "language", "en"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint_refuses_what_breaks_it(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
