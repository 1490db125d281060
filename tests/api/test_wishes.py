"""Some members, one language, rows along, counts of facets: what may be wished of an answer."""

import pytest

from tests import factories as make
from tests.api.test_document import faults_at, strict


@pytest.fixture
def document(client):
    return strict(client.get("/api/schema/").json(), some=True)


def codes(client, path, **parameters):
    answer = client.get(f"/api/v1/{path}", parameters)
    found = answer.json().get("errors", [])
    return answer.status_code, [(one["parameter"], one["code"]) for one in found]


def test_members_are_answered_as_far_as_they_were_asked_for(read, everything, document, client):
    asked = {"fields": "title_en,slug, stage"}
    (row,) = read("commitments/", **asked)["results"]
    one = read("commitments/test-commitment/", fields="slug,wordings")
    event_faults = faults_at(document, client, "/api/v1/events/", fields="sequence,hash")

    assert list(row) == ["slug", "title_en", "stage"]  # in the order of the whole
    assert list(one) == ["slug", "wordings"]
    assert [faults_at(document, client, f"/api/v1/{path}", **asked)
            for path in ("commitments/", "commitments/test-commitment/")] == [[], []]  # fmt: skip
    assert event_faults == []


def test_texts_are_answered_in_one_language(read, everything, document, client):
    """In the other one where they are not there in it, and it says so; parts of rows too."""
    make.CommitmentFactory(slug="only-vietnamese", title_vi="Thử", title_en="")
    rows = {row["slug"]: row for row in read("commitments/", lang="en")["results"]}
    whole = read("commitments/test-commitment/", lang="vi")
    some = read("commitments/test-commitment/", lang="vi", fields="title,page")

    assert (rows["only-vietnamese"]["title"], rows["only-vietnamese"]["title_lang"]) == (
        "Thử",
        "vi",
    )
    assert {name for name in rows["test-commitment"] if name.endswith(("_vi", "_en"))} == set()
    assert whole["page"].startswith("http://testserver/vi/")
    assert [part["name_lang"] for part in whole["participations"]] == ["en"]
    assert list(some) == ["title", "title_lang", "page", "page_lang"][::2]
    assert [faults_at(document, client, f"/api/v1/{path}/", lang="en")
            for path in ("commitments", "updates", "organisations", "commitments/test-commitment",
                         "indicators", "contradictions")] == [[]] * 6  # fmt: skip


def test_language_may_be_left_to_the_reader(client, everything):
    answers = [
        client.get("/api/v1/updates/", {"lang": "auto"}, headers={"Accept-Language": said})
        for said in ("en-GB, vi;q=0.5", "fr", "")
    ]

    assert [answer.json()["results"][0]["page_lang"] for answer in answers] == ["en", "vi", "vi"]
    assert {answer["Vary"] for answer in answers} == {"Accept, Accept-Language, Accept-Encoding"}


@pytest.mark.parametrize(
    ("path", "name", "value", "code"),
    [
        ("gaps/", "fields", "colour", "invalid_choice"),
        ("gaps/", "fields", "text_vi,{0}%s", "invalid_choice"),
        ("gaps/", "lang", "fr", "invalid_choice"),
        ("gaps/", "format", "xml", "invalid_choice"),
        ("gaps/", "expand", "sources", "unknown"),
        ("gaps/", "facets", "true", "unknown"),
        ("gaps/", "after", "0", "unknown"),
        ("events/", "lang", "vi", "unknown"),
        ("gaps/1/", "format", "csv", "unknown"),
        ("commitments/", "expand", "people", "invalid_choice"),
        ("commitments/", "facets", "yes", "invalid_choice"),
        ("updates/", "after", "-1", "invalid"),
        ("search/", "q", "?!", "required"),
        ("search/", "only", "people", "invalid_choice"),
    ],
)
def test_wishes_that_nobody_knows_are_refused(client, everything, path, name, value, code):
    found = codes(
        client, path, **{"q": "test"} | {name: value} if "search" in path else {name: value}
    )

    assert found == (400, [(name, code)])


def test_members_of_one_language_are_not_those_of_both(client, everything):
    asked = [
        {"fields": "text"},
        {"fields": "text", "lang": "en"},
        {"fields": "text_en", "lang": "en"},
    ]

    assert [client.get("/api/v1/gaps/", one).status_code for one in asked] == [400, 200, 400]


@pytest.mark.parametrize("rows", [1, 20])
def test_rows_along_cost_the_same_queries_however_many(
    db, client, today, django_assert_num_queries, rows
):
    for _ in range(rows):
        update = make.StatusUpdateFactory(is_published=True, body=make.OrganisationFactory())
        make.EvidenceFactory(update=update)
        make.EvidenceFactory(update=update)

    with django_assert_num_queries(16):
        said = client.get("/api/v1/updates/?expand=sources,organisations,commitments").json()

    assert {
        name: (len(of["results"]), of["left_out"]) for name, of in said["included"].items()
    } == {
        "commitments": (rows, 0),
        "organisations": (rows, 0),
        "sources": (2 * rows, 0),
    }


def test_rows_along_are_bounded_and_described(read, everything, document, client, monkeypatch):
    monkeypatch.setattr("commitments.api.including.MOST", 1)
    make.EvidenceFactory(update=make.StatusUpdateFactory(is_published=True))
    sources = read("updates/", expand="sources")["included"]["sources"]
    commitment = read("commitments/", expand="sources,organisations", lang="en")["included"]

    assert (len(sources["results"]), sources["left_out"]) == (1, 1)
    assert [row["name"] for row in commitment["organisations"]["results"]] != []
    asked = {
        "commitments": {"expand": "sources,organisations"},
        "updates": {"expand": "commitments"},
        "evidence": {"expand": "sources", "lang": "en"},
    }

    assert {path: faults_at(document, client, f"/api/v1/{path}/", **wishes)
            for path, wishes in asked.items()} == {path: [] for path in asked}  # fmt: skip
