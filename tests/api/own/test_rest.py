"""Figures of many commitments, obligations, changes of plan, evidence and files."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import ChangeRequest, Measurement, Source, StatusUpdate, StoredFile
from tests import deeds
from tests import factories as make
from tests.api.own.test_refusals import kind
from tests.api.own.test_updates import PAGE, SAID
from tests.factories.clock import TODAY

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60


def led(world, slug, number):
    """A commitment of the body with three targets, of which the second was replaced."""
    commitment = make.CommitmentFactory(
        programme=world.programme, slug=slug, reference=f"CPT26-{number}"
    )
    make.ParticipationFactory(commitment=commitment, organisation=world.body)
    said = {"commitment": commitment, "metric": "tests", "unit": "test", "value": "10"}
    old = make.TargetFactory(number=2, **said)
    make.TargetFactory(number=1, **said)
    make.TargetFactory(
        number=3, replaces=old, change=make.ChangeRequestFactory(commitment=commitment), **said
    )
    make.TargetFactory(commitment=commitment, number=4)
    return commitment


def test_rows_of_each_commitment_stand_or_fall_together(ask, world, alice):
    one, two, three = (led(world, slug, n) for n, slug in enumerate("abc", start=101))
    deeds.draft(alice, two, measured={two.targets.get(number=3).pk: "7"}, evidence=[deeds.PAGE])
    deeds.draft(alice, three, as_of_on=date(2026, 5, 1))
    rows = [
        {"commitment": "a", "target": 1, "value": "1.50", "as_of_on": "2026-05-31"},
        {"commitment": "b", "target": 1, "value": 2},
        {"commitment": "a", "target": 3, "value": 0.1, "as_of_on": "2026-05-31"},
        {"commitment": "c", "target": 1, "value": 1, "as_of_on": "2026-05-02"},
        {"commitment": "nowhere", "target": 1, "value": 1},
        {"commitment": "a", "target": 1, "value": "many", "x": 1},
        7,
    ]

    answer = ask("post", "measurements/", {"rows": rows})
    told = answer.json()

    assert (answer.status_code, told["kept"], told["refused"]) == (200, 3, 4)
    assert [
        (one["index"], one["status"], one["problem"] and one["problem"]["type"].split("/")[-2])
        for one in told["results"]
    ] == [
        (0, 200, None), (1, 200, None), (2, 200, None), (3, 409, "wrong-state"),
        (4, 404, "not-found"), (5, 422, "invalid-body"), (6, 422, "wrong-type"),
    ]  # fmt: skip
    begun = StatusUpdate.objects.get(commitment=one)
    assert (begun.origin, begun.as_of_on) == ("api", date(2026, 5, 31))
    assert told["results"][0]["update"] == f"http://testserver/api/v1/own/updates/{begun.pk}/"
    figures = Measurement.objects.order_by("-update__commitment__slug", "target__number")
    assert [
        (row.update.commitment.slug, row.target.number, str(row.value), row.as_of_on)
        for row in figures.select_related("update__commitment", "target")
    ] == [
        ("b", 1, "2.000000", TODAY),
        ("b", 3, "7.000000", TODAY),
        ("a", 1, "1.500000", date(2026, 5, 31)),
        ("a", 3, "0.100000", date(2026, 5, 31)),
    ]
    assert StatusUpdate.objects.get(commitment=two).evidence.count() == 1


def test_a_wrong_row_refuses_those_of_its_commitment_only(ask, world, alice):
    led(world, "a", 101), led(world, "b", 102)
    wrong = [
        {"commitment": "a", "target": 1, "value": 1},
        {"commitment": "b", "target": 1, "value": 1},
        {"commitment": "a", "target": 2, "value": 1},
        {"commitment": "a", "target": 4, "value": 1},
        {"commitment": "a", "target": 9, "value": 1},
        {"commitment": "a", "target": 1, "value": 2},
        {"commitment": "a", "target": 3, "value": -1},
        {"commitment": "a", "target": 3, "value": 1, "as_of_on": "2026-06-02"},
        {"commitment": "a", "target": 3, "value": 1, "as_of_on": "2026-05-01"},
    ]

    told = ask("post", "measurements/", {"rows": wrong}).json()["results"]

    assert [
        one["problem"] and [(f["pointer"], f["code"]) for f in one["problem"]["errors"]]
        for one in told
    ] == [
        [("#/rows/0", "other_row_refused")],
        None,
        [("#/rows/2/target", "target_replaced")],
        [("#/rows/3/target", "target_unknown")],
        [("#/rows/4/target", "target_unknown")],
        [("#/rows/5/target", "target_twice")],
        [("#/rows/6/value", "figure_negative")],
        [("#/rows/7/as_of_on", "as_of_in_future")],
        [("#/rows/8/as_of_on", "other_day")],
    ]
    assert [one.commitment.slug for one in StatusUpdate.objects.all()] == ["b"]


def test_as_many_queries_for_many_rows(ask, world, alice, django_assert_max_num_queries):
    """Asking costs the same; writing costs one row and its version for each figure."""
    commitment = led(world, "a", 101)
    for number in range(10, 30):
        make.TargetFactory(
            commitment=commitment, number=number, metric="tests", unit="test", value="1"
        )
    rows = [{"commitment": "a", "target": number, "value": 1} for number in range(10, 30)]

    with django_assert_max_num_queries(40 + 2 * len(rows)):
        assert ask("post", "measurements/", {"rows": rows}).json()["kept"] == 20


def test_obligations_say_what_is_owed_since_when(ask, world, alice, django_assert_num_queries):
    period = make.ReportingPeriodFactory(
        programme=world.programme, starts_on="2026-04-01", ends_on="2026-04-30",
        opens_on="2026-05-04", due_on="2026-05-18", locks_on="2026-06-02",
    )  # fmt: skip
    make.ObligationFactory(commitment=world.commitment, period=period)
    draft = deeds.draft(alice, world.commitment)
    theirs = make.CommitmentFactory(programme=world.programme, slug="theirs", reference="C-9")
    make.ParticipationFactory(commitment=theirs)
    make.ObligationFactory(commitment=theirs, period=period)

    assert ask("get", "obligations/").json() == {
        "next": None,
        "results": [
            {
                "commitment": "test-commitment",
                "reference": "CPT26-001",
                "title_vi": world.commitment.title_vi or None,
                "title_en": "Test commitment",
                "period": "2026-04-01",
                "period_ends_on": "2026-04-30",
                "owed_since_on": "2026-05-04",
                "due_on": "2026-05-18",
                "closes_on": "2026-06-02",
                "is_late": True,
                "draft": f"http://testserver/api/v1/own/updates/{draft.pk}/",
            }
        ],
    }
    said = SAID | {"period": "2026-04-01"}
    ask("delete", f"updates/{draft.pk}/", headers={"If-Match": "*"})
    met = ask("post", "updates/", said | {"submit": True})
    assert met.status_code == 201, met.content
    assert ask("get", "obligations/").json()["results"] == []


def test_pages_go_on_and_cost_the_same(ask, world, alice, dan, django_assert_max_num_queries):
    ask("get", "updates/")
    for number in range(3):
        update = deeds.returned(alice, dan, world.commitment, evidence=[deeds.PAGE])
        assert update.pk, number
    with django_assert_max_num_queries(10):
        whole = ask("get", "updates/").json()["results"]
    first = ask("get", "updates/", query="?limit=2").json()
    rest = ask("get", first["next"].partition("/own/")[2]).json()

    assert first["results"] + rest["results"] == whole
    assert (len(whole), rest["next"]) == (3, None)
    assert whole[0]["returned_because"] == "Test: please add figures."


def test_change_of_plan_is_asked_for(ask, world, erin):
    make.MilestoneFactory(commitment=world.commitment, number=2)
    body = {
        "commitment": "test-commitment",
        "kind": "date_moved",
        "subject": "milestone/2",
        "proposed": {"due": "2027-Q1"},
        "reason_vi": "Lý do",
        "stated_on": "2026-05-31",
        "source": {"title": "Test", "url": "https://example.org/why", "published": "2026-05"},
    }

    answer = ask("post", "change-requests/", body)

    assert answer.status_code == 201, answer.content
    row = ChangeRequest.objects.get()
    assert (row.requester.email, row.proposed, row.source.title) == (
        "alice@example.org", {"due": "2027-Q1"}, "Test",
    )  # fmt: skip
    (listed,) = ask("get", "change-requests/").json()["results"]
    assert listed == answer.json()
    assert listed["id"] == row.pk
    wrong = body | {
        "kind": "target_added", "subject": "", "reason_vi": "", "x": 1,
        "proposed": {"text_en": "Test", "value": 5, "y": 1}, "source": "nowhere",
    }  # fmt: skip
    assert kind(ask("post", "change-requests/", body))[:2] == (409, "wrong-state")
    assert kind(ask("post", "change-requests/", wrong))[2] == [
        ("#/x", "unknown_field"),
        ("#/proposed/y", "unknown_field"),
        ("#/source", "source_unknown"),
    ]
    wrong |= {"proposed": {"text_en": "Test", "value": 5}, "source": {"title": ""}}
    wrong.pop("x")
    assert {place for place, _code in kind(ask("post", "change-requests/", wrong))[2]} == {
        "#/proposed/metric", "#/proposed/unit", "#/reason_vi", "#/source/title",
    }  # fmt: skip


@pytest.fixture
def upload(client, token):
    def send(name, content, query=""):
        return client.post(
            f"/api/v1/own/files/{query}",
            {"file": SimpleUploadedFile(name, content)},
            headers={
                "Authorization": f"Bearer {token}",
                "Idempotency-Key": "file",
                "Accept-Language": "en",
            },
        )

    return send


@pytest.fixture
def odd_uploads(client, token):
    """Forms that are none, that hold no file, or far too many."""
    part = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="a"\r\n\r\na\r\n'
    bodies = [b"no form", part % b"other" + b"--x--", part % b"file" * 101 + b"--x--"]
    return [
        client.post(
            "/api/v1/own/files/",
            body,
            content_type="multipart/form-data; boundary=x",
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
        )
        for body in bodies
    ]


def test_file_is_handed_in_and_cited(ask, upload, odd_uploads, world, alice, bob):
    rehearsed = upload("test.png", PNG, "?dry_run=true")
    assert (rehearsed.status_code, rehearsed.json()["id"], StoredFile.objects.count()) == (
        200, None, 0,
    )  # fmt: skip
    kept, again = upload("test.png", PNG), upload("test.png", PNG)
    assert (kept.status_code, again.content) == (201, kept.content)
    assert again["Idempotency-Replayed"] == "true"
    assert kind(upload("test.png", PNG + b"x"))[:2] == (409, "key-reused")
    assert kind(ask("post", "files/", {}))[:2] == (415, "unsupported-media-type")
    assert [kind(answer)[2] for answer in odd_uploads] == [[("#/file", "missing")]] * 3
    assert kind(upload("test.exe", b"MZ", "?dry_run=true"))[2] == [("#/file", "file_unknown_kind")]

    begun = ask("post", "updates/", SAID)
    where = f"updates/{begun.json()['id']}/evidence/"
    theirs = make.StoredFileFactory(uploaded_by=bob)
    row = {"title": "Test", "relation": "own_body"}
    match = {"If-Match": "*"}
    wrong = ask("post", where, row | {"file": theirs.pk}, headers=match)
    assert kind(wrong)[2] == [("#/file", "file_gone")]
    elsewhere = make.StatusUpdateFactory(body=bob.memberships.get().organisation)
    lying = make.StoredFileFactory(uploaded_by=alice, sha256="1" * 64)
    make.EvidenceFactory(update=elsewhere, source__file=lying, source__published_at=None)
    wrong = ask("post", where, row | {"file": lying.pk}, headers=match)
    assert kind(wrong)[2] == [("#/file", "file_gone")]
    added = ask("post", where, row | {"file": kept.json()["id"]}, headers=match)
    assert [one["file"] for one in added.json()["evidence"]] == [kept.json()["id"]]
    both = ask("post", where, PAGE, headers=match)
    assert kind(ask("post", where, PAGE, headers=match))[2] == [("#/url", "address_twice")]
    left = ask("delete", f"{where}1/", headers={"If-Match": both["ETag"]})
    assert [(one["number"], one["title"]) for one in left.json()["evidence"]] == [(1, "Test page")]
    assert kind(ask("delete", f"{where}2/", headers=match))[:2] == (404, "not-found")
    assert Source.objects.filter(title="Test").count() == 0
