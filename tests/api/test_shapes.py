"""A plan gives what its serializer gives, member by member, over all that is real."""

from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from commitments.api import routes
from commitments.api.shapes import shape_of
from tests.factories.clock import TODAY

BASE = "http://testserver"


def differences(view, action):
    """Where serializer and plan do not say the same of the rows of a noun."""
    request = APIRequestFactory().get("/")
    request.today = TODAY
    said = view(request=request, action=action, format_kwarg=None, kwargs={})
    said.request = Request(request)
    serializer = said.get_serializer_class()
    keys = said.get_queryset().values_list("pk", flat=True)[:60]
    rows = list(said.loaded(list(keys)))
    slow = [dict(serializer(row, context={"request": request}).data) for row in rows]
    quick = [shape_of(serializer).of(row, BASE) for row in rows]
    assert [list(row) for row in quick] == [list(row) for row in slow]
    return [(a, b) for a, b in zip(quick, slow, strict=True) if a != b], len(rows)


def test_plans_say_what_serializers_say(facts):
    views = {(noun, action): view for _plural, noun, view, _key in routes.NOUNS
             for action in ("list", "retrieve")}  # fmt: skip
    found = {key: differences(view, key[1]) for key, view in views.items()}

    assert {key: wrong for key, (wrong, _count) in found.items() if wrong} == {}
    assert [key for key, (_wrong, count) in found.items() if not count] == []
