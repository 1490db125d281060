"""What is answered to people who logged in is kept by nobody."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from commitments.middleware import keep_private


@pytest.mark.parametrize(
    ("namespaces", "kept"),
    [
        (["staff"], "private, no-store"),
        (["admin"], "private, no-store"),
        (["api"], "public, max-age=60"),
        ([], "public, max-age=60"),
    ],
)
def test_keep_private_marks_staff_and_admin(namespaces, kept):
    def answer(request):
        request.resolver_match = ResolverMatch(answer, (), {}, namespaces=namespaces)
        return HttpResponse(headers={"Cache-Control": "public, max-age=60"})

    response = keep_private(answer)(RequestFactory().get("/"))

    assert response["Cache-Control"] == kept


def test_keep_private_leaves_what_was_never_found():
    response = keep_private(lambda _request: HttpResponse(status=404))(RequestFactory().get("/"))

    assert "Cache-Control" not in response
