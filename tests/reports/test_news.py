"""The public events told as deeds: what is folded into one entry, and in which words."""

from datetime import date, timedelta

import pytest

from commitments.models import PublicEvent
from commitments.reports.news import news
from commitments.services import record
from commitments.services.record import EDITORS, SYSTEM, Actor
from tests import factories
from tests.factories.clock import NOW, TODAY

LATER = NOW + timedelta(days=1)


@pytest.fixture
def officer(world):
    return Actor("officer", world.unit.slug)


def _published(world, by, **columns):
    update = factories.StatusUpdateFactory(
        commitment=world.commitment, body=world.body, is_published=True, **columns
    )
    source = factories.SourceFactory(title="Test paper", language="en")
    evidence = factories.EvidenceFactory(update=update, source=source)
    record.publish_many(
        [source, update, evidence], action="published", by=by, effective_on=TODAY, now=NOW
    )
    return update


def _told(found):
    return [
        (one.title, one.about and one.about.text, [text.text for text in one.texts], one.url)
        for one in found.entries
    ]


def _changes(entry):
    return {
        one.label: ([text.text for text in one.before], [text.text for text in one.after])
        for one in entry.changes
    }


def test_news_tells_an_update_with_its_evidence_as_one_entry(world, officer):
    _published(world, officer, summary_en="Test summary", stage="in_progress", as_of_on=TODAY)

    found = news(PublicEvent.objects.all())

    assert _told(found) == [
        (
            "Update 1",
            "Test commitment",
            ["Test summary"],
            "/en/commitments/test-commitment/updates/1/",
        )
    ]
    (entry,) = found.entries
    assert (entry.first, entry.sequence, entry.last, found.older) == (1, 2, 3, None)
    assert entry.by == "delivery-unit officer of Test delivery unit"
    assert _changes(entry)["Stage"] == ([], ["in progress"])
    assert _changes(entry)["As of"] == ([], ["1 June 2026"])
    assert [(line.deed, [one.text for one in line.said][:1]) for line in entry.lines] == [
        ("Evidence published", ["Test paper"])
    ]
    assert entry.is_entered_later is False


def test_news_says_what_an_update_changed(world, officer):
    record.publish(world.commitment, action="published", by=officer, effective_on=TODAY, now=NOW)
    update = factories.StatusUpdateFactory(
        commitment=world.commitment, is_published=True, stage="in_progress"
    )
    world.commitment.stage, world.commitment.stage_as_of_on = "in_progress", TODAY
    world.commitment.save()
    said = {"by": officer, "effective_on": date(2026, 5, 1), "now": LATER}
    record.publish(update, action="published", **said)
    record.publish(world.commitment, action="stage_set", **said)

    newest, first = news(PublicEvent.objects.all()).entries

    assert _changes(newest)["Stage"] == ([], ["in progress"])
    assert newest.lines == []
    assert (newest.is_entered_later, newest.on) == (True, date(2026, 6, 2))
    assert (first.title, first.about.url) == (
        "Commitment published",
        "/en/commitments/test-commitment/",
    )


def test_news_tells_changes_of_plan_and_duties_in_words(world, officer):
    change = factories.ChangeRequestFactory(
        commitment=world.commitment,
        kind="date_moved",
        proposed={"due": "2027-04"},
        replaced={"due": "2027-Q1"},
        reason_en="Test reason",
        requester=factories.UserFactory(),
        decider=factories.UserFactory(),
        decision="approved",
        decided_at=NOW,
        source=factories.SourceFactory(),
    )
    owed = factories.ObligationFactory(commitment=world.commitment)
    record.publish(change, action="approved", by=officer, effective_on=TODAY, now=NOW)
    record.publish(owed, action="met", by=officer, effective_on=TODAY, now=LATER)

    met, moved = news(PublicEvent.objects.all()).entries

    assert met.title == "The update that was owed was handed in"
    assert moved.title == "Due date moved: approved"
    assert [text.text for text in moved.texts] == ["Test reason"]
    assert _changes(moved) == {"Due": (["Q1 2027"], ["April 2027"])}


def test_news_folds_what_is_long_or_was_done_by_the_system(db):
    gaps = [factories.GapFactory() for _each in range(70)]
    early = date(2026, 1, 1)
    record.publish_many(gaps, action="loaded", by=EDITORS, effective_on=early, now=NOW)
    rows = [factories.GapFactory(), factories.GapFactory()]
    record.publish_many(rows, action="laid_out", by=SYSTEM, effective_on=TODAY, now=LATER)

    found = news(PublicEvent.objects.all())

    assert [(one.title, one.counts, one.first, one.last) for one in found.entries] == [
        ("2 entries written at once", ["Gaps: 2"], 71, 72),
        ("The first load: 70 entries", ["Gaps: 70"], 1, 70),
    ]
    assert found.entries[1].url == "/en/record/?first=1&last=70"
    assert [day for day, _entries in found.days] == [date(2026, 6, 2), TODAY]


def test_news_pages_by_sequence_without_loss(db):
    for number in range(45):
        record.publish(
            factories.GapFactory(),
            action="loaded",
            by=EDITORS,
            effective_on=TODAY,
            now=NOW + timedelta(minutes=number),
        )
    gaps = [factories.GapFactory() for _each in range(320)]
    record.publish_many(gaps, action="loaded", by=EDITORS, effective_on=TODAY, now=LATER)
    record.publish(gaps[0], action="changed", by=EDITORS, effective_on=TODAY, now=LATER)

    pages, below = [], None
    while True:
        found = news(PublicEvent.objects.all(), below=below)
        pages.append([(one.first, one.last) for one in found.entries])
        below = found.older
        if below is None:
            break

    flat = [span for page in pages for span in page]
    assert flat[0] == (46, 366)
    assert flat[1:] == [(number, number) for number in range(45, 0, -1)]


def test_news_costs_the_same_for_many_as_for_one(world, officer, django_assert_num_queries):
    _published(world, officer)
    with django_assert_num_queries(5):
        news(PublicEvent.objects.all())

    for number in range(9):
        update = factories.StatusUpdateFactory(
            commitment=factories.CommitmentFactory(programme=world.programme),
            body=world.body,
            is_published=True,
        )
        source = factories.SourceFactory()
        evidence = factories.EvidenceFactory(update=update, source=source)
        record.publish_many(
            [source, update, evidence],
            action="published",
            by=officer,
            effective_on=TODAY,
            now=LATER + timedelta(hours=number),
        )
    with django_assert_num_queries(5):
        assert len(news(PublicEvent.objects.all()).entries) == 10
