"""Who fills a place, and who never does."""

import pytest

from commitments.reports.acceptances import places
from tests.factories import AcceptanceFactory, CommitmentFactory, ProgrammeFactory


def _accept(programme, confidence):
    return AcceptanceFactory(programme=programme, confidence=confidence)


def test_places_are_filled_by_confirmed_and_probable_only(db):
    programme = ProgrammeFactory(missions_said=4)
    confirmed, probable, unverified = (
        _accept(programme, confidence) for confidence in ("confirmed", "probable", "unverified")
    )
    _accept(ProgrammeFactory(), "confirmed")

    found = places(programme)

    assert (found.said, found.confirmed, found.probable, found.unverified) == (
        4,
        [confirmed],
        [probable],
        [unverified],
    )
    assert list(found.vacant) == [3, 4]


@pytest.mark.parametrize(("said", "named"), [(None, 2), (1, 2), (0, 0), (2, 2)])
def test_places_are_never_fewer_than_none(db, said, named):
    programme = ProgrammeFactory(missions_said=said)
    for _each in range(named):
        _accept(programme, "confirmed")

    assert list(places(programme).vacant) == []


def test_places_show_no_unpublished_commitment(db, django_assert_num_queries):
    programme = ProgrammeFactory()
    acceptance = _accept(programme, "confirmed")
    public = CommitmentFactory(programme=programme)
    acceptance.commitments.add(public, CommitmentFactory(programme=programme, is_draft=True))

    with django_assert_num_queries(2):
        found = places(programme)
        shown = [list(row.commitments.all()) for row in found.confirmed]

    assert shown == [[public]]
    assert bool(found) is True
    assert bool(places(ProgrammeFactory())) is False
