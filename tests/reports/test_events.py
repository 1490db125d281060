"""Public events in words."""

import pytest

from commitments.reports.events import Change, action_words, actor_words, changes_of
from tests.factories import PublicEventFactory


@pytest.mark.parametrize(
    ("kind", "action", "words"),
    [
        ("commitment", "published", "Commitment published"),
        ("commitment", "stage_set", "Commitment: stage set"),
        ("status_update", "retracted", "Status update retracted"),
        ("retraction", "retracted", "Status update retracted"),
        ("evidence_acceptance", "accepted", "Evidence accepted as independent"),
        ("completion", "completed", "Completion confirmed"),
        ("obligation", "met", "Obligation met"),
        ("test_kind", "test_deed", "Test_kind: test_deed"),
    ],
)
def test_action_words(kind, action, words):
    assert action_words(PublicEventFactory.build(object_kind=kind, action=action)) == words


@pytest.mark.parametrize(
    ("role", "organisation", "words"),
    [
        ("editors", "", "the editors"),
        ("officer", "most", "delivery-unit officer of most"),
        ("test-role", "", "test-role"),
    ],
)
def test_actor_words(role, organisation, words):
    event = PublicEventFactory.build(actor_role=role, actor_organisation=organisation)

    assert actor_words(event) == words


def test_changes_of_an_event_are_the_names_that_differ():
    event = PublicEventFactory.build(
        before={"stage": "", "due": "2026", "sources": [], "title_en": "Test"},
        after={"stage": "in_progress", "due": None, "sources": ["a"], "title_en": "Test", "n": 1},
    )

    assert changes_of(event) == [
        Change("stage", None, "in_progress"),
        Change("due", "2026", None),
        Change("sources", None, '["a"]'),
        Change("n", None, "1"),
    ]


def test_changes_of_the_first_and_of_the_last_event():
    first = PublicEventFactory.build(before=None, after={"title_en": "Test", "note": ""})
    last = PublicEventFactory.build(before={"title_en": "Test"}, after=None)

    assert changes_of(first) == [Change("title_en", None, "Test")]
    assert changes_of(last) == [Change("title_en", "Test", None)]
