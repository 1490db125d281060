"""Constraints of what is computed from the record and kept."""

import pytest

from tests import factories as f
from tests.models.breaking import Rule, cases, known, once

RULES = [
    once(
        "search_document_once_per_object_and_language",
        f.SearchDocumentFactory,
        {"key": "test-other"},
        also={"text": "Test other"},
        but={"language": "vi"},
    ),
    Rule(
        "search_document_has_words",
        f.SearchDocumentFactory,
        {},
        [{"text": ""}, {"folded": ""}],
        [{"text": "Test", "folded": " test"}],
    ),
    once("search_word_once_per_commitment", f.SearchWordFactory, {}, but={"word": "other"}),
    Rule("search_word_is_there", f.SearchWordFactory, {}, [{"word": ""}], [{"word": "1"}]),
    known("standing_reporting_is_known", f.StandingFactory, "reporting", "late"),
    known("standing_verification_is_known", f.StandingFactory, "verification", "reported"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint_of_read_models(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
