"""Which stage and which state may follow which."""

from itertools import product

import pytest
from django.utils.translation import override

from commitments.errors import IllegalTransition
from commitments.models import Deed, Stage, UpdateState
from commitments.rules.lifecycle import may_follow, may_move, state_after

BODY = {"not_started", "in_progress", "paused", "reported_complete"}


@pytest.mark.parametrize(("current", "new"), list(product(["", *Stage.values], repeat=2)))
def test_a_body_moves_freely_among_its_four_stages_only(current, new):
    assert may_follow(current, new) == (current in BODY | {""} and new in BODY)


def test_an_update_has_one_way_to_the_public():
    moves = {
        (state, deed): str(state_after(state, deed))
        for state, deed in product(UpdateState.values, Deed.values)
        if may_move(state, deed)
    }

    assert moves == {
        ("draft", "submitted"): "submitted",
        ("returned", "submitted"): "submitted",
        ("submitted", "approved"): "approved",
        ("submitted", "returned"): "returned",
        ("approved", "returned"): "returned",
        ("approved", "published"): "published",
    }


def test_a_body_without_approver_gains_one_move():
    gained = {
        (state, deed): str(state_after(state, deed, skips_approver=True))
        for state, deed in product(UpdateState.values, Deed.values)
        if may_move(state, deed, skips_approver=True) and not may_move(state, deed)
    }

    assert gained == {("submitted", "published"): "published"}


@pytest.mark.parametrize(
    ("state", "deed"),
    [("published", "returned"), ("draft", "published"), ("submitted", "published")],
)
def test_state_after_refuses_with_both_names(state, deed):
    with override("en"), pytest.raises(IllegalTransition) as caught:
        state_after(state, deed)

    assert caught.value.status == 409
    assert str(caught.value) == f"“{deed}” cannot follow “{state}”."
