"""Lists that grow are followed by the record's sequence: nothing missed, nothing twice."""

from datetime import timedelta

import pytest

from commitments.services import record
from tests import factories as make
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def publish(db):
    """Publishes an update with one source, each with its event, as the services do."""

    def publish(commitment, number, at=NOW):
        source = make.SourceFactory(slug=f"source-{commitment.slug}-{number}")
        update = make.StatusUpdateFactory(
            commitment=commitment, is_published=True, number=number, published_at=at,
            stage="paused" if number % 2 else "in_progress",
        )  # fmt: skip
        evidence = make.EvidenceFactory(update=update, source=source)
        for row in (source, update, evidence):
            told(row)
        return update

    return publish


def told(row, action="published"):
    record.publish(row, action=action, by=record.EDITORS, effective_on=TODAY, now=NOW)


def follow(read, path, after, **asked):
    """Every page from a sequence on, and where to go on another day."""
    rows = []
    while True:
        page = read(path, after=after, page_size=2, **asked)
        assert (page["count"], page["previous"]) == (None, None)
        rows += page["results"]
        after = page["after"]
        if page["next"] is None:
            return rows, after
        assert page["next"].split("after=")[1].startswith(str(after))


def test_a_mirror_misses_nothing_and_repeats_nothing(read, publish):
    """Though rows are dated back, changed and added between its pages."""
    commitment = make.CommitmentFactory(slug="one", published_at=NOW)
    mirrored, after = [], 0
    for turn in range(4):
        added = [
            publish(commitment, 3 * turn + place, NOW - timedelta(days=turn)) for place in (1, 2, 3)
        ]
        told(added[0], "changed")  # said again: no new row
        make.StatusUpdateFactory(commitment=commitment)  # a draft is nobody's to see
        page = read("updates/", after=after, page_size=2)  # then something is published …
        mirrored += page["results"]
        publish(commitment, 100 + turn, NOW - timedelta(days=90))
        rows, after = follow(read, "updates/", page["after"])
        mirrored += rows

    assert [row["number"] for row in mirrored] == [
        number for turn in range(4) for number in (*range(3 * turn + 1, 3 * turn + 4), 100 + turn)
    ]
    assert follow(read, "updates/", after) == ([], after)
    assert len(follow(read, "sources/", 0)[0]) == len(follow(read, "evidence/", 0)[0]) == 16


def test_what_is_followed_may_be_filtered_and_dated(read, publish, today):
    one, other = (make.CommitmentFactory(slug=slug, published_at=NOW) for slug in ("one", "other"))
    for number in range(1, 6):
        publish(one, number)
        publish(other, number)

    paused, _after = follow(read, "updates/", 0, commitment="one", stage="paused")
    past = read("updates/", after=0, version=2)

    assert [(row["commitment"], row["number"]) for row in paused] == [
        ("one", 1),
        ("one", 3),
        ("one", 5),
    ]
    assert [row["number"] for row in past["results"]] in ([1], [])
    assert read("updates/", page=1)["after"] is None


def test_a_page_is_short_where_much_was_looked_through(read, publish, monkeypatch):
    """And leads on all the same."""
    monkeypatch.setattr("commitments.api.paging.BATCH", 1)
    monkeypatch.setattr("commitments.api.paging.BATCHES", 1)
    commitment = make.CommitmentFactory(slug="one", published_at=NOW)
    for number in (1, 2, 3):
        publish(commitment, number)

    first = read("updates/", after=0, stage="in_progress")

    assert (first["results"], first["next"] is None) == ([], False)
    assert [row["number"] for row in follow(read, "updates/", 0, stage="in_progress")[0]] == [2]


def test_pages_have_a_number_or_follow(client, db):
    answer = client.get("/api/v1/updates/?page=2&after=0")

    assert [error["parameter"] for error in answer.json()["errors"]] == ["page"]


def test_pages_name_those_beside_them(client, db):
    make.GapFactory.create_batch(5)
    links = [
        client.get(f"/api/v1/gaps/?page_size=2&page={number}").get("Link") for number in (1, 2, 3)
    ]
    here = "http://testserver/api/v1/gaps/"

    assert links == [
        f'<{here}?page=2&page_size=2>; rel="next"',
        f'<{here}?page=3&page_size=2>; rel="next", <{here}?page_size=2>; rel="prev"',
        f'<{here}?page=2&page_size=2>; rel="prev"',
    ]
