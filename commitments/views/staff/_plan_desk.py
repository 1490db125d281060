"""The form of a plan as its officer has it before them, and what is asked of each kind of row."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.forms import HiddenInput
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.errors import Refusal
from commitments.forms.plan.differences import differences
from commitments.forms.plan.offered import Offered, offered_for
from commitments.forms.plan.sheet import (
    PlanSheet,
    Typed,
    sheet_handed_in,
    sheet_to_fill,
    typed_again,
    typed_of,
)
from commitments.models import Commitment, Programme
from commitments.reports.plans import said_of, with_plan
from commitments.rules.commitments import MOST_ROWS, CommitmentSaid
from commitments.views.staff._desk import number_in
from commitments.views.staff._page import StaffRequest, page

Text = str | Promise


class Kind(NamedTuple):
    """How one kind of row is asked for."""

    heading: Text
    hint: Text
    row: Text
    add: Text
    remove: Text


KINDS = {
    "parts": Kind(
        _("Who takes part"),
        _(
            "The body that answers for it is the lead; there is one at most. A government task "
            "also names the body that assigned it."
        ),
        _("Organisation {number}"),
        _("Add an organisation"),
        _("Remove organisation {number}"),
    ),
    "targets": Kind(
        _("Targets"),
        _(
            "A promise that can be measured says what is counted, in which unit, and how many: all "
            "three or none. Leave out what was not said."
        ),
        _("Target {number}"),
        _("Add a target"),
        _("Remove target {number}"),
    ),
    "milestones": Kind(
        _("Milestones"),
        _("Steps on the way, each with its date."),
        _("Milestone {number}"),
        _("Add a milestone"),
        _("Remove milestone {number}"),
    ),
    "sources": Kind(
        _("Sources"),
        _(
            "Where a reader can check the wording, the bodies and the dates. "
            "At least one is needed."
        ),
        _("Source {number}"),
        _("Add a source"),
        _("Remove source {number}"),
    ),
}


KIND_HINTS: dict[str, Text] = {
    "national_mission": _(
        "Accepted by a body, or assigned to it. Needs its lead and how it took the mission on."
    ),
    "corporate_pledge": _(
        "Announced by a firm of its own accord. Needs the firm as lead and since when it stands."
    ),
    "government_task": _(
        "Assigned under a priority. Needs the priority and the body that assigned it."
    ),
}


@dataclass(frozen=True)
class PlanDesk:
    """One officer writing one plan; `commitment` is None until something is saved.

    `version` and `after` travel with the form: the version that was read, and the officer's
    newest commitment of the programme when the form was prepared.
    """

    request: StaffRequest
    offered: Offered
    commitment: Commitment | None = None
    after: int = 0

    @property
    def programme(self) -> Programme:
        return self.offered.programme

    @property
    def address(self) -> str:
        if self.commitment is not None:
            return reverse("staff:commitment-edit", args=[self.commitment.slug])
        return reverse("staff:commitment-create", args=[self.programme.slug])

    def handed_in(self) -> PlanSheet:
        return sheet_handed_in(self.offered, self.request.POST)

    def to_fill(self, typed: Typed) -> PlanSheet:
        return sheet_to_fill(self.offered, typed)

    def typed_again(self) -> Typed:
        return typed_again(self.request.POST)

    def stored(self) -> Typed:
        """What the database holds of it now, as it would be typed."""
        assert self.commitment is not None
        return typed_of(stored_sheet(self.commitment), self.offered)


def stored_sheet(commitment: Commitment) -> CommitmentSaid:
    return said_of(with_plan(Commitment.objects.filter(pk=commitment.pk)).get())


def desk_to_begin(request: StaffRequest, programme: Programme) -> PlanDesk:
    mine = Commitment.objects.filter(programme=programme, created_by=request.user)
    newest = mine.order_by("-pk").values_list("pk", flat=True).first()
    using = typed_again(request.POST).bodies
    return PlanDesk(request, offered_for(programme, using), after=newest or 0)


def desk_to_edit(request: StaffRequest, commitment: Commitment) -> PlanDesk:
    stored = commitment.participations.values_list("organisation__slug", flat=True)
    using = {*stored, *typed_again(request.POST).bodies}
    return PlanDesk(request, offered_for(commitment.programme, using), commitment)


def show(
    desk: PlanDesk,
    sheet: PlanSheet,
    *,
    status: int = 200,
    refused: Refusal | None = None,
    focus: tuple[str, str] = ("", ""),
    is_fresh: bool = False,
) -> HttpResponse:
    """The form with what is in it; htmx gets the rows of one kind alone.

    `focus` names the kind of row that grew or shrank, and where the cursor goes: to the new
    `row`, or to the button `add`. What was read when the form was first opened travels on with
    it, so that a later save is still judged by that; `is_fresh` when the newest has been shown.
    """
    name, place = focus
    if place == "row":
        _take_focus(sheet.rows[name].forms[-1])
    sections = [_section(sheet, one, place if one == name else "") for one in KINDS]
    context: dict[str, Any] = {"desk": desk, "form": sheet.form, "sections": sections}
    if desk.request.htmx and name:
        section = sections[list(KINDS).index(name)]
        return render(
            desk.request, "staff/commitments/plan/_rows.html", {"desk": desk, "section": section}
        )
    is_fresh = is_fresh or desk.request.method != "POST"
    newest = desk.commitment.version if desk.commitment else 0
    context |= {
        **sheet.rows,
        "version": newest if is_fresh else number_in(desk.request, "version"),
        "after": desk.after if is_fresh else number_in(desk.request, "after"),
        "hints": KIND_HINTS,
        "programme": desk.programme,
        "commitment": desk.commitment,
        "demo": desk.programme.is_demo,
        "has_errors": sheet.has_errors() if sheet.form.is_bound else False,
        "refused": refused,
    }
    return page(desk.request, "staff/commitments/plan/form.html", context, status=status)


def _take_focus(form: Any) -> None:
    shown = [one for one in form.fields.values() if not isinstance(one.widget, HiddenInput)]
    shown[0].widget.attrs["autofocus"] = True


def _section(sheet: PlanSheet, name: str, focus: str) -> dict[str, Any]:
    kind, rows = KINDS[name], sheet.rows[name]
    return {
        "name": name,
        "kind": kind,
        "rows": [
            {
                "form": form,
                "legend": str(kind.row).format(number=number),
                "remove": str(kind.remove).format(number=number),
                "index": number - 1,
            }
            for number, form in enumerate(rows.forms, start=1)
        ],
        "row_set": rows,
        "template": f"staff/commitments/plan/_{name}.html",
        "has_room": len(rows.forms) < MOST_ROWS[name],
        "focus": focus,
    }


def conflict(desk: PlanDesk, sheet: PlanSheet) -> HttpResponse | None:
    """Both versions side by side, neither written and neither lost; None where they agree."""
    assert desk.commitment is not None
    mine = typed_of(sheet.said(), desk.offered)
    found = differences(desk.offered, mine, desk.stored())
    if not found:
        return None
    newest = desk.commitment.history.select_related("history_user").first()
    context = {
        "desk": desk,
        "commitment": desk.commitment,
        "demo": desk.programme.is_demo,
        "differences": found,
        "typed": desk.typed_again(),
        "saved_by": newest.history_user if newest else None,
        "saved_at": newest.history_date if newest else None,
    }
    return page(desk.request, "staff/commitments/plan/conflict.html", context, status=409)
