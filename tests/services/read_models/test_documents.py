"""What the search looks through is what is public now, by way of events or made anew."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.models import Commitment, Projection, PublicEvent, SearchDocument, SearchWord
from commitments.reports.search import best_texts, documents_with, named_by, with_words
from commitments.rules.bodies import RenamingSaid
from commitments.rules.dates import LimitedDate
from commitments.services import bodies
from commitments.services.read_models import documents
from commitments.text.folding import terms
from tests import deeds, factories
from tests.factories.clock import TODAY
from tests.services.read_models.deeds_between import accept, hand_in, publish, retract, sign
from tests.services.read_models.test_standings import _do, scene  # noqa: F401  (a fixture)

COLUMNS = ("kind", "key", "language", "commitment", "organisation", "is_demo", "said_on", "text")


def _kept():
    texts = set(SearchDocument.objects.values_list(*COLUMNS, "folded"))
    return texts, set(SearchWord.objects.values_list("commitment", "word"))


def _anew():
    documents.fill_all()
    return _kept()


def _rename(scene, day, now, drawn):  # noqa: F811
    said = RenamingSaid(
        name_vi="",
        name_en=f"Test renamed {drawn}",
        until=LimitedDate.parse(day.isoformat()),
        reason_vi="",
        reason_en="Test reason",
    )
    bodies.rename(
        organisation=scene.commitments[0].lead.organisation,
        said=said,
        source=None,
        by=scene.erin,
        today=day,
        now=now,
    )


DEEDS = st.lists(
    st.tuples(
        st.sampled_from([hand_in, sign, publish, publish, retract, accept, _rename]),
        st.integers(min_value=0, max_value=11),
        st.booleans(),
    ),
    min_size=4,
    max_size=9,
)


@given(story=DEEDS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_followed_equals_made_anew_after_any_deeds(scene, story):  # noqa: F811
    with transaction.atomic():
        _do(hand_in, scene, TODAY, 0)
        _do(sign, scene, TODAY, 0)
        _do(publish, scene, TODAY, 0)
        documents.bring_up_to_date()
        for step, (deed, drawn, is_read) in enumerate(story):
            _do(deed, scene, TODAY + timedelta(days=step), drawn)
            if is_read:
                documents.bring_up_to_date()
        documents.bring_up_to_date()
        assert _kept() == _anew()
        transaction.set_rollback(True)


def test_bring_up_to_date_asks_once_where_nothing_happened(world, alice, dan, erin):
    deeds.published(alice, dan, erin, world.commitment)
    documents.bring_up_to_date()

    with CaptureQueriesContext(connection) as asked:
        documents.bring_up_to_date()

    assert len(asked) == 1


def test_retracted_text_is_not_found_but_its_notice_is(world, alice, dan, erin):
    update = deeds.published(
        alice, dan, erin, world.commitment, summary_en="Test unfounded", evidence=[deeds.PAGE]
    )
    documents.bring_up_to_date()
    retraction = factories.RetractionFactory(update=update, reason_en="Test mistaken")
    deed = {"action": "retracted", "object_key": f"{world.commitment.slug}/{update.number}"}
    newest = PublicEvent.objects.order_by("sequence").last()
    factories.PublicEventFactory(
        **deed, sequence=newest.sequence + 1, object_kind="retraction", after=_said(retraction)
    )
    documents.RecordHead.objects.update(sequence=newest.sequence + 1)

    documents.bring_up_to_date()

    assert (_slugs("unfounded"), _slugs("publisher")) == ([], [])
    assert _slugs("mistaken") == [world.commitment.slug]


def _said(retraction):
    return {
        "commitment": retraction.update.commitment.slug,
        "update": retraction.update.number,
        "reason_vi": "",
        "reason_en": retraction.reason_en,
        "retracted_at": "2026-06-01T02:00:00Z",
    }


def _slugs(query):
    rows = with_words(Commitment.objects.public(), terms(query))
    return list(rows.order_by("reference").values_list("slug", flat=True))


def test_the_real_record_is_followed_event_by_event(facts):
    documents.bring_up_to_date()
    newest = PublicEvent.objects.order_by("-sequence").first().sequence
    assert Projection.objects.get(pk="search").sequence == newest
    made = _kept()

    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    first = PublicEvent.objects.get(sequence=1)
    Projection.objects.filter(pk="search").update(sequence=1)
    documents.bring_up_to_date()
    followed = _kept()
    assert {one for one in made[0] if one[:2] != (first.object_kind, first.object_key)} == {
        one for one in followed[0] if one[:2] != (first.object_kind, first.object_key)
    }
    assert made[1] == followed[1]

    assert "viettel-chip-fab-2030" in _slugs("chip ban dan viettel")
    assert _slugs("chip bán dẫn VIETTEL") == _slugs("chip ban dan viettel")
    assert _slugs("never-heard-of") == []
    reference = Commitment.objects.public().order_by("reference").first().reference
    short = reference.replace("-00", " ").lower()
    assert named_by(short).reference == reference
    assert named_by("gt99 1") is None


def test_best_text_is_the_one_that_holds_most_words(world):
    commitment = world.commitment
    factories.WordingFactory(commitment=commitment, text_en="Test stations")
    factories.StatusUpdateFactory(
        commitment=commitment,
        body=world.body,
        is_published=True,
        summary_en="Test: twelve stations",
        as_of_on=date(2026, 5, 31),
    )
    documents.fill_all()

    def best(query):
        return {row.commitment_id: row.kind for row in best_texts([commitment.pk], terms(query))}

    assert best("stations") == {commitment.pk: "wording"}
    assert best("twelve stations") == {commitment.pk: "status_update"}
    assert best("lead") == {commitment.pk: "participation"}
    assert best("commitment") == {}
    assert [row.key for row in documents_with(["twelve"], ["status_update"])] == [
        "test-commitment/1"
    ]
