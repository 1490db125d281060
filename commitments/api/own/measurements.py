"""Figures of many commitments in one request, each commitment's rows by themselves."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from commitments.api.errors import BODY, Problem, problem_of
from commitments.api.own import document
from commitments.api.own.deeds import Made, OwnView, run, token_of
from commitments.api.own.payloads import MOST_VALUES, VALUE, VALUES
from commitments.api.own.reading import kind_of, refuse_faulty
from commitments.api.own.serializers import ValuesKeptSerializer, address_of
from commitments.api.own.shapes import Faults
from commitments.api.own.strict_json import read_json
from commitments.errors import Refusal
from commitments.models import Scope
from commitments.services import reporting
from commitments.services.reporting import Value, ValueKept
from commitments.text.problems import problem

TOO_MANY = _("{count} rows are too many; {limit} is the limit.")


class OwnMeasurements(OwnView):
    scopes = {"POST": Scope.WRITE}

    @document.write(
        _("Report figures of many commitments"),
        ValuesKeptSerializer,
        sends="ValuesToKeep",
        about=_(
            "At most 1,000 rows. The rows of one commitment go into its open draft, begun where "
            "there is none, and stand or fall together; each row is answered."
        ),
    )
    def post(self, request: Request) -> HttpResponse:
        return run(request, lambda raw: _keep(request, raw))


def _keep(request: Request, raw: bytes) -> Made:
    rows = _rows(read_json(raw))
    token, values, told = token_of(request), [], {}
    for index, row in enumerate(rows):
        faults = Faults()
        said = VALUE.read(row, f"/rows/{index}", faults)
        if faults:
            told[index] = _refused(index, Problem(kind_of(faults), BODY, faults))
        else:
            values.append(Value(index=index, **said))
    kept = reporting.report_values(
        body=token.organisation,
        author=token.holder,
        values=values,
        today=localdate(),
        now=timezone.now(),
    )
    told |= {one.index: _told(one, request) for one in kept}
    results = [told[index] for index in range(len(rows))]
    count = sum(one["problem"] is None for one in results)
    answered = {"kept": count, "refused": len(rows) - count, "results": results}
    return Made(200, answered | {"dry_run": False})


def _rows(body: Any) -> list[Any]:
    """The rows as they were sent; what is wrong with the body around them is refused."""
    sent = body.get("rows") if isinstance(body, dict) else None
    if isinstance(sent, list) and len(sent) > MOST_VALUES:
        text = format_lazy(TOO_MANY, count=len(sent), limit=MOST_VALUES)
        raise Problem("too-many-rows", text)
    faults = Faults()
    VALUES.read(body | {"rows": []} if isinstance(sent, list) else body, "", faults)
    refuse_faulty(faults)
    return sent or []


def _told(kept: ValueKept, request: Request) -> dict[str, Any]:
    if kept.refused is not None:
        return _refused(kept.index, _problem(kept.refused, kept.index))
    update = kept.update
    number = update.pk if update else 0
    where = address_of("own-update-detail", {"request": request}, number)
    return {"index": kept.index, "status": 200, "update": where, "problem": None}


def _problem(refused: Refusal, index: int) -> Problem:
    return problem_of(refused, under=f"/rows/{index}")


def _refused(index: int, found: Problem) -> dict[str, Any]:
    said = problem(found.kind, found.text, found.faults)
    return {"index": index, "status": found.status_code, "update": None, "problem": said}
