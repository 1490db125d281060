"""The OpenAPI document: made without a warning, and what is answered is what it says."""

import re
from copy import deepcopy

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from commitments.api.examples import EVENT, OF_COMPONENT
from commitments.api.own.document import SHAPES
from commitments.api.routes import NOUNS
from commitments.text.canonical import digest
from tests import factories as make
from tests.api.paths import LISTS, ROWS

SLOT = re.compile(r"<\w+:(\w+)>")
"""A part of the key of a row, as the addresses name it."""


@pytest.fixture
def document(client):
    return client.get("/api/schema/").json()


def strict(document, *, some=False):
    """The same document, in which no object may have a member that is not described.

    With `some`, an object may lack members that were not asked for.
    """
    document = deepcopy(document) if some else whole(deepcopy(document))

    def close(schema):
        if isinstance(schema, dict):
            if "properties" in schema:
                schema.setdefault("additionalProperties", False)
            for part in schema.values():
                close(part)
        elif isinstance(schema, list):
            for part in schema:
                close(part)

    close(document["components"])
    close(document["paths"])
    return document


def whole(schema):
    """The same where nothing was wished for: of two alternatives, the whole object."""
    if isinstance(schema, list):
        return [whole(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    either = schema.get("anyOf", [])
    if any("/Partial" in one.get("$ref", "") for one in either):
        return either[0]
    return {name: whole(one) for name, one in schema.items()}


def faults(document, schema, answer):
    validator = Draft202012Validator(
        {**schema, "components": document["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(answer)]


def faults_of_component(document, name, answer):
    return faults(document, {"$ref": f"#/components/schemas/{name}"}, answer)


def operation_at(document, path):
    """The operation that serves a path: the one of a list, or the template of a row."""
    if path in document["paths"]:
        return document["paths"][path]["get"]
    parts = path.strip("/").split("/")
    for template, methods in document["paths"].items():
        names = template.strip("/").split("/")
        if len(names) == len(parts) and all(
            name == part or name.startswith("{") for name, part in zip(names, parts, strict=True)
        ):
            return methods["get"]
    raise KeyError(path)


def faults_at(document, client, path, **parameters):
    answer = client.get(path, parameters)
    said = operation_at(document, path)["responses"][str(answer.status_code)]
    media_type = answer["Content-Type"]
    return faults(document, said["content"][media_type]["schema"], answer.json())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_document_is_made_without_a_warning(language, tmp_path, capsys):
    """Fails on a warning of the generator and on what is no OpenAPI."""
    call_command(
        "spectacular", fail_on_warn=True, validate=True, lang=language, file=str(tmp_path / "made")
    )

    assert capsys.readouterr().err == ""


def test_document_is_openapi_in_the_language_asked_for(client):
    kinds = {
        language: client.get("/api/schema/", {"lang": language})
        .json()["components"]["schemas"]["CommitmentKindEnum"]["description"]
        .split("\n")[0]
        for language in ("vi", "en")
    }
    answer = client.get("/api/schema/")

    assert answer["Content-Type"] == "application/vnd.oai.openapi+json"
    assert answer.json()["openapi"] == "3.1.0"
    assert kinds == {
        "vi": "* `national_mission` - nhiệm vụ quốc gia",
        "en": "* `national_mission` - national mission",
    }


def test_document_has_every_list_and_row(document):
    """But for what is a body's own: tests/api/own/."""
    open_to_all = {
        path: methods for path, methods in document["paths"].items() if "/own/" not in path
    }
    listed = {path for path in open_to_all if not path.endswith("}/")}
    rows = {path.split("/")[3] for path in open_to_all if path.endswith("}/")}

    assert listed == {f"/api/v1/{name}/" for name in LISTS} | {
        "/api/v1/events/head/",
        "/api/v1/search/",
    }
    assert rows == set(LISTS)
    assert {method for path in open_to_all.values() for method in path} == {"get"}


def test_document_says_of_every_member_that_it_is_always_there(document):
    optional = {
        name: sorted(set(schema["properties"]) - set(schema["required"]))
        for name, schema in document["components"]["schemas"].items()
        if "properties" in schema and set(schema["properties"]) - set(schema.get("required", []))
        if name not in SHAPES  # what is sent may leave out what it does not say
        if not name.startswith("Partial")  # of which only some was asked for
    }

    assert optional == {
        "Problem": ["errors"],
        "PaginatedCommitmentList": ["facets", "included"],
        "PaginatedEvidenceRowList": ["included"],
        "PaginatedStatusUpdateList": ["included"],
    }


@pytest.mark.parametrize("name", OF_COMPONENT)
def test_examples_are_what_the_document_says(document, name):
    assert document["components"]["schemas"][name]["examples"] == [OF_COMPONENT[name]]
    assert faults_of_component(strict(document), name, OF_COMPONENT[name]) == []


def test_example_of_an_event_has_its_own_hash():
    content = {name: value for name, value in EVENT.items() if name != "hash"}

    assert EVENT["hash"] == digest(content)


@pytest.mark.parametrize("path", [*LISTS, *ROWS])
def test_answers_are_what_the_document_says(document, client, everything, path):
    assert faults_at(strict(document), client, f"/api/v1/{path}/") == []


def test_answers_of_events_are_what_the_document_says(document, client, db):
    make.PublicEventFactory(sequence=1)

    found = [
        faults_at(strict(document), client, f"/api/v1/{path}/")
        for path in ("events", "events/1", "events/head")
    ]

    assert found == [[], [], []]


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("commitments/", {"stage": "finished"}),
        ("commitments/nowhere/", {}),
        ("commitments/", {"page": "2"}),
    ],
)
def test_refusals_are_what_the_document_says(document, client, db, path, parameters):
    assert faults_at(strict(document), client, f"/api/v1/{path}", **parameters) == []


def test_answers_of_the_whole_fact_base_are_what_the_document_says(document, client, facts):
    """Every list page by page, whole and in one language; every commitment, some of all else."""
    said = {False: strict(document), True: strict(document, some=True)}
    found, asked = {}, 0
    for noun, _name, _view, key in NOUNS:
        most = {"limit": 1000} if noun == "events" else {"page_size": 100}
        listed = f"/api/v1/{noun}/"
        rows = rows_of(client, listed, most)
        chosen = rows if noun == "commitments" else [rows[0], rows[len(rows) // 2], rows[-1]]
        paths = [(listed + SLOT.sub(lambda slot: str(row.get(slot[1], row.get("update"))), key) + "/", {})  # noqa: B023
                 for row in chosen]  # fmt: skip
        paths += [(listed, most | {"page": number + 1}) for number in range(-(-len(rows) // 100))
                  if noun != "events"] + [(listed, most)]  # fmt: skip
        paths += [] if noun == "events" else [(listed, {"lang": "en"})]
        for path, query in paths:
            asked += 1
            if faulty := faults_at(said["lang" in query], client, path, **query):
                found[path] = faulty[:3]

    assert found == {}
    assert asked > 100


def rows_of(client, path, query):
    """All rows of a list, page after page."""
    rows, page = [], client.get(path, query).json()
    while True:
        rows += page["results"]
        if page["next"] is None:
            return rows
        page = client.get(page["next"]).json()


def test_faults_are_seen(document):
    """The check itself: a wrong word, a number that is no text, a member too many or missing."""
    right = OF_COMPONENT["Commitment"]
    missing = {name: value for name, value in right.items() if name != "slug"}
    wrong = [
        {**right, "stage": "finished"},
        {**right, "due": "soon"},
        {**right, "more": 1},
        missing,
        {**OF_COMPONENT["WholeCommitment"], "targets": [{"value": 22.5}]},
    ]
    names = ["Commitment"] * 4 + ["WholeCommitment"]

    assert [
        bool(faults_of_component(strict(document), name, answer))
        for name, answer in zip(names, wrong, strict=True)
    ] == [True] * 5
