"""What is kept of every commitment's standing is what would be computed, whatever happened."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.errors import Refusal
from commitments.models import Commitment, Projection, Standing
from commitments.reports import standings
from commitments.reports.version import public_version
from commitments.services.read_models import standings as kept
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.services.read_models.deeds_between import DEEDS, ask_to_report, hand_in, publish, sign

SMALL = st.integers(min_value=0, max_value=23)
STORY = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 0, 1, 16, 40]),  # days since the deed before
        st.sampled_from(DEEDS) | st.sampled_from([hand_in, sign, publish]),
        SMALL,
        st.booleans(),  # whether a reader comes by before the next deed
    ),
    min_size=3,
    max_size=10,
)


@pytest.fixture
def scene(world, alice, dan, erin):
    """Three published commitments of one body, one of them dated, and a draft."""
    dated = factories.CommitmentFactory(
        programme=world.programme,
        due="2026-06-20",
        due_earliest=date(2026, 6, 20),
        due_latest=date(2026, 6, 20),
    )
    other = factories.CommitmentFactory(programme=world.programme)
    for commitment in (dated, other):
        factories.ParticipationFactory(commitment=commitment, organisation=world.body)
    factories.CommitmentFactory(programme=world.programme, is_draft=True)
    return SimpleNamespace(
        programme=world.programme,
        commitments=[world.commitment, dated, other],
        alice=alice,
        dan=dan,
        erin=erin,
    )


def _noon(day):
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def _do(deed, scene, day, drawn):
    try:
        with transaction.atomic():
            deed(scene, day, _noon(day), drawn)
    except Refusal:
        pass


def _read(day):
    version = public_version()
    assert version is None or kept.bring_up_to_date(version=version, today=day)


def _rows(rows):
    return list(rows.order_by("pk").values_list("pk", *standings.KEPT))


def _computed(day):
    return _rows(standings.computed(Commitment.objects.public(), day))


def _kept(day):
    with standings.kept_for(day):
        return _rows(standings.known(Commitment.objects.public(), day))


@given(story=STORY)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_kept_equals_computed_after_any_deeds_and_days(scene, story):
    with transaction.atomic():
        day = TODAY
        _do(ask_to_report, scene, day, 0)
        _do(ask_to_report, scene, day, 1)
        for days, deed, drawn, is_read in story:
            day += timedelta(days=days)
            _do(deed, scene, day, drawn)
            if is_read:
                _read(day)
        _read(day)
        assert _kept(day) == _computed(day)
        transaction.set_rollback(True)


def test_bring_up_to_date_asks_once_where_nothing_happened(scene):
    _do(ask_to_report, scene, TODAY, 0)
    _read(TODAY)

    with CaptureQueriesContext(connection) as asked:
        assert kept.bring_up_to_date(version=public_version(), today=TODAY) is True

    assert len(asked) == 2  # the version, and how far the read model has followed


def test_bring_up_to_date_computes_only_what_was_touched(scene):
    _do(ask_to_report, scene, TODAY, 0)
    _read(TODAY)
    Standing.objects.update(rank=99)  # so that what is computed anew can be told

    _do(hand_in, scene, TODAY, 1)
    _read(TODAY)

    assert list(Standing.objects.exclude(rank=99).values_list("commitment", flat=True)) == [
        scene.commitments[1].pk
    ]


def test_bring_up_to_date_computes_everything_on_a_new_day(scene):
    _do(ask_to_report, scene, TODAY, 0)
    _read(TODAY)
    Standing.objects.update(rank=99)

    _read(TODAY + timedelta(days=1))

    assert Standing.objects.count() == 3
    assert Standing.objects.filter(rank=99).count() == 0
    assert Projection.objects.get(pk="standings").on == TODAY + timedelta(days=1)


def test_bring_up_to_date_says_no_where_it_cannot_write(scene):
    """A reader then computes by themselves."""
    _do(ask_to_report, scene, TODAY, 0)

    def refuse(execute, sql, params, many, context):
        from django.db import OperationalError

        if sql.startswith("INSERT"):
            raise OperationalError("Test: cannot write")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        assert kept.bring_up_to_date(version=public_version(), today=TODAY) is False


def test_compute_all_needs_no_record(scene):
    assert kept.compute_all(TODAY) == 3
    assert _kept(TODAY) == _computed(TODAY)


def test_known_computes_for_any_other_day(scene):
    _do(ask_to_report, scene, TODAY, 1)
    kept.compute_all(TODAY)
    later = date(2026, 7, 1)

    with standings.kept_for(TODAY):
        assert _rows(standings.known(Commitment.objects.public(), later)) == _computed(later)


def test_a_deed_that_was_seen_late_is_noticed(scene, alice):
    """Of two deeds at once the later key may be committed first."""
    _do(ask_to_report, scene, TODAY, 0)
    update = deeds.draft(alice, scene.commitments[0])
    factories.ReviewActionFactory(pk=50, update=update, deed="handed_over", person=alice)
    _read(TODAY)
    before = public_version()

    type(update).objects.filter(pk=update.pk).update(state="submitted", submitted_at=NOW)
    factories.ReviewActionFactory(pk=49, update=update, deed="submitted", person=alice)

    assert public_version() != before
    _read(TODAY)
    assert _kept(TODAY) == _computed(TODAY)
