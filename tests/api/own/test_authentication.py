"""A token opens what is its body's own, as long as it works and its holder reports."""

from datetime import timedelta

import pytest
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from commitments.api.own.authentication import TokenAuthentication, needs
from commitments.errors import Forbidden, Refusal, WrongState
from commitments.models import ApiToken
from commitments.services.api_tokens import make_token, note_use, revoke_token
from tests.factories.clock import NOW


@api_view(["GET"])
@authentication_classes([TokenAuthentication])
@permission_classes([needs("submit")])
def view(request):
    return Response([request.auth.name, request.user.email])


def answer(sent, address="192.0.2.7"):
    headers = {"Authorization": sent} if sent else {}
    request = APIRequestFactory().get("/api/v1/own/", headers=headers, REMOTE_ADDR=address)
    response = view(request)
    return response.status_code, response.data


def kind(sent):
    status, said = answer(sent)
    return status, said["type"].rsplit("/", 2)[1]


def test_token_that_works_opens_and_notes_its_use(token):
    row = ApiToken.objects.get()

    assert answer(f"bearer {token}") == (200, ["Test system", "alice@example.org"])
    row.refresh_from_db()
    assert (row.last_used_at, row.last_used_from) == (NOW, "192.0.2.7")
    assert token not in (row.digest, row.start)
    assert token.startswith(row.start)
    assert len(token) == 3 + 64


def test_use_is_noted_once_a_minute_and_address(token, django_assert_num_queries):
    row = ApiToken.objects.get()
    note_use(token=row, address="192.0.2.1", now=NOW)

    with django_assert_num_queries(0):
        note_use(token=row, address="192.0.2.1", now=NOW + timedelta(seconds=59))
    with django_assert_num_queries(2):
        note_use(token=row, address="192.0.2.2", now=NOW + timedelta(seconds=59))
        note_use(token=row, address="192.0.2.2", now=NOW + timedelta(minutes=2))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("", (401, "token-missing")),
        ("Bearer", (401, "token-missing")),
        ("Basic dGVzdDp0ZXN0", (401, "token-missing")),
        ("Bearer a b", (401, "token-missing")),
        ("Bearer " + "x" * 201, (401, "token-missing")),
        ("Bearer ck_unknown", (401, "token-unknown")),
        ("Bearer \xff", (401, "token-unknown")),
    ],
)
def test_what_is_no_token_is_refused(db, sent, expected):
    assert kind(sent) == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"made_at": NOW - timedelta(days=9), "expires_at": NOW}, (401, "token-expired")),
        ({"scopes": ["read"]}, (403, "scope-missing")),
    ],
)
def test_token_that_ended_or_may_not_is_refused(token, columns, expected):
    ApiToken.objects.update(**columns)

    assert kind(f"Bearer {token}") == expected


def test_token_ends_with_its_holders_role_and_by_hand(token, alice, dan, bob):
    row = ApiToken.objects.get()
    with pytest.raises(Forbidden):
        revoke_token(token=row, person=bob, now=NOW)

    revoked = revoke_token(token=row, person=dan, now=NOW)
    again = revoke_token(token=row, person=alice, now=NOW + timedelta(days=1))

    assert (revoked.revoked_by, revoked.revoked_at) == (dan, NOW)
    assert (again.revoked_by, again.revoked_at) == (dan, NOW)
    assert kind(f"Bearer {token}") == (401, "token-revoked")
    ApiToken.objects.update(revoked_at=None, revoked_by=None)
    alice.memberships.all().delete()
    assert kind(f"Bearer {token}") == (403, "forbidden")


def test_only_reporters_make_tokens_of_bounded_number_and_days(world, alice, dan):
    said = {"organisation": world.body, "name": "Test", "scopes": ["read"], "days": 1, "now": NOW}
    with pytest.raises(Forbidden):
        make_token(holder=dan, **said)
    with pytest.raises(Refusal) as refused:
        make_token(holder=alice, **said | {"name": " ", "scopes": ["publish"], "days": 367})
    assert [one.code for one in refused.value.refusals] == [
        "name_missing",
        "scope_unknown",
        "days_out_of_bounds",
    ]

    for _number in range(10):
        make_token(holder=alice, **said)
    with pytest.raises(WrongState):
        make_token(holder=alice, **said)
    assert ApiToken.objects.count() == 10
