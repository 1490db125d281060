"""The page of changes: what it tells, what it asks, and how it leads to the record and back."""

from datetime import timedelta

import pytest

from commitments.services import record
from commitments.services.record import EDITORS, Actor
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.views.public.reading import sections


@pytest.fixture
def news(world):
    """An update of the one commitment, then a gap."""
    update = factories.StatusUpdateFactory(
        commitment=world.commitment, body=world.body, is_published=True, summary_en="Test words"
    )
    unit = Actor("officer", world.unit.slug)
    record.publish(update, action="published", by=unit, effective_on=TODAY, now=NOW)
    gap = factories.GapFactory(text_en="Test gap")
    later = NOW + timedelta(days=-0, hours=1)
    early = TODAY - timedelta(days=30)
    record.publish(gap, action="loaded", by=EDITORS, effective_on=early, now=later)
    return world


def _said(client, query=""):
    return sections(client.get(f"/en/changes/{query}"))


def test_changes_are_told_by_day_with_what_was_entered_later(client, news):
    told = _said(client)["1 June 2026"]

    assert "Gap loaded Test gap" in told
    assert "Holds since 2 May 2026; entered later, on 1 June 2026" in told
    assert "Update 1 Test commitment Test words" in told
    assert "By delivery-unit officer of Test delivery unit · 09:00 · Event 1" in told


@pytest.mark.parametrize(
    ("query", "update", "gap"),
    [
        ("?kind=progress", True, False),
        ("?kind=structure", False, True),
        ("?kind=correction", False, False),
        ("?programme=test", True, False),
        ("?organisation=test-lead", True, False),
        ("?commitment=test-commitment", True, False),
        ("?since=2026-06", True, True),
        ("?until=2026-05-31", False, False),
        ("?before=2", True, False),
        ("?before=x", True, True),
        ("?demo=true", False, False),
    ],
)
def test_changes_are_found_by_their_filters(client, news, query, update, gap):
    page = client.get(f"/en/changes/{query}").content.decode()

    assert ("Test words" in page, "Test gap" in page) == (update, gap)


def test_changes_link_the_feed_of_exactly_this_filter(client, news):
    page = client.get("/en/changes/?kind=progress&before=9&page=3").content.decode()

    feed = '<link rel="alternate" type="application/atom+xml" title="Changes – Cam Kết" href="{}">'
    assert feed.format("/feeds/en/changes.atom?kind=progress") in page


def test_changes_of_nothing_say_how_to_find_more(client, db):
    assert "Nothing has been published yet" in client.get("/en/changes/").content.decode()
    assert "No change matches" in client.get("/en/changes/?kind=plan").content.decode()
    assert "There is nothing older" in client.get("/en/changes/?before=1").content.decode()
    broken = client.get("/en/changes/?kind=never")
    assert (broken.status_code, "A filter could not be read" in broken.content.decode()) == (
        400,
        True,
    )


def test_the_record_and_the_changes_lead_to_each_other(client, news):
    event = client.get("/en/record/1/").content.decode()
    between = client.get("/en/record/?first=2&last=2").content.decode()

    assert 'href="/en/changes/?commitment=test-commitment&amp;before=2#change-1"' in event
    assert "Test words" in sections(client.get("/en/record/1/"))["In words"]
    assert "Only events 2 to 2." in between
    assert ('id="event-2"' in between, 'id="event-1"' in between) == (True, False)
    assert 'href="/en/record/1/"' in client.get("/en/changes/").content.decode()


def test_the_demonstration_is_left_out_unless_asked(client, news):
    news.programme.is_demo = True
    news.programme.save()
    update = factories.StatusUpdateFactory(
        commitment=news.commitment, is_published=True, summary_en="Test demo"
    )
    unit = Actor("officer", news.unit.slug)
    record.publish(update, action="published", by=unit, effective_on=TODAY, now=NOW)

    shown = {
        query: "Test demo" in client.get(f"/en/changes/{query}").content.decode()
        for query in ("", "?demo=true", "?programme=test", "?commitment=test-commitment")
    }

    assert shown == {
        "": False,
        "?demo=true": True,
        "?programme=test": True,
        "?commitment=test-commitment": True,
    }
