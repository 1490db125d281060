"""The other lists of staff as tables: columns, and a row's words for each of them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.errors import Text
from commitments.models import ChangeRequest, Organisation, StatusUpdate
from commitments.reports.changes import heading
from commitments.text.display import said_text

Said = str | int | date
Columns = dict[str, Text]

BODIES: Columns = {
    "slug": gettext_lazy("Key"),
    "name_vi": gettext_lazy("Name in Vietnamese"),
    "name_en": gettext_lazy("Name in English"),
    "kind": gettext_lazy("Kind"),
    "merged_into": gettext_lazy("Merged into"),
    "merged": gettext_lazy("Merged on"),
    "leads": gettext_lazy("Commitments that it leads"),
    "parts": gettext_lazy("Commitments in which it has a part"),
    "published": gettext_lazy("Public since"),
}
CHANGES: Columns = {
    "reference": gettext_lazy("Reference"),
    "title": gettext_lazy("Title"),
    "change": gettext_lazy("Change"),
    "requester": gettext_lazy("Asked for by"),
    "requested_on": gettext_lazy("Asked for on"),
    "reason": gettext_lazy("Reason"),
    "decision": gettext_lazy("Decision"),
    "decided_on": gettext_lazy("Decided on"),
    "decision_note": gettext_lazy("Reason of the decision"),
}
PEOPLE: Columns = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail address"),
    "roles": gettext_lazy("Roles"),
    "state": gettext_lazy("State"),
}
LOG_INS: Columns = {
    "last_login_on": gettext_lazy("Last log-in on"),
    "second_factor": gettext_lazy("Second factor"),
}
UPDATES: Columns = {
    "number": gettext_lazy("Number"),
    "as_of": gettext_lazy("As of"),
    "kind": gettext_lazy("Kind"),
    "state": gettext_lazy("State"),
    "stage": gettext_lazy("Stage"),
    "forecast": gettext_lazy("Forecast"),
    "summary": gettext_lazy("Summary"),
    "problem": gettext_lazy("Problem"),
    "asked": gettext_lazy("What is asked of whom"),
    "body": gettext_lazy("Organisation"),
    "published_on": gettext_lazy("Published on"),
}


def body_rows(rows: Iterable[Any]) -> Iterator[list[Said]]:
    """Needs the rows of `busiest_first`, with what each was merged into."""
    for row in rows:
        into: Organisation | None = row.merged_into
        yield [
            row.slug,
            row.name_vi,
            row.name_en,
            capfirst(str(row.get_kind_display())),
            said_text(into, "name") if into else "",
            row.merged if into else "",
            row.leads,
            row.parts,
            _day(row.published_at),
        ]


def change_rows(rows: Iterable[ChangeRequest]) -> Iterator[list[Said]]:
    """Needs the commitment and the requester of each."""
    for row in rows:
        yield [
            row.commitment.reference or "",
            said_text(row.commitment, "title"),
            heading(row),
            str(row.requester),
            _day(row.requested_at),
            said_text(row, "reason"),
            capfirst(str(row.get_decision_display()))
            if row.decision
            else capfirst(_("waiting for a decision")),
            _day(row.decided_at),
            row.decision_note,
        ]


def person_rows(rows: Iterable[Any], *, tells_log_ins: bool) -> Iterator[list[Said]]:
    """Needs the rows of `people_listed`."""
    for row in rows:
        roles = [
            f"{one.get_role_display()}, {said_text(one.organisation, 'name')}" for one in row.held
        ]
        said: list[Said] = [
            str(row),
            row.email,
            "; ".join(capfirst(role) for role in roles),
            capfirst(_("may log in") if row.is_active else _("account closed")),
        ]
        if tells_log_ins:
            said += [_day(row.last_login), _("yes") if row.has_factor else _("no")]
        yield said


def update_rows(rows: Iterable[StatusUpdate]) -> Iterator[list[Said]]:
    """Needs the rows of `for_history`."""
    for row in rows:
        yield [
            row.number or "",
            row.as_of_on or "",
            capfirst(str(row.get_kind_display())),
            capfirst(str(row.get_state_display())),
            capfirst(str(row.get_stage_display())) if row.stage else "",
            capfirst(str(row.get_forecast_display())),
            said_text(row, "summary"),
            said_text(row, "problem"),
            said_text(row, "asked"),
            said_text(row.body, "name") if row.body else "",
            _day(row.published_at),
        ]


def _day(at: datetime | None) -> date | str:
    return localtime(at).date() if at else ""
