"""Constraints of a set time of publication, of comments on fields and of internal notes."""

import pytest

from tests import factories as f
from tests.factories.clock import NOW
from tests.models.breaking import Rule, cases, once


def _user(row):
    return f.UserFactory()


def _change(row):
    return f.ChangeRequestFactory(commitment=row.commitment)


def _update(row):
    return f.StatusUpdateFactory(commitment=row.commitment)


APPROVED = {"is_approved": True}
SET = {"release_at": NOW, "released_by": _user}

RELEASE = [
    Rule(
        "update_released_by_somebody_at_a_time",
        f.StatusUpdateFactory,
        APPROVED,
        [{"release_at": NOW}, {"released_by": _user}],
        [SET],
    ),
    Rule(
        "update_releaser_is_not_the_author",
        f.StatusUpdateFactory,
        APPROVED,
        [SET | {"released_by": lambda row: row.author}],
        [SET],
    ),
    Rule(
        "update_releaser_is_not_the_approver",
        f.StatusUpdateFactory,
        APPROVED,
        [SET | {"released_by": lambda row: row.approver}],
        [SET],
    ),
    Rule(
        "update_release_waits_in_review",
        f.StatusUpdateFactory,
        APPROVED,
        [SET | {"state": "returned"}, SET | {"state": "draft"}],
        [SET, SET | {"state": "submitted"}, {"state": "returned"}],
    ),
]

COMMENTS = [
    once("field_comment_is_one_per_field", f.FieldCommentFactory, {}, but={"field": "stage"}),
    Rule(
        "field_comment_names_and_says",
        f.FieldCommentFactory,
        {},
        [{"field": ""}, {"text": ""}],
        [{"field": "evidence", "text": "Test"}],
    ),
]

NOTES = [
    Rule(
        "note_is_about_one_thing",
        f.InternalNoteFactory,
        {},
        [{"commitment": None}, {"update": _update}, {"change": _change},
         {"commitment": None, "update": _update, "change": _change}],
        [{"commitment": None, "update": _update}, {"commitment": None, "change": _change}],
    ),
    Rule("note_says_something", f.InternalNoteFactory, {}, [{"text": ""}], [{"text": "Test"}]),
]  # fmt: skip

RULES = [*RELEASE, *COMMENTS, *NOTES]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
