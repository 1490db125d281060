"""Asks of a list only what its filter knows: a parameter nobody knows is a mistake, and said."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from commitments.api.errors import bad_parameters, faults_of
from commitments.models import PublicEvent
from commitments.text.problems import Fault

PAST = frozenset({"as_of", "version"})
"""What every row and list of the record may be asked as of; `views.past` takes them there."""


def refuse_unknown(request: Request, known: set[str]) -> None:
    """Refuse parameters that are not `known`, all of them together."""
    text = _("There is no such parameter here.")
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        raise bad_parameters([Fault(name, "unknown", text, in_query=True) for name in unknown])


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]  # not typed
    """Lists are filtered; a single row is asked for by its key alone, the demonstration's too."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        past = set() if queryset.model is PublicEvent else PAST  # an event has one moment only
        if view.action == "retrieve":
            refuse_unknown(request, {*past, *view.wishes})
            return queryset
        filterset_class = self.get_filterset_class(view, queryset)
        asked = filterset_class.base_filters if filterset_class else {}
        refuse_unknown(request, {*asked, *view.paginator.parameters, *view.wishes, *past})
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            errors = filterset.form.errors.as_data()
            found = [(name, error) for name, many in errors.items() for error in many]
            raise bad_parameters(faults_of(found, in_query=True))
        return filterset.qs
