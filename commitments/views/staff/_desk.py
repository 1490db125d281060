"""The update form as its author has it before them: what it is about, and what it asks."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from commitments.errors import Refusal
from commitments.forms.differences import differences
from commitments.forms.sheet import Faults, Sheet, Typed, typed_of
from commitments.forms.update import Asked, figure_field, figure_name
from commitments.models import (
    BODY_STAGES,
    Commitment,
    Deed,
    Measurement,
    Obligation,
    Origin,
    Speaker,
    StatusUpdate,
    StoredFile,
    Target,
    UpdateKind,
    UpdateState,
)
from commitments.reports.readings import reading_of
from commitments.reports.review import field_comments
from commitments.rules.evidence import MOST_ROWS
from commitments.rules.review import EVIDENCE
from commitments.services import drafts
from commitments.text.days import due_words
from commitments.text.typed import typed_day
from commitments.views.staff._kept import writer_word
from commitments.views.staff._page import StaffRequest, page
from commitments.views.staff._uploads import Sent, sent


@dataclass(frozen=True)
class Desk:
    """One author writing about one commitment; `update` is None until something is saved.

    `version` and `after` travel with the form: the version that was read, and the author's
    newest update when the form was prepared. `data` is what was sent, uploads kept already.
    """

    request: StaffRequest
    commitment: Commitment
    asked: Asked
    update: StatusUpdate | None = None
    corrects: StatusUpdate | None = None
    after: int = 0
    data: QueryDict = field(default_factory=QueryDict)
    faults: Faults = field(default_factory=dict)
    version: int | None = None

    def with_update(self, update: StatusUpdate) -> "Desk":
        return replace(self, update=update, version=update.version)

    def number(self, name: str) -> int:
        """A number that travelled with the form; 0 where somebody tampered with it."""
        return _number(str(self.data.get(name, "")))

    @property
    def writer(self) -> str:
        """The signed word that says whose form it is."""
        return writer_word(self.request.user)

    @property
    def kept_as(self) -> str:
        """Under which name a browser keeps what was typed, for this person and this draft."""
        draft = f"corrects-{self.corrects.number}" if self.corrects else "new"
        draft = str(self.update.pk) if self.update is not None else draft
        return f"{self.request.user.pk}:{self.commitment.slug}:{draft}"

    @property
    def version_read(self) -> int:
        """The version that stands in the form: what it says rests on that one."""
        if self.update is None:
            return 0
        return self.update.version if self.version is None else self.version

    @property
    def most_bytes(self) -> int:
        """The size of the largest file that is taken."""
        return int(settings.EVIDENCE_MAX_BYTES)

    @property
    def address(self) -> str:
        """Where the form is sent: the draft's own page, once there is a draft."""
        if self.update is not None:
            return reverse("staff:update-edit", args=[self.update.pk])
        to = reverse("staff:update-create", args=[self.commitment.slug])
        return f"{to}?corrects={self.corrects.number}" if self.corrects else to


def desk_for(
    request: StaffRequest,
    commitment: Commitment,
    update: StatusUpdate | None = None,
    corrects: StatusUpdate | None = None,
) -> Desk:
    targets = commitment.targets.present().exclude(value=None).order_by("number")
    asked = Asked(
        targets=list(targets),
        forecast=drafts.asks_forecast(commitment),
        is_correction=corrects is not None,
        files=StoredFile.objects.for_author(request.user, update),
        suggest=reverse("staff:source-suggest", args=[commitment.slug]),
    )
    own = StatusUpdate.objects.filter(commitment=commitment, author=request.user)
    newest = own.order_by("-pk").values_list("pk", flat=True).first()
    came = sent(request) if request.method == "POST" else Sent(QueryDict(), {})
    read = number_in(request, "version") if "version" in came.data else None
    return Desk(request, commitment, asked, update, corrects, newest or 0, *came, version=read)


REMARK = "remark"
"""Where a field of the form carries what the reviewer said of it."""


def number_in(request: StaffRequest, name: str) -> int:
    """A number that travelled with the form; 0 where somebody tampered with it."""
    return _number(request.POST.get(name, ""))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


CARRIED_OVER = ("stage", "forecast", "problem_vi", "problem_en", "asked_vi", "asked_en")
"""What an update begins with of the one before it; figures and summary are said anew."""


def prepared(desk: Desk) -> Typed:
    """What stands in the form at first: today and what the body said last, or what the
    corrected update said."""
    if desk.corrects is not None:
        return typed_of(desk.corrects)
    fields = {"kind": UpdateKind.PROGRESS.value, "as_of_on": typed_day(localdate())}
    if (before := last_of_body(desk.commitment)) is not None:
        said = typed_of(before).fields
        fields |= {name: said[name] for name in CARRIED_OVER if said[name]}
        if said["stage"] not in BODY_STAGES:
            fields.pop("stage", None)
    return Typed(fields, [])


def last_of_body(commitment: Commitment) -> StatusUpdate | None:
    """The newest standing update that the responsible body published here itself."""
    lead = commitment.lead
    if lead is None:
        return None
    standing = StatusUpdate.objects.standing().filter(
        commitment=commitment, body=lead.organisation_id, speaker=Speaker.BODY
    )
    own = standing.exclude(kind=UpdateKind.CONTEXT).exclude(origin=Origin.FACT_IMPORT)
    return own.order_by("-as_of_on", "-published_at", "-pk").first()


def show(
    desk: Desk,
    sheet: Sheet,
    *,
    status: int = 200,
    refused: Refusal | None = None,
    focus: str = "",
    is_unsaved: bool = False,
) -> HttpResponse:
    """The form with what is in it; htmx gets the evidence alone.

    After a row was added or removed the cursor goes to the new `row`, or to the button `add`;
    after an upload, to what became of it (`file-3`).
    """
    if focus == "row":
        sheet.evidence.forms[-1].fields["title"].widget.attrs["autofocus"] = True
    remarks = field_comments(desk.update) if desk.update else {}
    for name in remarks.keys() & sheet.form.fields.keys():
        setattr(sheet.form.fields[name], REMARK, remarks[name].text)
    context = {
        "desk": desk,
        "form": sheet.form,
        "evidence": sheet.evidence,
        "remark": remarks.get(EVIDENCE),
        "has_room": len(sheet.evidence.forms) < MOST_ROWS,
        "focus": focus,
        "refused": refused,
        "is_unsaved": is_unsaved or desk.request.method == "POST",
    }
    if desk.request.htmx and focus:
        return render(desk.request, "staff/updates/_evidence.html", context)
    return page(
        desk.request, "staff/updates/form.html", context | _about(desk, sheet), status=status
    )


def show_saved(desk: Desk, outcome: str, at: datetime | None = None) -> HttpResponse:
    """That the draft saved itself, with its new version for the form; or why it could not.

    `outcome`: saved, missing (something cannot be kept as it stands) or stale (another window).
    """
    context = {"desk": desk, "outcome": outcome, "saved_at": at}
    return render(desk.request, "staff/updates/_autosave.html", context)


def _about(desk: Desk, sheet: Sheet) -> dict[str, Any]:
    """What helps to fill the form in: what is owed, what was said last, why it came back."""
    commitment, update, today = desk.commitment, desk.update, localdate()
    owed = (
        Obligation.objects.owed(today)
        .filter(commitment=commitment)
        .select_related("period")
        .order_by("-period__starts_on")
        .first()
    )
    return {
        "commitment": commitment,
        "update": update,
        "demo": commitment.programme.is_demo,
        "owed": owed,
        "owed_words": due_words(owed.period.due_on, today) if owed else "",
        "figures": _figures(desk, sheet),
        "before": None if desk.corrects else last_of_body(commitment),
        "returned": _comment(update),
        "may_discard": update is not None and update.state == UpdateState.DRAFT,
    }


def _comment(update: StatusUpdate | None) -> Any:
    if update is None or update.state != UpdateState.RETURNED:
        return None
    returns = update.actions.filter(deed=Deed.RETURNED).select_related("person")
    return returns.order_by("-done_at", "-pk").first()


def _figures(desk: Desk, sheet: Sheet) -> list[dict[str, Any]]:
    """Each target with its field, the figure that was published last, and its reading."""
    known = published_last(desk.commitment)
    return [
        {
            "target": target,
            "bound": bound,
            "last": known.get(target.pk),
            "reading": _read(target, str(bound.value() or ""), known.get(target.pk))["reading"],
        }
        for target in desk.asked.targets
        for bound in [sheet.form[figure_name(target.pk)]]
    ]


def published_last(commitment: Commitment) -> dict[int, Measurement]:
    standing = StatusUpdate.objects.standing().filter(commitment=commitment)
    found = Measurement.objects.filter(update__in=standing).order_by("as_of_on", "pk")
    return {one.target_id: one for one in found}


def read_back(target: Target, typed: str) -> dict[str, Any]:
    """A figure as it was typed, read in the language of the page; or what is asked back."""
    return _read(target, typed, published_last(target.commitment).get(target.pk))


def _read(target: Target, typed: str, last: Measurement | None) -> dict[str, Any]:
    try:
        value = figure_field(target).clean(typed)
    except ValidationError as wrong:
        return {"reading": None, "asked": " ".join(wrong.messages)}
    reading = None if value is None else reading_of(target, value, last)
    return {"reading": reading, "asked": ""}


def conflict(desk: Desk, mine: Typed, typed: Typed) -> HttpResponse:
    """Both versions side by side: neither is written, and neither is lost.

    `mine` is what was typed, spelled as it would be stored; `typed` is the same, letter by letter.
    """
    assert desk.update is not None
    stored = typed_of(desk.update)
    context = {
        "desk": desk,
        "commitment": desk.commitment,
        "demo": desk.commitment.programme.is_demo,
        "update": desk.update,
        "differences": differences(desk.asked, mine, stored),
        "typed": typed,
    }
    return page(desk.request, "staff/updates/conflict.html", context, status=409)
