"""What is wrong with a request, each a problem of its own kind, in both languages."""

import json
from datetime import timedelta

import pytest

from commitments.models import ApiToken, ClientReference, Measurement, StatusUpdate, User
from tests import deeds
from tests import factories as make
from tests.api.own.test_updates import PAGE, SAID
from tests.factories.clock import NOW, TODAY

WHOLE = SAID | {"submit": True}


def kind(answer):
    """Status, kind, and the pointers that are to blame."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    said = answer.json()
    assert said["status"] == answer.status_code
    for one in said.get("errors", [said]):
        assert one["detail"] == one["detail_en"]
        assert one["detail_vi"]
    places = [(one.get("pointer"), one["code"]) for one in said.get("errors", [])]
    return answer.status_code, said["type"].rsplit("/", 2)[1], places


@pytest.fixture
def send(client, token):
    """A body as bytes, with any media type."""

    def send(body, media_type="application/json", where="updates/"):
        return client.post(
            f"/api/v1/own/{where}",
            data=body,
            content_type=media_type,
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
        )

    return send


def test_bodies_that_cannot_be_read_are_refused(send):
    found = [
        kind(send(body, media_type))[:2]
        for body, media_type in [
            (b"a=1", "application/x-www-form-urlencoded"),
            (b"{}", "text/plain"),
            (b" ", "application/json"),
            (b"{", "application/json"),
            (b'{"a": 1, "a": 2}', "application/json"),
            (b'{"a": NaN}', "application/json"),
            (b'{"a": 1e99999999999999999999}', "application/json"),
            (b'{"a": "\\ud800"}', "application/json"),
            (b'{"a": "\xff"}', "application/json"),
            (b"[" * 100_000, "application/json"),
            (b"1" * 5000, "application/json"),
            (b" " * (1024 * 1024 + 1), "application/json"),
            (b" " * (6 * 1024 * 1024), "application/json"),
            (b"[]", "application/json"),
            (b"{}", "application/json; charset=utf-16"),
        ]
    ]

    assert found == [
        (415, "unsupported-media-type"),
        (415, "unsupported-media-type"),
        *[(400, "invalid-json")] * 9,
        *[(413, "too-large")] * 2,
        (422, "wrong-type"),
        (415, "unsupported-media-type"),
    ]
    assert kind(send(json.dumps({"rows": [{}] * 1001}), where="measurements/"))[:2] == (
        413,
        "too-many-rows",
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SAID | {"x": 1, "a/b~": {}}, ("unknown-field", ["/a~1b~0", "/x"])),
        (SAID | {"evidence": [{"link": 1}]}, ("unknown-field", ["/evidence/0/link"])),
        (
            SAID | {"stage": 1, "submit": "true", "summary_en": False, "evidence": {},
                    "measurements": [7, {"target": "3", "value": True}]},
            ("wrong-type", [
                "/evidence", "/measurements/0", "/measurements/1/target",
                "/measurements/1/value", "/stage", "/submit", "/summary_en",
            ]),
        ),
        (WHOLE | {"as_of_on": "2026-06-02", "forecast": "on_track"}, ("date-in-future", ["/as_of_on"])),
        ({"stage": 5}, ("invalid-body", ["/commitment", "/stage"])),
        (
            WHOLE | {
                "as_of_on": "31/5/2026", "kind": "news", "stage": "complete", "forecast": "fine",
                "summary_en": "a\u202eb", "problem_vi": "x" * 2001, "y": 1,
                "client_reference": "\0", "corrects": 9,
                "measurements": [
                    {"target": 3, "value": "1,5"}, {"target": 3, "value": -1},
                    {"target": 4, "value": 1}, {"target": 3, "value": 1e40},
                    {"target": 3, "value": 1.12345678}, {"target": 3}
                ],
                "evidence": [
                    {"title": "x" * 501, "url": "http://127.0.0.1/", "relation": "friend"},
                    {"title": "", "url": "https://example.org/a", "file": 99,
                     "published": "2026-13", "language": "fr", "kind": "blog"},
                    {"title": "Test", "url": "https://example.org/a", "relation": "press"},
                    {"source": "nowhere", "title": "Test"},
                ],
            },
            ("invalid-body", [
                "/as_of_on", "/client_reference", "/corrects", "/evidence/0/relation",
                "/evidence/0/title", "/evidence/0/url", "/evidence/1/file", "/evidence/1/kind",
                "/evidence/1/language", "/evidence/1/published", "/evidence/1/relation",
                "/evidence/1/title", "/evidence/2/url", "/evidence/3/relation",
                "/evidence/3/source", "/evidence/3/source", "/forecast", "/kind",
                "/measurements/0/value", "/measurements/1/value", "/measurements/2/target",
                "/measurements/3/value", "/measurements/4/value", "/measurements/5/value",
                "/problem_vi", "/stage", "/summary_en", "/y",
            ]),
        ),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_named_at_once(ask, world, body, expected):
    make.TargetFactory(
        commitment=world.commitment, number=3, metric="tests", unit="test", value="1"
    )

    status, name, places = kind(ask("post", "updates/", body))

    assert (status, name, sorted({f"#{one}" for one in expected[1]})) == (
        422,
        expected[0],
        sorted({pointer for pointer, _code in places}),
    )
    assert StatusUpdate.objects.count() == 0


def test_what_is_not_ours_is_not_there(ask, world, alice, bob):
    elsewhere = bob.memberships.get().organisation
    make.MembershipFactory(user=alice, organisation=elsewhere, role="reporter")
    theirs = make.CommitmentFactory(programme=world.programme, slug="theirs")
    make.ParticipationFactory(commitment=theirs, organisation=elsewhere)
    hidden = make.CommitmentFactory(
        programme=world.programme, slug="hidden", published_at=None, reference=None
    )
    make.ParticipationFactory(commitment=hidden, organisation=elsewhere)
    own = make.CommitmentFactory(
        programme=world.programme, slug="own", published_at=None, reference=None
    )
    make.ParticipationFactory(commitment=own, organisation=world.body)
    draft = deeds.draft(User.objects.get(pk=alice.pk), theirs)
    make.ClientReferenceFactory(organisation=elsewhere, update=draft, reference="test 1")
    match = {"If-Match": "*"}

    assert [
        kind(ask("post", "updates/", SAID | {"commitment": slug}))[:2]
        for slug in ("theirs", "hidden", "own", "nowhere", "\0", "../x")
    ] == [(403, "forbidden"), *[(404, "not-found")] * 5]
    assert [
        kind(ask(method, f"updates/{draft.pk}/{where}", body, headers=match))[:2]
        for method, where, body in [
            ("get", "", None), ("patch", "", {}), ("delete", "", None), ("post", "submit/", {}),
            ("post", "evidence/", PAGE), ("delete", "evidence/1/", None),
        ]
    ] == [(404, "not-found")] * 6  # fmt: skip
    rows = [{"commitment": slug, "target": 1, "value": 1} for slug in ("theirs", "hidden")]
    told = ask("post", "measurements/", {"rows": rows}).json()["results"]
    assert [one["status"] for one in told] == [403, 404]
    change = {"kind": "milestone_added", "proposed": {}}
    assert [
        kind(ask("post", "change-requests/", change | {"commitment": slug}))[:2]
        for slug in ("theirs", "hidden")
    ] == [(403, "forbidden"), (404, "not-found")]
    assert [ask("get", where).json()["results"] for where in ("updates/", "change-requests/")] == [
        [],
        [],
    ]
    assert ask("get", "updates/", query="?client_reference=test+1").json()["results"] == []
    mine = ask("post", "updates/", SAID | {"client_reference": "test 1"})  # once in each body
    assert mine.status_code == 201
    assert StatusUpdate.objects.count() == 2


def test_what_stands_there_already_is_a_conflict_that_names_it(ask, world, alice, bob):
    first = ask("post", "updates/", SAID | {"client_reference": "test 1"})
    other = make.CommitmentFactory(programme=world.programme, slug="other", reference="CPT26-002")
    make.ParticipationFactory(commitment=other, organisation=world.body)
    closed = make.CommitmentFactory(
        programme=world.programme, slug="closed", reference="CPT26-003", stage="complete",
        stage_as_of_on=TODAY, closed_on=TODAY,
    )  # fmt: skip
    make.ParticipationFactory(commitment=closed, organisation=world.body)
    closed_period = make.ReportingPeriodFactory(
        programme=world.programme, starts_on="2026-04-01", ends_on="2026-04-30",
        opens_on="2026-05-04", due_on="2026-05-18", locks_on="2026-06-01",
    )  # fmt: skip
    answers = [
        ask("post", "updates/", SAID),
        ask("post", "updates/", SAID | {"commitment": "other", "client_reference": "test 1"}),
        ask("post", "updates/", SAID | {"commitment": "closed"}),
        ask("post", "updates/", WHOLE | {"commitment": "other", "period": "2026-04-01"}),
        ask("post", "updates/", WHOLE | {"commitment": "other", "period": "2026-04-02"}),
    ]

    assert closed_period.locks_on
    assert [kind(answer) for answer in answers] == [
        (409, "draft-exists", []),
        (409, "reference-taken", []),
        (409, "commitment-closed", []),
        (409, "period-closed", []),
        (422, "invalid-body", [("#/period", "period_unknown")]),
    ]
    assert [answer.get("Location") for answer in answers[:2]] == [first["Location"]] * 2
    assert first["Location"] in answers[0].json()["detail"]
    assert StatusUpdate.objects.count() == ClientReference.objects.count() == 1


def test_only_the_version_that_was_read_can_be_changed(ask, alice, world):
    begun = ask("post", "updates/", SAID)
    where = f"updates/{begun.json()['id']}/"
    changed = ask("patch", where, {"summary_vi": "Một"}, headers={"If-Match": begun["ETag"]})
    stale = {"If-Match": begun["ETag"]}

    assert [
        kind(ask(method, f"{where}{below}", body, headers=headers))[:2]
        for headers in ({}, stale)
        for method, below, body in [
            ("patch", "", {"stage": None}), ("delete", "", None), ("post", "submit/", None),
            ("post", "evidence/", PAGE), ("delete", "evidence/1/", None),
        ]
    ] == [(428, "precondition-required")] * 5 + [(412, "precondition-failed")] * 5  # fmt: skip
    assert changed["ETag"] == '"3-draft"'
    assert ask("get", where)["ETag"] == changed["ETag"]
    weak = {"If-Match": f"W/{changed['ETag']}"}
    assert ask("delete", where, headers=weak).status_code == 204
    assert StatusUpdate.objects.count() == 0


def test_token_that_may_not_is_told_so(ask, world):
    ApiToken.objects.update(scopes=["read", "write"])
    begun = ask("post", "updates/", SAID)
    where = f"updates/{begun.json()['id']}/"

    assert [
        kind(answer)[:2]
        for answer in [
            ask("post", f"{where}submit/", headers={"If-Match": "*"}),
            ask("post", "updates/", WHOLE),
            ask("post", "change-requests/", {}),
            ask("get", "updates/", token=""),
            ask("get", "updates/", query="?limit=0&x=1"),
            ask("post", "updates/", SAID, query="?dry_run=yes"),
            ask("post", "updates/", SAID, headers={"Idempotency-Key": "a b"}),
            ask("put", where, {}),
        ]
    ] == [
        *[(403, "scope-missing")] * 3,
        (401, "token-missing"),
        *[(400, "invalid-parameter")] * 2,
        (400, "invalid-header"),
        (405, "method-not-allowed"),
    ]
    ApiToken.objects.update(made_at=NOW - timedelta(days=2), expires_at=NOW)
    assert kind(ask("get", "updates/"))[:2] == (401, "token-expired")
    assert Measurement.objects.count() == 0
