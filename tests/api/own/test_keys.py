"""What is sent under a key is done once; a rehearsal leaves nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps

from commitments.models import ApiAnswer, Scope, StatusUpdate
from commitments.services.api_answers import clear_answers
from commitments.services.api_tokens import make_token
from tests import factories as make
from tests.api.own.test_refusals import kind
from tests.api.own.test_updates import PAGE, SAID
from tests.factories.clock import NOW

KEY = {"Idempotency-Key": '"8e03978e-40d5-43dd-bc93-6894a57f9324"'}


def rows():
    """How many rows each table has, but for those that tell when a token was used."""
    return {
        model.__name__: model.objects.count()
        for model in apps.get_app_config("commitments").get_models()
    }


def same(answer):
    kept = {name: value for name, value in answer.items() if not name.startswith("RateLimit")}
    return answer.status_code, answer.content, {**kept, "Idempotency-Replayed": None}


def test_key_makes_one_update_and_the_same_answer(ask, world, alice):
    first = ask("post", "updates/", SAID, headers=KEY)
    again = ask("post", "updates/", SAID, headers=KEY)

    assert (first.status_code, first.get("Idempotency-Replayed")) == (201, None)
    assert again["Idempotency-Replayed"] == "true"
    assert same(again) == same(first)
    assert StatusUpdate.objects.count() == ApiAnswer.objects.count() == 1

    where = f"updates/{first.json()['id']}/"
    key = {"Idempotency-Key": "patch", "If-Match": first["ETag"]}
    changed = ask("patch", where, {"summary_vi": "Một"}, headers=key)
    assert same(ask("patch", where, {"summary_vi": "Một"}, headers=key)) == same(changed)
    assert StatusUpdate.objects.get().version == 3
    gone = ask("delete", where, headers={"Idempotency-Key": "gone", "If-Match": changed["ETag"]})
    again = ask("delete", where, headers={"Idempotency-Key": "gone", "If-Match": changed["ETag"]})
    assert [gone.status_code, again.status_code] == [204, 204]
    assert again.content == b""


def test_key_belongs_to_one_request_of_one_token(ask, world, alice):
    other = make_token(organisation=world.body, holder=alice, name="Test other",
                       scopes=Scope.values, days=1, now=NOW)[1]  # fmt: skip
    first = ask("post", "updates/", SAID, headers=KEY)
    assert [
        kind(answer)
        for answer in [
            ask("post", "updates/", SAID | {"stage": "paused"}, headers=KEY),
            ask("post", "measurements/", SAID, headers=KEY),
            ask("post", "updates/", SAID, token=other, headers=KEY),
        ]
    ] == [(409, "key-reused", []), (409, "key-reused", []), (409, "draft-exists", [])]
    assert same(ask("post", "updates/", SAID, headers=KEY)) == same(first)


def test_what_was_refused_leaves_its_key_free(ask, world):
    wrong = ask("post", "updates/", SAID | {"stage": "done"}, headers=KEY)
    right = ask("post", "updates/", SAID, headers=KEY)

    assert [wrong.status_code, right.status_code] == [422, 201]
    assert ApiAnswer.objects.get().status == 201


def test_keys_are_forgotten_after_a_day(ask, world):
    first = ask("post", "updates/", SAID, headers=KEY)
    before, after = NOW + timedelta(hours=23, minutes=59), NOW + timedelta(hours=24)

    assert clear_answers(now=before) == 0
    with time_machine.travel(before, tick=False):
        assert same(ask("post", "updates/", SAID, headers=KEY)) == same(first)
    with time_machine.travel(after, tick=False):
        assert kind(ask("post", "updates/", SAID, headers=KEY))[:2] == (409, "draft-exists")
    assert ApiAnswer.objects.count() == 1  # what was refused gave nothing away
    assert clear_answers(now=after) == 1


@pytest.fixture
def draft(ask, world):
    return ask("post", "updates/", SAID | {"evidence": [PAGE]}).json()


def test_a_rehearsal_answers_and_leaves_nothing(ask, world, draft, alice):
    other = make.CommitmentFactory(programme=world.programme, slug="other", reference="CPT26-002")
    make.ParticipationFactory(commitment=other, organisation=world.body)
    make.TargetFactory(commitment=other, number=1, metric="tests", unit="test", value="1")
    where = f"updates/{draft['id']}/"
    change = {
        "commitment": "other", "kind": "milestone_added", "stated_on": "2026-05-31",
        "proposed": {"title_vi": "Bước", "title_en": "Step", "due": "2026-Q4"},
        "reason_en": "Test", "source": {"title": "Test", "url": "https://example.org/x"},
    }  # fmt: skip
    deeds = [
        ("post", "updates/", SAID | {"commitment": "other", "client_reference": "x"}),
        ("patch", where, {"stage": "paused"}),
        ("post", f"{where}submit/", {}),
        ("post", f"{where}evidence/", PAGE | {"url": "https://example.org/2"}),
        ("delete", f"{where}evidence/1/", None),
        ("delete", where, None),
        ("post", "measurements/", {"rows": [{"commitment": "other", "target": 1, "value": 1}]}),
        ("post", "change-requests/", change),
    ]
    before = rows()

    answers = [
        ask(method, path, body, query="?dry_run=true", headers=KEY | {"If-Match": "*"})
        for method, path, body in deeds
    ]

    assert [answer.status_code for answer in answers] == [200] * len(deeds), [
        answer.content for answer in answers
    ]
    assert [answer.json()["dry_run"] for answer in answers] == [True] * len(deeds)
    assert answers[2].json()["state"] == "submitted"
    assert rows() == before
    assert "Location" not in answers[0]
    refused = ask("post", "updates/", SAID, query="?dry_run=true")
    assert kind(refused)[:2] == (409, "draft-exists")


def test_update_is_handed_in_at_once_by_few_queries(
    ask, world, alice, django_assert_max_num_queries
):
    make.TargetFactory(
        commitment=world.commitment, number=1, metric="tests", unit="test", value="100"
    )
    body = SAID | {"forecast": "on_track", "submit": True}
    answers = [ask("post", "updates/", body, headers=KEY)]  # notes the use of the token, too

    with django_assert_max_num_queries(19):
        answers.append(ask("post", "updates/", body, headers={"Idempotency-Key": "another"}))

    for answer, row in zip(answers, StatusUpdate.objects.order_by("pk"), strict=True):
        read = ask("get", f"updates/{row.pk}/")
        assert (answer.status_code, answer.json(), answer["ETag"]) == (
            201, read.json(), read["ETag"],
        )  # fmt: skip
        assert (row.state, row.version) == ("submitted", 2)
        assert [one.state for one in row.history.order_by("pk")] == ["draft", "submitted"]
        assert [one.deed for one in row.actions.all()] == ["submitted"]
