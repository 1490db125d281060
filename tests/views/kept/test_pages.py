"""Public pages are made once for a version of the record, and nothing private is ever kept."""

import gzip
from datetime import UTC, datetime

import brotli
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.models import Commitment
from tests import deeds

LIST = "/vi/commitments/"
PAGE = "/en/commitments/test-commitment/"
PAGES = ["/vi/", "/en/", LIST, PAGE, "/vi/organisations/test-lead/", f"{LIST}?page=1"]
FOR_ALL = "public, max-age=0, s-maxage=60, must-revalidate"


def _etag(client, path=PAGE, **headers):
    return client.get(path, headers=headers)["ETag"]


def _queries(client, path, **headers):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, headers=headers)
    return len(captured), answer


@pytest.mark.parametrize("path", PAGES)
def test_page_is_made_once_and_then_costs_one_query(client, publish, path):
    many, made = _queries(client, path)
    one, again = _queries(client, path)
    none_sent, unchanged = _queries(client, path, if_none_match=made["ETag"])

    assert (made.status_code, again.status_code, unchanged.status_code) == (200, 200, 304)
    assert many > 5
    assert (one, none_sent) == (1, 1)
    assert again.content == made.content
    assert dict(again.items()) == dict(made.items())
    assert made["Cache-Control"] == FOR_ALL
    assert made["Vary"] == "Accept-Encoding"
    assert unchanged.content == b""
    assert dict(unchanged.items()).items() >= {
        "ETag": made["ETag"], "Cache-Control": FOR_ALL, "Vary": "Accept-Encoding",
    }.items()  # fmt: skip


def test_kept_page_has_every_header_of_a_fresh_one(client, publish):
    fresh = client.get(PAGE)
    kept = client.get(PAGE)

    assert set(dict(fresh.items())) == set(dict(kept.items()))
    assert {
        "Content-Security-Policy", "Content-Language", "X-Content-Type-Options",
        "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
    } <= set(dict(kept.items()))  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_page_is_the_same_bytes_for_an_officer(client, publish, erin, path):
    inside = Client()
    inside.force_login(erin)

    seen_first_by_officer = inside.get(path)
    seen_by_anybody = client.get(path)
    of_the_officers_shelf = inside.get(path)

    assert seen_first_by_officer.content == seen_by_anybody.content
    assert of_the_officers_shelf.content == seen_by_anybody.content
    assert seen_first_by_officer["ETag"] == seen_by_anybody["ETag"]
    assert seen_first_by_officer.cookies == {}


def test_a_published_deed_changes_the_page_at_once(client, publish, alice, dan, erin, world):
    before = _etag(client)

    deeds.published(alice, dan, erin, world.commitment)

    assert client.get(PAGE, headers={"If-None-Match": before}).status_code == 200
    assert "Test: work is under way." in client.get(PAGE).content.decode()


def test_an_update_in_review_changes_the_page_at_once(client, publish, alice, world):
    before = client.get(PAGE)

    deeds.submitted(alice, world.commitment)
    after = client.get(PAGE)

    assert after["ETag"] != before["ETag"]
    assert "in review" in after.content.decode()
    assert "in review" not in before.content.decode()


def test_midnight_in_ha_noi_changes_the_page(client, publish, monday):
    Commitment.objects.update(due="2026-06-01", due_earliest="2026-06-01", due_latest="2026-06-01")
    publish()
    monday.move_to(datetime(2026, 6, 1, 16, 59, 59, tzinfo=UTC))
    before = client.get(PAGE)
    monday.move_to(datetime(2026, 6, 1, 17, 0, tzinfo=UTC))
    after = client.get(PAGE)

    assert after["ETag"] != before["ETag"]
    assert "Past due" not in before.content.decode()
    assert "Past due" in after.content.decode()


def test_code_and_settings_are_part_of_the_version(client, publish, monkeypatch):
    before = _etag(client)

    monkeypatch.setattr("commitments.views.kept.tags.code_version", lambda: "another")

    assert _etag(Client()) != before


def test_languages_questions_and_hosts_are_pages_of_their_own(client, publish, settings):
    settings.ALLOWED_HOSTS = ["testserver", "example.org"]
    tags = [
        _etag(client, "/vi/commitments/"),
        _etag(client, "/en/commitments/"),
        _etag(client, "/en/commitments/?page=1"),
        _etag(client, "/en/commitments/", host="example.org"),
    ]

    assert len(set(tags)) == 4
    assert client.get(PAGE, headers={"Host": "evil.example.org"}).status_code == 400


def test_nothing_in_the_request_but_its_address_makes_another_page(client, publish):
    plain = client.get(LIST)
    others = [
        {"Accept-Language": "en"},
        {"Cookie": "sessionid=x; django_language=en"},
        {"User-Agent": "Test"},
        {"Accept": "application/json"},
    ]

    assert {client.get(LIST, headers=one).content for one in others} == {plain.content}
    assert {client.get(LIST, headers=one)["ETag"] for one in others} == {plain["ETag"]}


def test_head_is_get_without_its_body(client, publish):
    asked_first, got = client.head(PAGE), client.get(PAGE)
    asked_later = client.head(PAGE)

    assert dict(asked_first.items()) == dict(got.items()) == dict(asked_later.items())
    assert asked_later.content == b""
    assert client.head(PAGE, headers={"If-None-Match": got["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        ("", "", bytes),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", gzip.decompress),
        ("*", "", bytes),
        ("br;q=nonsense, identity", "", bytes),
    ],
)
def test_page_comes_in_the_coding_that_is_asked_for(client, publish, accepted, coding, unpack):
    plain = client.get(PAGE)
    for _fresh_and_kept in range(2):
        answer = Client().get(PAGE, headers={"Accept-Encoding": accepted})
        assert answer.get("Content-Encoding", "") == coding
        assert unpack(answer.content) == plain.content
        assert answer["Content-Length"] == str(len(answer.content))
        assert (answer["ETag"] == plain["ETag"]) is (coding == "")


def test_a_tag_is_known_in_any_coding_and_in_a_list(client, publish):
    packed = _etag(client, accept_encoding="br")
    for asked in (packed, f"W/{packed}", f'"other", {packed}', _etag(client)):
        assert client.get(PAGE, headers={"If-None-Match": asked}).status_code == 304
    for asked in ("*", '"other"', packed.replace('"', ""), ""):
        assert client.get(PAGE, headers={"If-None-Match": asked}).status_code == 200


def test_what_is_not_a_whole_page_is_not_kept(client, publish):
    for path, status in (("/vi/commitments/nothing/", 404), ("/vi/commitments/?due=%00", None)):
        answer = client.get(path)
        assert status in (None, answer.status_code)
        if answer.status_code != 200:
            assert "ETag" not in answer
            assert "ETag" not in client.get(path)


def test_staff_pages_and_posts_are_never_kept(client, publish, erin):
    client.force_login(erin)
    for path in ("/en/staff/", "/en/staff/commitments/", "/en/staff/account/"):
        answer = client.get(path, follow=True, headers={"Accept-Encoding": "br, gzip"})
        assert answer["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer
        assert answer.get("Content-Encoding", "gzip") == "gzip"
    assert "ETag" not in client.post(PAGE)


def test_a_staff_page_is_masked_where_it_is_packed(client, publish, erin):
    """BREACH: how well a page with a token in it packs tells nothing."""
    client.force_login(erin)
    sizes = {
        len(client.get("/en/staff/commitments/", headers={"Accept-Encoding": "gzip"}).content)
        for _ in range(12)
    }

    assert len(sizes) > 3


def test_an_empty_record_keeps_nothing(client, world):
    assert "ETag" not in client.get(PAGE)


def test_api_lists_have_a_tag_and_no_language(client, publish):
    answer = client.get("/api/v1/commitments/", headers={"Accept-Language": "en"})
    again = client.get("/api/v1/commitments/", headers={"If-None-Match": answer["ETag"]})

    assert (answer.status_code, again.status_code) == (200, 304)
    assert answer["Vary"] == again["Vary"] == "Accept, Accept-Encoding"
    assert answer["Access-Control-Allow-Origin"] == again["Access-Control-Allow-Origin"] == "*"


def test_api_answers_are_kept_by_form_and_by_language(client, publish):
    """The same address in another form or language is another answer, from the shelf too."""
    path = "/api/v1/commitments/"
    forms = {"": "application/json", "text/csv": "text/csv; charset=utf-8", "text/html": "application/json",
             "application/xml": "application/problem+json"}  # fmt: skip
    kinds = [{accept: client.get(path, headers={"Accept": accept} if accept else {})["Content-Type"]
              for accept in forms} for _twice in range(2)]  # fmt: skip
    spoken = [
        [client.get(f"{path}?{asked}", headers={"Accept-Language": language})
         for language in ("vi", "en", "en-GB;q=0.9, vi;q=0.1")]
        for asked in ("lang=auto", "l%61ng=auto")
    ]  # fmt: skip
    tags = [[answer["ETag"] for answer in answers] for answers in spoken]

    assert kinds == [forms, forms]
    assert [[row["page_lang"] for answer in answers for row in answer.json()["results"]]
            for answers in spoken] == [["vi", "en", "en"]] * 2  # fmt: skip
    assert [one == other for (_vi, one, other) in tags] == [True, True]
    assert [vi == en for (vi, en, _again) in tags] == [False, False]
    assert {answer["Vary"] for answers in spoken for answer in answers} == {
        "Accept, Accept-Language, Accept-Encoding"
    }


@pytest.mark.parametrize("name", ["commitments", "updates", "evidence", "sources"])
def test_api_lists_are_made_of_kept_rows(client, publish, settings, name):
    """In a process without room for pages: the version is asked for, and nothing else."""
    settings.PAGES_KEPT_MB = 0.0001
    path, client = f"/api/v1/{name}/?page_size=7", Client()
    first = client.get(path)

    assert _queries(client, path)[0] == 1
    assert client.get(path).content == first.content
    publish()
    assert _queries(client, path)[0] > 1


def test_api_answers_say_when_they_changed(client, publish, monday):
    """By an instant as by a tag; a tag, where there is one, decides. A new event makes them new."""
    path = "/api/v1/commitments/"
    first = client.get(path)
    changed = first["Last-Modified"]
    asked = [
        {"If-Modified-Since": changed},
        {"If-Modified-Since": "Mon, 01 Jun 2020 00:00:00 GMT"},
        {"If-Modified-Since": changed, "If-None-Match": '"other"'},
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": "soon"},
    ]
    statuses = [client.get(path, headers=headers).status_code for headers in asked]
    file = client.get(f"{path}?format=csv")
    known = client.get(f"{path}?format=csv", headers={"If-None-Match": file["ETag"]})
    publish()

    assert changed == "Mon, 01 Jun 2026 02:00:00 GMT"
    assert statuses == [304, 200, 200, 304, 200]
    assert (file["ETag"][:3], known.status_code) == ('W/"', 304)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/calendar/commitments/test-commitment.ics", "/"])
def test_addresses_without_a_language_do_not_vary_by_one(client, publish, path):
    assert "Accept-Language" not in client.get(path).get("Vary", "")


def test_redis_or_what_stands_for_it_serves_another_process(client, publish, settings):
    settings.REDIS_URL = "redis://test.example.org"  # only asked whether there is one
    made = client.get(PAGE)
    asked = client.get(f"{PAGE}?test=1")
    other = Client()  # a shelf of its own, as in another process

    assert _queries(other, PAGE)[0] == 1
    assert other.get(PAGE).content == made.content
    assert _queries(other, f"{PAGE}?test=1")[0] > 1
    assert asked.content != b""
    cache.clear()
    assert _queries(Client(), PAGE)[0] > 1
