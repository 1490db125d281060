"""The files of releases as they are handed out, and the page that lists them."""

import base64
import hashlib
import json
from datetime import date

import pytest

from commitments.models import Release
from commitments.services import record, releases
from tests import factories
from tests.factories.clock import NOW, TODAY


@pytest.fixture
def release(world):
    rows = [world.unit, world.body, world.programme]
    record.publish_many(rows, action="loaded", by=record.EDITORS, effective_on=TODAY, now=NOW)
    return releases.make_now(today=TODAY, now=NOW)


def body(answer):
    return b"".join(answer.streaming_content)


def test_a_file_is_handed_out_with_its_sum_and_never_changes(client, release):
    address = f"/data/releases/{release.name}/events.ndjson"
    content = (releases.folder_of(release.name) / "events.ndjson").read_bytes()
    digest = hashlib.sha256(content)
    answer = client.get(address)

    assert body(answer) == content
    names = ("ETag", "Cache-Control", "Repr-Digest", "Content-Length", "Accept-Ranges")
    assert {name: answer[name] for name in names} == {
        "ETag": f'"{digest.hexdigest()}"',
        "Cache-Control": "public, max-age=31536000, immutable",
        "Repr-Digest": f"sha-256=:{base64.b64encode(digest.digest()).decode()}:",
        "Content-Length": str(len(content)),
        "Accept-Ranges": "bytes",
    }
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.head(address)["Content-Length"] == str(len(content))
    whole = client.get(f"/data/releases/{release.name}/cam-ket.zip")
    assert whole["Content-Disposition"] == f'attachment; filename="cam-ket-{release.name}.zip"'
    latest = client.get("/data/latest/schema/organisation.schema.json")
    assert (latest.status_code, latest["Location"]) == (
        302,
        f"/data/releases/{release.name}/schema/organisation.schema.json",
    )


PARTS = [
    ("bytes=0-9", 206, 0, 9),
    ("bytes=10-", 206, 10, -1),
    ("bytes=-7", 206, -7, -1),
    ("bytes=0-99999999", 200, 0, -1),
    ("bytes=9-3", 200, 0, -1),
    ("bytes=0-1,4-5", 200, 0, -1),
    ("lines=0-1", 200, 0, -1),
    ("bytes=-", 200, 0, -1),
    ("bytes=99999999-", 416, 0, 0),
    ("bytes=-0", 416, 0, 0),
]
"""What is asked for, how it is answered, and the first and last byte that come."""


def test_a_part_of_a_file_can_be_asked_for(client, release):
    address = f"/data/releases/{release.name}/organisation.ndjson"
    content = (releases.folder_of(release.name) / "organisation.ndjson").read_bytes()
    size = len(content)
    for asked, status, first, last in PARTS:
        answer = client.get(address, headers={"Range": asked})
        start, end = first % size, last % size
        found = (answer.status_code, answer.get("Content-Range"))
        if status == 416:
            assert found == (416, f"bytes */{size}"), asked
            continue
        assert body(answer) == content[start : end + 1], asked
        assert answer["Content-Length"] == str(end + 1 - start)
        assert found == (status, f"bytes {start}-{end}/{size}" if status == 206 else None)
    other = client.get(address, headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert (other.status_code, body(other)) == (200, content)


def test_what_is_no_file_of_a_release_is_not_there(client, release, settings):
    (settings.RELEASES_DIR / "secret").write_text("Test")
    for path in (
        "/data/releases/2001-01-01/events.ndjson",
        f"/data/releases/{release.name}/../secret",
        f"/data/releases/{release.name}/%2e%2e/secret",
        f"/data/releases/{release.name}/.held",
        f"/data/releases/{release.name}/",
        "/data/latest/secret",
        "/data/releases/%00/events.ndjson",
    ):
        assert client.get(path).status_code == 404, path
    (releases.folder_of(release.name) / "README.md").write_text("Test: altered")
    assert client.get(f"/data/releases/{release.name}/README.md").status_code == 404

    Release.objects.update(removed_on=date(2026, 7, 1))
    gone = client.get(f"/data/releases/{release.name}/README.md")
    assert gone.status_code == 410
    assert "were removed on 2026-07-01" in gone.content.decode()
    assert client.get("/data/latest/README.md").status_code == 404


def test_the_catalogue_is_open_to_pages_of_other_hosts(client, release):
    answer = client.get("/data/catalogue.jsonld")

    assert answer["Content-Type"] == "application/ld+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    versions = json.loads(answer.content)["dcat:dataset"]["dcat:hasVersion"]
    assert [one["dcat:version"] for one in versions] == ["3"]


def test_the_page_lists_releases_also_those_that_were_removed(
    client, release, django_assert_num_queries
):
    empty = client.get("/en/releases/", {"as_of": "2026-01-01"}).content.decode()
    assert "No release has been made yet" in empty
    factories.ReleaseFactory(name="2026-01-02", made_on=date(2026, 1, 2), removed_on=TODAY)
    client.get("/en/releases/")
    with django_assert_num_queries(3):
        page = client.get("/en/releases/").content.decode()

    assert f'href="/data/releases/{release.name}/cam-ket.zip"' in page
    assert 'href="/data/latest/organisation.parquet"' in page
    assert "2026-01-02" in page
    assert "removed on" in page
    assert release.head_hash in page
    assert "No licence has been declared for the data as a whole." in page
