"""Lists of what is a body's own: pages that go on after an id, so that nothing is told twice."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from commitments.api.filtering import refuse_unknown
from commitments.api.paging import LARGEST, number_of

PRESET, MOST = 50, 200


def page_after(
    request: Request,
    rows: "QuerySet[Any]",
    told: Callable[[list[Any]], Any],
    *,
    filters: frozenset[str] = frozenset(),
) -> Response:
    """The rows after the id `after`, the oldest first, as `told` spells them."""
    refuse_unknown(request, {"after", "limit", *filters})
    after = number_of(request, "after", 0, 0, LARGEST)
    limit = number_of(request, "limit", PRESET, 1, MOST)
    found: list[Model] = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    following = None
    if len(found) > limit:
        found = found[:limit]
        following = replace_query_param(request.build_absolute_uri(), "after", found[-1].pk)
    return Response({"next": following, "results": told(found)})
