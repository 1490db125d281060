"""What a refusal carries, and which answer it gets."""

import pytest
from django.utils.translation import override

from commitments.errors import (
    Forbidden,
    IllegalTransition,
    Invalid,
    OwnWork,
    Refusal,
    Refusals,
    Stale,
    WrongState,
    refuse,
)


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (Refusal, 422, "refused"),
        (Invalid, 422, "invalid"),
        (Forbidden, 403, "forbidden"),
        (OwnWork, 403, "own_work"),
        (WrongState, 409, "wrong_state"),
        (Stale, 409, "stale"),
        (IllegalTransition, 409, "illegal_transition"),
    ],
)
def test_kinds_can_be_raised_bare(kind, status, code):
    with pytest.raises(Refusal) as caught:
        raise kind

    refusal = caught.value
    assert (refusal.status, refusal.code, refusal.field) == (status, code, None)
    assert refusal.refusals == [refusal]
    assert str(refusal)


def test_refusal_carries_code_text_and_field():
    refusal = Invalid("too_long", "Test text", "summary_vi")

    assert (refusal.code, str(refusal), refusal.field) == ("too_long", "Test text", "summary_vi")


def test_illegal_transition_names_both_ends_by_their_label():
    class Choice(str):
        label = "Test label"

    with override("en"):
        assert str(IllegalTransition("draft", Choice("x"))) == "“Test label” cannot follow “draft”."


def test_refusals_flattens_and_takes_the_graver_status():
    first, second, third = Invalid("a", "One.", "x"), Invalid("b", "Two."), Stale("c", "Three.")

    fields = Refusals([first, second])
    graver = Refusals([fields, third])

    assert (fields.status, fields.refusals, str(fields)) == (422, [first, second], "One. Two.")
    assert (graver.status, graver.refusals) == (409, [first, second, third])


def test_refusals_needs_something_to_refuse():
    with pytest.raises(ValueError, match="at least one"):
        Refusals([])


def test_refuse_raises_nothing_one_or_all():
    one, two = Invalid("a"), Invalid("b")

    assert refuse([]) is None
    with pytest.raises(Invalid) as alone:
        refuse([one])
    with pytest.raises(Refusals) as together:
        refuse([one, two])

    assert alone.value is one
    assert together.value.refusals == [one, two]
