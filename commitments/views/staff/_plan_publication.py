"""The page before publication: what is missing, what is unusual, and how it will stand."""

from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from commitments.errors import Refusal, Text, WrongState
from commitments.models import Commitment
from commitments.reports import plan as plan_report
from commitments.reports.plans import said_of
from commitments.reports.plans import with_plan as with_sheet
from commitments.rules.commitments import remarks
from commitments.services import plans
from commitments.text.display import active_language
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff._plan_desk import KINDS


class Task(NamedTuple):
    """One thing to do before publication, with the way to its field."""

    section: Text
    text: Text
    url: str


class Step(NamedTuple):
    """One part of the plan: whether it is complete, and what it lacks."""

    name: Text
    url: str
    tasks: list[Task]


RADIOS = ("kind", "basis")
ABOUT, WORDING = "about", "wording"
_WORDING_FIELDS = ("text_vi", "text_en", "basis", "stated_on")


def publication(
    request: StaffRequest, commitment: Commitment, *, refused: Refusal | None = None
) -> HttpResponse:
    """The task list, and the plan as readers will see it."""
    whole = plan_report.with_plan(
        Commitment.objects.with_axes(localdate())
        .select_related("programme", "priority")
        .filter(pk=commitment.pk)
    ).prefetch_related("wordings__change", "sources")
    draft = whole.get()
    draft.original_due, draft.original_due_latest = draft.due, draft.due_latest  # as it will be
    said = said_of(with_sheet(Commitment.objects.filter(pk=commitment.pk)).get())
    missing = plans.missing_of(draft, today=localdate())
    context = {
        "commitment": draft,
        "demo": draft.programme.is_demo,
        "steps": _steps(draft, missing),
        "missing": len(missing),
        "remarks": [_task(draft, one) for one in remarks(said)],
        "said": said,
        "plan": plan_report.plan_of(draft),
        "targets": list(draft.targets.all()),
        "refused": refused if isinstance(refused, WrongState) or not missing else None,
    }
    status = refused.status if refused else 200
    return page(request, "staff/commitments/plan/publish.html", context, status=status)


def _steps(commitment: Commitment, missing: list[Refusal]) -> list[Step]:
    tasks: dict[str, list[Task]] = {}
    for one in missing:
        tasks.setdefault(_section_of(one), []).append(_task(commitment, one))
    edit = reverse("staff:commitment-edit", args=[commitment.slug])
    return [Step(name, f"{edit}#{key}", tasks.get(key, [])) for key, name in _names().items()]


def _names() -> dict[str, Text]:
    return {
        ABOUT: _("About the commitment"),
        WORDING: _("Wording"),
        **{key: str(kind.heading) for key, kind in KINDS.items()},
    }


def _section_of(refusal: Refusal) -> str:
    name = (refusal.field or "").split("-")[0]
    if name in KINDS:
        return name
    return WORDING if name in _WORDING_FIELDS else ABOUT


def _task(commitment: Commitment, refusal: Refusal) -> Task:
    edit = reverse("staff:commitment-edit", args=[commitment.slug])
    section = _names()[_section_of(refusal)]
    return Task(section, refusal.text, f"{edit}#{_anchor(refusal)}")


def _anchor(refusal: Refusal) -> str:
    """The id of the field on the form; a text that either language may give: the reader's."""
    field = refusal.field or ""
    if field in KINDS or not field:
        return field
    if refusal.code.endswith("_missing") and field.endswith("_vi"):
        field = f"{field.removesuffix('_vi')}_{active_language()}"
    return f"id_{field}_0" if field in RADIOS else f"id_{field}"
