"""Atom feeds: whole by RFC 4287, in one language, the same bytes for the same record."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine

from commitments.services import record
from commitments.services.record import EDITORS, Actor
from tests import factories
from tests.factories.clock import NOW, TODAY

ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:[^\s]+")
NASTY = "<script>Test</script> & \x0b \ufffe “Thử”"


def checked(body):
    """Read a feed as strictly as RFC 4287 asks (4.1.1, 4.1.2, 4.2); say what its entries hold."""
    text = body.decode()
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>')
    assert "<!DOCTYPE" not in text
    assert "<!ENTITY" not in text
    root = ET.fromstring(text)
    assert root.tag == f"{ATOM}feed"
    _has_once(root, "id", "title", "subtitle", "updated")
    entries = root.findall(f"{ATOM}entry")
    for node in (root, *entries):
        assert TAG.fullmatch(node.findtext(f"{ATOM}id")), node.findtext(f"{ATOM}id")
        assert INSTANT.fullmatch(node.findtext(f"{ATOM}updated"))
        assert node.find(f"{ATOM}author/{ATOM}name").text
        links = [(link.get("rel"), link.get("type")) for link in node.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
        assert ("alternate", "text/html") in links
        assert all(link.get("href").startswith("http") for link in node.findall(f"{ATOM}link"))
    assert len(entries) <= 50
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(ids) == len(set(ids))
    times = [one.findtext(f"{ATOM}updated") for one in entries]
    assert root.findtext(f"{ATOM}updated") == max(times, default="2026-01-01T00:00:00Z")
    for one in entries:
        _has_once(one, "id", "title", "updated", "published", "content")
        assert one.find(f"{ATOM}content").get("type") == "text"
    return [(one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}content")) for one in entries]


def _has_once(node, *names):
    assert [name for name in names if len(node.findall(f"{ATOM}{name}")) != 1] == []
    assert all(child.tag.startswith(ATOM) for child in node)


@pytest.fixture
def news(world):
    """Two updates of one commitment, and a word of something else."""
    for number in range(2):
        update = factories.StatusUpdateFactory(
            commitment=world.commitment,
            body=world.body,
            is_published=True,
            summary_en=f"{NASTY} {number}",
        )
        record.publish(
            update,
            action="published",
            by=Actor("officer", world.unit.slug),
            effective_on=TODAY,
            now=NOW + timedelta(hours=number),
        )
    gap = factories.GapFactory(text_en="Test gap", text_vi="Chỗ trống")
    record.publish(gap, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    return world


def test_feeds_are_whole_and_tell_what_the_page_tells(client, news):
    priority = factories.PriorityFactory(programme=news.programme, slug="test-priority")
    news.commitment.priority = priority
    news.commitment.kind = "government_task"
    news.commitment.search_text = " test commitment"
    news.commitment.save()
    everything = checked(client.get("/feeds/en/changes.atom").content)

    assert everything[1][1].startswith("<script>Test</script> &   “Thử” 1\n")
    assert {title for title, _text in everything} == {
        "Gap loaded: Test gap",
        "Update 1: Test commitment",
        "Update 2: Test commitment",
    }
    updates = [title for title, _text in everything if title.startswith("Update")]
    for path in (
        "commitments/test-commitment.atom",
        "organisations/test-lead.atom",
        "programmes/test.atom",
        "programmes/test/priorities/test-priority.atom",
        "changes.atom?kind=progress",
        "changes.atom?q=commitment",
        "commitments.atom",
        "commitments.atom?priority=test/test-priority&q=commit",
        "commitments.atom?kind=government_task&order=never-asked&order=due",
    ):
        found = checked(client.get(f"/feeds/en/{path}").content)
        assert [title for title, _text in found] == updates, path


def test_feeds_speak_the_language_of_their_address(client, news):
    page = client.get("/feeds/vi/changes.atom", headers={"accept-language": "en"})

    assert page["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert page["Content-Language"] == "vi"
    assert "Chỗ trống" in str(checked(page.content))
    assert "/vi/commitments/test-commitment/updates/1/" in page.content.decode()
    assert page.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not page.cookies


def test_feeds_are_the_same_bytes_for_the_same_record(client, news):
    first = client.get("/feeds/en/changes.atom")

    assert client.get("/feeds/en/changes.atom").content == first.content


def test_feeds_of_nothing_are_whole_too(client, db):
    assert checked(client.get("/feeds/en/changes.atom").content) == []


def test_feeds_of_what_is_not_public_or_cannot_be_read(client, world):
    factories.CommitmentFactory(slug="draft", is_draft=True)
    asked = {
        "fr/changes.atom": 404,
        "en/commitments/draft.atom": 404,
        "en/organisations/never.atom": 404,
        "en/programmes/never.atom": 404,
        "en/programmes/test/priorities/never.atom": 404,
        "en/changes.atom?kind=never": 400,
        "en/changes.atom?commitment=%00": 400,
        "en/changes.atom?since=yesterday": 400,
        "fr/commitments.atom": 404,
        "en/commitments.atom?stage=never": 400,
        "en/commitments.atom?q=%00": 400,
        "en/commitments.atom?programme=test&programme=never": 400,
    }

    assert {path: client.get(f"/feeds/{path}").status_code for path in asked} == asked


def test_feed_of_a_list_holds_what_the_list_finds(client, news):
    other = factories.CommitmentFactory(slug="other", reference="CP26-777", title_en="Other")
    record.publish(other.programme, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    for row, stage in ((news.commitment, "in_progress"), (other, "paused")):
        type(row).objects.filter(pk=row.pk).update(stage=stage, stage_as_of_on=TODAY)
        row.refresh_from_db()
        record.publish(row, action="published", by=EDITORS, effective_on=TODAY, now=NOW)
    asked = "q=other&stage=paused"
    answer = client.get(f"/feeds/en/commitments.atom?order=due&{asked}&never=1")
    root = ET.fromstring(answer.content)

    assert [title for title, _text in checked(answer.content)] == ["Commitment published: Other"]
    assert root.findtext(f"{ATOM}title") == "Commitments: “other” · Stage: paused – Cam Kết"
    links = [link.get("href") for link in root.findall(f"{ATOM}link")]
    assert links == [
        f"http://127.0.0.1:8000/feeds/en/commitments.atom?{asked}",
        f"http://127.0.0.1:8000/en/commitments/?{asked}",
    ]
    address = f"/feeds/en/commitments.atom?{asked}".replace("&", "&amp;")
    page = client.get(f"/en/commitments/?{asked}&order=due").text
    assert page.count(f'href="{address}"') == page.count("application/atom+xml") == 2
    assert 'href="/feeds/en/commitments.atom?q=other"' in client.get("/en/search/?q=other").text
    for path in (f"?{asked}&as_of=2026-05-31", "?stage=never", "?demo=true"):
        assert checked(client.get(f"/feeds/en/commitments.atom{path}").content) == []
    a_day_later = NOW + timedelta(days=1)
    with time_machine.travel(a_day_later, tick=False):
        past = client.get(f"/feeds/en/commitments.atom?{asked}&as_of={TODAY}")
    assert checked(past.content) == checked(answer.content)
