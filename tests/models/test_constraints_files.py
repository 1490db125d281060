"""Constraints of files that staff hand in."""

import pytest

from tests import factories as f
from tests.models.breaking import Rule, cases

RULES = [
    Rule(
        "file_is_kept_once_per_person",
        f.StoredFileFactory,
        {},
        [{}],
        [{"sha256": "f" * 64}, {"uploaded_by": lambda row: f.UserFactory()}],
        as_copy=True,
    ),
    Rule("file_is_not_empty", f.StoredFileFactory, {}, [{"size": 0}], [{"size": 1}]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
