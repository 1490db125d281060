"""The page that describes the API in words."""

import re

import pytest
from django.utils import translation

from commitments.api import reference
from commitments.api.reference import Member, Operation


@pytest.fixture
def document(client):
    return client.get("/api/schema/", {"lang": "en"}).json()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_docs_are_a_page_in_the_language_asked_for(client, db, language):
    answer = client.get("/api/docs/", {"lang": language})
    page = answer.content.decode()

    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert re.search(r"<html lang=\"(\w+)\"", page).group(1) == language
    assert f'href="/api/schema/?lang={language}"' in page


def test_docs_lead_nowhere_that_is_not_there(client, db):
    page = client.get("/api/docs/", {"lang": "en"}).content.decode()
    ids = set(re.findall(r"\bid=\"([^\"]+)\"", page))
    opened = set(re.findall(r"href=\"(/api/[^\"]*)\"", page))

    assert set(re.findall(r"href=\"#([^\"]+)\"", page)) - ids == set()
    assert {path: client.get(path).status_code for path in opened} == dict.fromkeys(opened, 200)
    assert len(opened) > 14


def test_docs_name_every_address(client, db, document):
    page = client.get("/api/docs/", {"lang": "en"}).content.decode()

    assert [path for path in document["paths"] if path not in page] == []


def test_reference_tells_an_address_with_its_query(document):
    (lists, one) = reference.operations(document)["organisations"]

    assert one == Operation(
        method="GET",
        path="/api/v1/organisations/{slug}/",
        summary="One organisation",
        about="",
        parameters=one.parameters,
        sends="",
        answers="Organisation",
        opens="",
        problems=one.problems,
    )
    assert [status for status, _what in one.problems] == ["400", "404", "406"]
    assert [parameter.name for parameter in one.parameters] == [
        "fields", "lang", "as_of", "version",
    ]  # fmt: skip
    assert (lists.path, lists.opens, lists.answers) == (
        "/api/v1/organisations/", "/api/v1/organisations/", "Organisation",
    )  # fmt: skip
    assert [parameter.name for parameter in lists.parameters] == [
        "demo", "q", "kind", "page", "page_size", "fields", "lang", "format", "as_of", "version",
    ]  # fmt: skip
    assert [(one.about, one.words[:2]) for one in lists.parameters if one.name == "kind"] == [
        ("Kind", [("company", "company"), ("broadcaster", "broadcaster")])
    ]


def test_reference_tells_members_by_kind(document):
    (update,) = [one for one in reference.objects(document) if one.name == "StatusUpdate"]
    members = {one.name: one for one in update.members}
    asked = ("as_of_on", "stage", "evidence", "retraction", "corrected_by", "page_vi")

    assert {name: str_of(members[name]) for name in asked} == {
        "as_of_on": ("day, as 2026-05-31", "", False, True),
        "stage": ("", "Stage", False, True),
        "evidence": ("", "Evidence", True, False),
        "retraction": ("", "Retraction", False, True),
        "corrected_by": ("whole number", "", True, False),
        "page_vi": ("web address", "", False, False),
    }
    assert members["page_vi"].about == "its page in Vietnamese"


def str_of(member: Member):
    with translation.override("en"):
        return (str(member.kind), member.of, member.is_list, member.may_be_null)


def test_reference_tells_every_vocabulary_in_words(document):
    (stage,) = [one for one in reference.vocabularies(document) if one.name == "Stage"]

    assert stage.words == [
        ("not_started", "not started"),
        ("in_progress", "in progress"),
        ("paused", "paused"),
        ("reported_complete", "reported complete"),
        ("complete", "complete"),
        ("withdrawn", "withdrawn"),
        ("superseded", "superseded"),
    ]
