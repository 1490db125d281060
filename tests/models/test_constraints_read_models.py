"""Constraints of what is computed from the record and kept."""

import pytest

from tests import factories as f
from tests.models.breaking import cases, known

RULES = [
    known("standing_reporting_is_known", f.StandingFactory, "reporting", "late"),
    known("standing_verification_is_known", f.StandingFactory, "verification", "reported"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint_of_read_models(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
