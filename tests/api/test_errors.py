"""Whatever is refused is refused as a problem, and says what is to blame."""

import pytest
from django.test import Client

from commitments import models
from commitments.api.viewsets.findings import GapViewSet
from tests.api.paths import LISTS

NOT_FOUND = {
    "type": "http://127.0.0.1:8000/api/problems/not-found/",
    "title": "There is nothing at this address",
    "status": 404,
    "detail": "There is nothing at this address.",
}


def in_english(said):
    """Without its Vietnamese, which is there; the reader's language is English."""
    assert said.pop("detail_vi") != said.pop("detail_en") == said["detail"]
    return said


@pytest.fixture
def refused(client):
    """The problem at an address under /api/, in English, after a look at its content type."""

    def ask(path, method="get", **parameters):
        response = getattr(client, method)(
            f"/api/{path}", parameters, headers={"Accept-Language": "en", "Accept": "text/html"}
        )
        assert response["Content-Type"] == "application/problem+json"
        said = in_english(response.json())
        assert response.status_code == said["status"]
        for error in said.get("errors", []):
            in_english(error)
        return said

    return ask


def test_unknown_addresses_are_not_found(db, refused):
    paths = (
        "",
        "x/",
        "v1/x/",
        "v1/commitments/x/",
        "v1/gaps/x/",
        "v1/commitments/a b/",
        "v1/%0D%0A/",
    )

    assert {path: refused(path) for path in paths} == dict.fromkeys(paths, NOT_FOUND)


@pytest.mark.parametrize(
    "path",
    ["gaps/9223372036854775808", "events/99999999999999999999", "updates/test/0", "sources/-"],
)
def test_keys_beyond_all_bounds_are_not_found(db, refused, path):
    assert refused(f"v1/{path}/") == NOT_FOUND


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing_is_not_allowed(db, refused, client, method):
    problem = refused("v1/gaps/", method)
    answer = getattr(Client(enforce_csrf_checks=True), method)("/api/schema/")

    assert problem == {
        "type": "http://127.0.0.1:8000/api/problems/method-not-allowed/",
        "title": "This cannot be done at this address",
        "status": 405,
        "detail": f"The method {method.upper()} cannot be used here.",
    }
    assert getattr(client, method)("/api/v1/gaps/")["Allow"] == "GET, HEAD, OPTIONS"
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


@pytest.mark.parametrize("name", LISTS)
def test_parameters_nobody_knows_are_refused_by_name(db, refused, name):
    assert refused(f"v1/{name}/", stages="x", colour="red") == {
        "type": "http://127.0.0.1:8000/api/problems/invalid-parameter/",
        "title": "A parameter cannot be accepted",
        "status": 400,
        "detail": "The request has parameters that cannot be accepted; none was applied.",
        "errors": [
            {"parameter": name, "code": "unknown", "detail": "There is no such parameter here."}
            for name in ("colour", "stages")
        ],
    }


def test_parameters_of_a_single_row_are_refused(everything, refused):
    paths = ("commitments/test-commitment", "events/head")

    assert [refused(f"v1/{path}/", stage="paused")["errors"] for path in paths] == [
        [{"parameter": "stage", "code": "unknown", "detail": "There is no such parameter here."}]
    ] * 2


@pytest.mark.parametrize(
    ("path", "name", "value", "code"),
    [
        ("commitments", "stage", "finished", "invalid_choice"),
        ("commitments", "kind", "pledge", "invalid_choice"),
        ("commitments", "forecast", "x", "invalid_choice"),
        ("commitments", "reporting", "x", "invalid_choice"),
        ("commitments", "verification", "x", "invalid_choice"),
        ("commitments", "role", "owner", "invalid_choice"),
        ("commitments", "past_due", "yes", "invalid_choice"),
        ("commitments", "demo", "1", "invalid_choice"),
        ("commitments", "programme", "1999", "invalid_choice"),
        ("commitments", "priority", "1999/x", "invalid_choice"),
        ("commitments", "organisation", "nobody", "invalid_choice"),
        ("commitments", "ordering", "slug", "invalid_choice"),
        ("commitments", "due_before", "soon", "date_unreadable"),
        ("commitments", "due_after", "2026-13", "date_not_in_calendar"),
        ("commitments", "q", "x" * 201, "max_length"),
        ("commitments", "q", "\0", "null_characters_not_allowed"),
        ("commitments", "programme", "\0", "invalid_choice"),
        ("commitments", "page", "0", "invalid"),
        ("commitments", "page", "one", "invalid"),
        ("commitments", "page", "9" * 5000, "invalid"),
        ("commitments", "page_size", "201", "invalid"),
        ("commitments", "page_size", "-1", "invalid"),
        ("updates", "commitment", "nothing", "invalid_choice"),
        ("updates", "as_of_after", "31/2/2026", "date_not_in_calendar"),
        ("recognitions", "year", "2026.5", "invalid"),
        ("programmes", "year", "9" * 30, "max_value"),
        ("events", "after", "-1", "invalid"),
        ("events", "after", "9" * 19 + "9", "invalid"),
        ("events", "limit", "1001", "invalid"),
        ("events", "object_kind", "person", "invalid_choice"),
    ],
)
def test_values_nobody_knows_are_refused_by_parameter(db, refused, path, name, value, code):
    problem = refused(f"v1/{path}/", **{name: value})

    assert problem["status"] == 400
    assert [(error["parameter"], error["code"]) for error in problem["errors"]] == [(name, code)]


def test_all_wrong_values_are_named_at_once(db, refused):
    problem = refused("v1/commitments/", stage="x", kind="y")

    assert [error["parameter"] for error in problem["errors"]] == ["kind", "stage"]


def test_pages_that_are_not_there_are_not_found(db, refused):
    assert refused("v1/commitments/", page=10**9) == NOT_FOUND | {
        "detail": "There is no such page."
    }


def test_problems_are_told_in_the_readers_language(db, client):
    answer = client.post("/api/v1/gaps/", headers={"Accept-Language": "vi"})

    assert answer.json()["detail"] == "Không dùng được phương thức POST ở đây."
    assert answer["Vary"] == "Accept-Language"


def test_what_nobody_foresaw_is_a_problem_too(db, monkeypatch):
    """A table that is gone stands for every fault of ours."""
    monkeypatch.setattr(GapViewSet, "queryset", models.Gap.objects.extra(tables=["no_such_table"]))

    answer = Client(raise_request_exception=False).get(
        "/api/v1/gaps/", headers={"Accept-Language": "en"}
    )

    assert answer["Content-Type"] == "application/problem+json"
    assert in_english(answer.json()) == {
        "type": "http://127.0.0.1:8000/api/problems/server-error/",
        "title": "Something went wrong here",
        "status": 500,
        "detail": "Something went wrong here. It was written down; please try again.",
    }
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_addresses_without_their_last_slash_lead_to_it(db, client):
    answer = client.get("/api/v1/gaps?page=1")

    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/gaps/?page=1")
