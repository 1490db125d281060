"""What an address may ask of the past, and what is said to one that asks wrongly."""

import re
from datetime import date, timedelta
from threading import BoundedSemaphore

import pytest
import time_machine

from commitments.models import PublicEvent
from commitments.prints import kept
from commitments.services import record
from tests import factories
from tests.factories.clock import NOW, TODAY

DAY = date(2026, 3, 2)
PATH = "/en/commitments/test-commitment/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def told(world):
    """The world as the record tells it: there since 2 March 2026, under another title since May."""
    rows = [world.unit, world.body, world.programme, world.commitment, world.lead]
    factories.WordingFactory(commitment=world.commitment)
    rows += list(world.commitment.wordings.all())
    by = record.EDITORS
    record.publish_many(rows, action="published", by=by, effective_on=DAY, now=NOW)
    world.commitment.title_en = "Test commitment, renamed"
    world.commitment.save(update_fields=["title_en"])
    record.publish(
        world.commitment, action="corrected", by=by, effective_on=date(2026, 5, 4), now=NOW
    )
    return world


def read(client, path, **query):
    answer = client.get(path, query)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({"as_of": "2026-03-02"}, "Test commitment"),
        ({"as_of": "3/2026"}, "Test commitment"),
        ({"as_of": "2026-05-03"}, "Test commitment"),
        ({"as_of": "2026-05-04"}, "Test commitment, renamed"),
        ({"as_of": "2026-05"}, "Test commitment, renamed"),
        ({"version": "6"}, "Test commitment"),
        ({"version": "7"}, "Test commitment, renamed"),
        ({"as_of": ""}, "Test commitment, renamed"),
        ({"as_of": TODAY.isoformat()}, "Test commitment, renamed"),
        ({"as_of": "2026"}, "Test commitment, renamed"),
    ],
)
def test_each_moment_shows_its_title(told, client, query, title):
    status, page = read(client, PATH, **query)

    assert status == 200
    assert f"<h1>{title}</h1>" in page


def test_a_past_page_says_so_and_keeps_its_day(told, client):
    _status, page = read(client, PATH, as_of="2026-03-10")
    _status, present = read(client, PATH)

    assert "The record as of 10 March 2026, not the present one." in page
    assert 'href="/en/commitments/?as_of=2026-03-10"' in page
    assert "The record as of" not in present
    assert "as_of=2026-03-10" not in present


def test_before_the_first_event_nothing_is_there(told, client):
    assert read(client, PATH, as_of="2026-03-01")[0] == 404
    assert read(client, "/en/", as_of="2026-03-01")[0] == 200


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ({"as_of": "2026-06-02"}, 400, "This day is still to come."),
        ({"as_of": "2027"}, 400, "This day is still to come."),
        ({"as_of": "yesterday"}, 400, "yesterday"),
        ({"as_of": "2026-02-30"}, 400, "There is a problem"),
        ({"as_of": "<script>"}, 400, "&lt;script&gt;"),
        ({"as_of": "\x00"}, 400, "There is a problem"),
        ({"as_of": "9" * 10_000}, 400, "There is a problem"),
        ({"version": "8"}, 404, "The record has no version of this number."),
        ({"version": "0"}, 404, "The record has no version of this number."),
        ({"version": "9" * 5000}, 404, "The record has no version of this number."),
        ({"version": "-1"}, 404, "The record has no version of this number."),
        ({"version": "٣"}, 404, "The record has no version of this number."),
    ],
)
def test_what_cannot_be_shown_is_said(told, client, query, status, says):
    got, page = read(client, PATH, **query)

    assert (got, says in page) == (status, True)
    assert "There is a problem" in page


def test_the_api_says_it_as_a_problem(told, client):
    answer = client.get("/api/v1/commitments/", {"as_of": "2030-01-01"})

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0]["parameter"] == "as_of"
    assert answer.json()["errors"][0]["code"] == "day_to_come"


def test_the_api_answers_from_the_past(told, client):
    def titles(**query):
        found = client.get("/api/v1/commitments/", query).json()["results"]
        return [row["title_en"] for row in found]

    assert titles(as_of="2026-03-01") == []
    assert titles(as_of="2026-03-02") == ["Test commitment"]
    assert titles(version="7") == ["Test commitment, renamed"]


def test_events_have_one_moment_only(told, client):
    assert client.get("/api/v1/events/", {"as_of": "2026-03-02"}).status_code == 400


def test_staff_pages_have_no_past(told, client):
    assert client.get("/en/staff/", {"as_of": "nonsense"}).status_code == 302


def test_a_past_page_asks_not_to_be_found_by_search_engines(told, client):
    assert client.get(PATH, {"as_of": "2026-03-10"})["X-Robots-Tag"] == "noindex"
    assert not client.get(PATH).has_header("X-Robots-Tag")


def test_a_later_entry_about_a_past_day_is_seen_there(told, client):
    read(client, PATH, as_of="2026-04-01")
    told.commitment.title_en = "Test commitment, as found out later"
    told.commitment.save(update_fields=["title_en"])
    record.publish(
        told.commitment,
        action="corrected",
        by=record.EDITORS,
        effective_on=date(2026, 3, 20),
        now=NOW,
    )

    _status, page = read(client, PATH, as_of="2026-04-01")

    assert "<h1>Test commitment, as found out later</h1>" in page


def test_two_days_are_compared(told, client):
    status, page = read(client, "/en/compare/", **{"from": "2026-03-02", "to": "2026-06-01"})

    assert status == 200
    assert "1 commitment stands otherwise, 0 are new, 0 are unchanged." in page
    assert "Test commitment, renamed" in page
    status, page = read(client, "/en/compare/", **{"from": "2026-01-01", "to": "2026-03-02"})
    assert "0 commitments stand otherwise, 1 is new, 0 are unchanged." in page
    status, page = read(client, "/en/compare/", **{"from": "2026-05-05", "to": "2026-06-01"})
    assert "Every commitment stood the same on both days." in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"from": "x"}, "compare-from-error"),
        ({"to": "2027-01-01"}, "This day is still to come."),
        (
            {"from": "2026-05-01", "to": "2026-04-01"},
            "The second day must not be before the first.",
        ),
        ({"from": "\x00"}, "compare-from-error"),
    ],
)
def test_days_that_cannot_be_compared_are_said(told, client, query, says):
    status, page = read(client, "/en/compare/", **query)

    assert (status, says in page) == (400, True)


def test_comparing_leaves_a_past_day_first(told, client):
    answer = client.get("/en/compare/", {"as_of": "2026-03-02", "from": "2026-03-01"})

    assert (answer.status_code, answer["Location"]) == (302, "/en/compare/?from=2026-03-01")


def test_a_past_that_cannot_be_written_leaves_the_present_alone(told, client, settings):
    settings.PAST_DIR.write_text("Test: no folder")
    away = client.get(PATH, {"as_of": "2026-03-10"})
    compared = client.get("/en/compare/", {"from": "2026-03-10"})
    api = client.get("/api/v1/commitments/", {"as_of": "2026-03-10"})

    assert [one.status_code for one in (away, compared, api)] == [503, 503, 503]
    assert (away["Retry-After"], api["Retry-After"]) == ("60", "60")
    assert "This day cannot be shown just now." in away.content.decode()
    assert "This day cannot be shown just now." in compared.content.decode()
    assert "The record as of 10 March" not in away.content.decode()
    assert client.get(PATH).status_code == 200


def test_a_version_tells_nothing_that_was_written_after_it(told, client):
    def correction_is_told(version):
        return "/en/record/7/" in read(client, "/en/corrections/", version=version)[1]

    def head(version):
        return told_hash(7) in read(client, "/en/data/", version=version)[1]

    def told_hash(sequence):
        return PublicEvent.objects.get(sequence=sequence).hash

    assert [correction_is_told(number) for number in (6, 7)] == [False, True]
    assert [head(number) for number in (6, 7)] == [False, True]


def test_the_past_is_sorted_by_its_own_database(told, client):
    asked = {"as_of": "2026-03-10", "ordering": "title"}

    assert client.get("/api/v1/commitments/", asked).status_code == 200


def test_the_health_of_the_machine_is_the_present_one(told, client):
    asked = [client.get("/healthz", query).status_code for query in ({}, {"as_of": "nonsense"})]

    assert asked == [200, 200]


@pytest.mark.parametrize("query", ["as_of=2026-03-10", "version=6"])
def test_a_way_round_leads_to_the_same_day(told, client, monkeypatch, query):
    monkeypatch.setattr(kept, "_seats", BoundedSemaphore(0))
    monkeypatch.setattr("commitments.views.public.briefs.is_possible", lambda: True)
    ways = [f"/en/{told.commitment.reference}", "/en/programmes/test/brief.pdf"]

    assert [client.get(f"{way}?{query}")["Location"] for way in ways] == [
        f"{PATH}?{query}",
        f"/en/programmes/test/brief/?{query}&pdf=busy",
    ]


def test_what_an_event_leads_to_is_called_as_on_the_day(told, client):
    report = factories.ErrorReportFactory(
        object_kind="commitment", object_key="test-commitment", received_at=NOW - timedelta(days=80)
    )
    programme = told.programme
    programme.name_en = "Test programme, renamed"
    programme.save()
    record.publish(programme, action="changed", by=record.EDITORS, effective_on=TODAY, now=NOW)
    pages = [f"/en/reports/{report.pk}/", "/en/reports/"]

    for path in pages:
        then, now = read(client, path, as_of="2026-03-20")[1], read(client, path)[1]
        assert [text.count(">Test commitment<") for text in (then, now)] == [1, 0]
        assert [text.count(">Test commitment, renamed<") for text in (then, now)] == [0, 1]
        assert "Test programme, renamed" in now
        assert "Test programme, renamed" not in then


def test_calendars_and_the_site_map_of_a_past_day_know_no_later_change(told, client):
    row = told.commitment
    row.due, row.due_earliest, row.due_latest = "2026-08-31", *[date(2026, 8, 31)] * 2
    row.save()
    by, later = record.EDITORS, NOW + timedelta(hours=1)
    record.publish(row, action="changed", by=by, effective_on=date(2026, 3, 5), now=NOW)
    record.publish(row, action="changed", by=by, effective_on=TODAY, now=later)

    def turn(**query):
        calendar = client.get("/calendar/commitments/test-commitment.ics", query).text
        site_map = client.get("/sitemaps/commitments-1.xml", query).text
        turned = re.search(r"SEQUENCE:(\d+)", calendar)[1]
        return int(turned), re.search("<lastmod>(.*?)</lastmod>", site_map)[1]

    assert turn(as_of="2026-03-10") == (2, f"{NOW:%Y-%m-%dT%H:%M:%S}Z")
    assert turn(version="8") == (3, f"{NOW:%Y-%m-%dT%H:%M:%S}Z")
    assert turn() == (4, f"{later:%Y-%m-%dT%H:%M:%S}Z")
    asked = client.get("/sitemap.xml", {"as_of": "2026-03-10"}).text
    assert f"{later:%Y-%m-%dT%H:%M:%S}Z" not in asked
