"""A prepared query answers what the query itself would, on whatever connection it is asked."""

from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from commitments.models import Commitment, Source, StatusUpdate
from commitments.models.prepared import Prepared, keep
from tests import factories

LED = Prepared(
    lambda key: (
        Commitment.objects.filter(pk=key)
        .select_related("programme", "priority")
        .annotate(year=F("programme__year"))
    )
)
TWO = Prepared(lambda *keys: StatusUpdate.objects.filter(pk__in=keys).order_by("pk"), 2)


def test_prepared_gives_rows_with_what_was_selected_along_and_annotated(world):
    other = factories.CommitmentFactory(programme=world.programme)

    for commitment in (world.commitment, other, world.commitment):
        with CaptureQueriesContext(connection) as captured:
            (found,) = LED.of(commitment.pk)
            assert (found.programme.name_en, found.priority) == ("Test programme", None)

        assert len(captured) == 1
        assert (found, found.year) == (commitment, world.programme.year)
        assert (found._state.adding, found.published_at) == (False, commitment.published_at)


def test_prepared_finds_nothing_for_keys_that_are_left_over(world):
    first, second, _third = (
        factories.StatusUpdateFactory(commitment=world.commitment, is_published=True)
        for _each in range(3)
    )

    assert [TWO.of(), TWO.of(first.pk), TWO.of(second.pk, first.pk)] == [
        [], [first], [first, second],
    ]  # fmt: skip


def test_keep_answers_what_it_was_given(world, django_assert_num_queries):
    source = factories.SourceFactory()
    world.commitment.sources.add(source)

    keep(world.commitment, "sources", [])
    with django_assert_num_queries(0):
        assert list(world.commitment.sources.all()) == []

    keep(world.commitment, "sources", list(Source.objects.all()))
    with django_assert_num_queries(0):
        assert list(world.commitment.sources.all()) == [source]
