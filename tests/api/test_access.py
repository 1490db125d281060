"""Open to all, from everywhere, and the same for everybody."""

import pytest

from commitments.api.fields import Page
from commitments.api.rendering import OrjsonRenderer, spelt
from tests.api.paths import LISTS


def test_root_leads_to_every_list_and_to_the_documentation(read):
    assert read("") == {
        name: f"http://testserver/api/v1/{name}/" for name in [*LISTS, "search"]
    } | {
        "docs": "http://testserver/api/docs/",
        "schema": "http://testserver/api/schema/",
    }


@pytest.mark.parametrize("path", ["v1/gaps/", "v1/", "schema/", "nowhere/"])
def test_answers_may_be_read_by_pages_of_other_hosts(db, client, path):
    answer = client.get(f"/api/{path}", headers={"Origin": "https://example.org"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


def test_pages_outside_the_api_are_not_for_other_hosts(db, client):
    assert "Access-Control-Allow-Origin" not in client.get("/healthz")


def test_browsers_may_ask_first(db, client):
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = client.options("/api/v1/gaps/", headers=asked)

    assert (answer.status_code, answer.content) == (204, b"")
    assert {name: value for name, value in answer.items() if name.startswith("Access-Control")} == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
        "Access-Control-Expose-Headers": (
            "ETag, Last-Modified, Link, Content-Disposition, RateLimit, RateLimit-Policy, "
            "Retry-After, Deprecation, Sunset"
        ),
    }


def test_head_answers_the_headers_only(db, client):
    got, headed = client.get("/api/v1/gaps/"), client.head("/api/v1/gaps/")

    assert (headed.status_code, headed.content) == (200, b"")
    assert headed["Content-Type"] == got["Content-Type"]


def test_answers_are_json_for_browsers_and_for_who_says_nothing(db, client):
    answers = [
        client.get("/api/v1/gaps/", headers={"Accept": accept})
        for accept in ("text/html", "text/html,application/xml;q=0.9", "*/*", "")
    ]

    assert {answer["Content-Type"] for answer in answers} == {"application/json"}


def test_answers_are_the_same_for_somebody_logged_in(client, everything, erin):
    """Nothing of a session is read: the same bytes, and no cookie makes them vary."""
    before = client.get("/api/v1/commitments/test-commitment/")
    client.force_login(erin)
    after = client.get("/api/v1/commitments/test-commitment/")

    assert after.content == before.content
    assert (after["Vary"], before["Vary"]) == ("Accept, Accept-Encoding",) * 2
    assert after.cookies == {}


def test_answers_do_not_depend_on_the_language(client, everything):
    answers = {
        client.get("/api/v1/commitments/", headers={"Accept-Language": language}).content
        for language in ("vi", "en")
    }

    assert len(answers) == 1


def test_renderer_refuses_what_is_not_for_json():
    with pytest.raises(TypeError, match="object is not for JSON"):
        spelt(object())


def test_renderer_writes_nothing_for_nothing():
    assert OrjsonRenderer().render(None) == b""


def test_pages_of_a_row_have_their_own_language(rf):
    field = Page("en", "commitment-detail", "slug")
    field._context = {"request": rf.get("/")}
    row = type("Row", (), {"slug": "test"})()

    assert field.to_representation(row) == "http://testserver/en/commitments/test/"
