"""Who is told while somebody is away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.rules.presence import (
    Charged,
    Person,
    approvers_told,
    everybody_told,
    reporters_told,
)

ALICE, BEN, CHI, DAN, EVA = (Person(pk, 510) for pk in range(1, 6))
REPORTERS, APPROVERS = (ALICE, BEN, CHI), (DAN, EVA)


def charged(*mains, deputies=()):
    return Charged(frozenset(mains), frozenset(deputies))


@pytest.mark.parametrize(
    ("charge", "away", "told"),
    [
        (charged(), {}, ()),
        (charged(), {1: None, 2: None, 3: None}, ()),
        (charged(1), {}, (ALICE,)),
        (charged(1, 2), {}, (ALICE, BEN)),
        (charged(9), {}, ()),
        (charged(1), {1: 2}, (BEN,)),
        (charged(1, 2), {1: 2}, (BEN,)),
        (charged(1, 3), {1: 2}, (BEN, CHI)),
        (charged(1, deputies=[3]), {}, (ALICE,)),
        (charged(1, deputies=[3]), {1: 2}, (BEN,)),
        (charged(1, deputies=[3]), {1: None}, (CHI,)),
        (charged(1, 2, deputies=[3]), {1: None}, (BEN,)),
        (charged(deputies=[3]), {}, (CHI,)),
        (charged(1, deputies=[3]), {1: None, 3: 2}, (BEN,)),
        (charged(1), {1: None}, (BEN, CHI)),
        (charged(1), {1: 4}, (BEN, CHI)),  # Dan does not report
        (charged(1), {1: 2, 2: None}, (CHI,)),  # the cover is away as well
        (charged(1, deputies=[3]), {1: None, 2: None, 3: None}, (DAN, EVA)),
        (charged(1), {1: None, 2: None, 3: None, 4: None}, (EVA,)),
        (charged(1), {1: None, 2: None, 3: None, 4: 5}, (EVA,)),
        (charged(1), dict.fromkeys(range(1, 6)), (ALICE,)),
        (charged(deputies=[3]), dict.fromkeys(range(1, 6)), (CHI,)),
    ],
)
def test_reporters_told(charge, away, told):
    assert reporters_told(charge, REPORTERS, APPROVERS, away) == told


@pytest.mark.parametrize(
    ("charge", "away", "told"),
    [
        (charged(), {}, (DAN, EVA)),
        (charged(4), {}, (DAN,)),
        (charged(4), {4: 5}, (EVA,)),
        (charged(4), {4: None}, (EVA,)),
        (charged(4, deputies=[5]), {4: None}, (EVA,)),
        (charged(4), {4: None, 5: None}, (DAN, EVA)),
        (charged(), {4: 1}, (EVA,)),  # Alice does not approve
    ],
)
def test_approvers_told(charge, away, told):
    assert approvers_told(charge, APPROVERS, away) == told


def test_everybody_told_is_everybody_when_all_are_away():
    assert everybody_told(APPROVERS, {4: None}) == (EVA,)
    assert everybody_told(APPROVERS, {4: None, 5: 4}) == APPROVERS
    assert everybody_told((), {}) == ()


KEYS = st.integers(1, 7)


@given(st.frozensets(KEYS), st.frozensets(KEYS), st.dictionaries(KEYS, st.none() | KEYS))
def test_somebody_is_told_whenever_somebody_who_reports_is_in_charge(mains, deputies, away):
    told = reporters_told(Charged(mains, deputies), REPORTERS, APPROVERS, away)

    assert bool(told) == bool({1, 2, 3} & (mains | deputies))
    assert len(set(told)) == len(told)
    assert set(told) <= {*REPORTERS, *APPROVERS}
    if {one.pk for one in (*REPORTERS, *APPROVERS)} - away.keys():
        assert not {one.pk for one in told} & away.keys()
