"""What is done with an update form that was sent: kept, compared, handed in, shown again."""

import re
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.errors import Refusal, Stale, WrongState, refuse
from commitments.forms.differences import differences, merged
from commitments.forms.sheet import (
    Sheet,
    sheet_handed_in,
    sheet_to_fill,
    typed_again,
    typed_of,
    with_empty_row,
    with_source,
    without_file,
    without_row,
)
from commitments.models import EDITABLE, StatusUpdate
from commitments.reports.suggestions import known_source, known_sources
from commitments.services import drafts
from commitments.services.updates import submit_update
from commitments.views.staff import _kept
from commitments.views.staff._desk import Desk, conflict, show, show_saved

ADD = "evidence-add"
DEED_ON_ROW = re.compile(
    r"evidence-(?P<verb>remove|without-file|upload|find|take)-(?P<row>[0-9]{1,3})"
    r"(?:-(?P<source>[0-9]{1,17}))?"
)
"""What is done to one row of evidence, by its button."""


def answer(desk: Desk) -> HttpResponse:
    """What was sent: another row of evidence, a choice between two versions, or the update."""
    deed = desk.request.POST.get("deed", "")
    if deed.startswith("evidence-"):
        return _with_other_rows(desk, deed)
    if deed == "merge" and desk.update is not None:
        return _merged(desk, desk.update)
    if deed == "restore":
        return restored(desk, desk.data)
    sheet = sheet_handed_in(desk.asked, desk.data, desk.faults)
    if deed == "autosave":
        return _saved_by_itself(desk, sheet)
    try:
        if not sheet.is_valid():
            if deed == "submit":
                _point_at_all(desk, sheet)
            return show(desk, sheet, status=422)
        with sheet.refusals():
            try:
                desk = _saved(desk, sheet)
            except Stale as stale:
                found = _newer(desk, stale)
                if differences(desk.asked, sheet.typed(), typed_of(found)):
                    return _apart(desk, sheet, found)
                desk = desk.with_update(found)
            return go_on(desk, sheet, deed)
    except Refusal as refused:
        return show(desk, sheet, status=refused.status, refused=refused)
    return show(desk, sheet, status=422)


def _point_at_all(desk: Desk, sheet: Sheet) -> None:
    """What keeps it from being handed in, beside what could not be read: all errors at once."""
    sheet.ask_for_all()
    body = desk.update.body if desk.update is not None else None
    missing = drafts.missing_in(
        commitment=desk.commitment,
        body=body or (desk.commitment.lead.organisation if desk.commitment.lead else None),
        corrects=desk.corrects,
        said=sheet.said_so_far(),
        evidence_count=sheet.rows_filled(),
        today=localdate(),
    )
    with sheet.refusals(only_once=True):
        refuse(missing)


def _saved_by_itself(desk: Desk, sheet: Sheet) -> HttpResponse:
    """Save in the background and say so; what is wrong waits until the author asks."""
    try:
        if sheet.is_valid():
            with sheet.refusals():
                saved = _saved(desk, sheet)
                return show_saved(saved, "saved", timezone.now())
    except Stale as stale:
        found = _newer(desk, stale)
        is_same = found.state in EDITABLE and not differences(
            desk.asked, sheet.typed(), typed_of(found)
        )
        if is_same:
            return show_saved(desk.with_update(found), "saved", found.saved_at)
        return show_saved(desk, "stale")
    except Refusal:
        pass
    return show_saved(desk, "missing")


def _saved(desk: Desk, sheet: Sheet) -> Desk:
    """Keep what was typed: in the draft, or in a new one. Raises Stale when it was handed in."""
    now, author = timezone.now(), desk.request.user
    if desk.update is None:
        kept = drafts.begin_draft(
            commitment=desk.commitment,
            author=author,
            after=desk.number("after"),
            corrects=desk.corrects,
            today=localdate(),
            now=now,
            **sheet.to_keep(),
        )
    elif desk.update.state not in EDITABLE:
        raise Stale
    else:
        kept = drafts.save_draft(
            update=desk.update,
            author=author,
            version=desk.number("version"),
            now=now,
            **sheet.to_keep(),
        )
    return desk.with_update(kept)


def go_on(desk: Desk, sheet: Sheet, deed: str) -> HttpResponse:
    """After saving: back to the draft, or hand it in."""
    update = desk.update
    assert update is not None
    _kept.forget(desk.request)
    if update.state not in EDITABLE:
        messages.info(desk.request, _("This update was handed in already."))
        return redirect("staff:update-detail", update.pk)
    if deed == "preview":
        return redirect("staff:update-preview", update.pk)
    if deed != "submit":
        messages.success(desk.request, _("The draft is saved. Nobody else has been told yet."))
        return redirect(desk.address)
    sheet.ask_for_all()
    handed_in = submit_update(
        update=update,
        author=desk.request.user,
        today=localdate(),
        now=timezone.now(),
        version=update.version,
    )
    messages.success(desk.request, next_step(handed_in))
    return redirect("staff:update-detail", update.pk)


def next_step(update: StatusUpdate) -> str:
    """What happens to an update that was just handed in."""
    if update.body is not None and update.body.skips_approver:
        return _("The update is submitted. The delivery unit reviews it next.")
    return _("The update is submitted. An approver of your organisation reviews it next.")


def _newer(desk: Desk, stale: Stale) -> StatusUpdate:
    """What another window left meanwhile."""
    found = stale.update if isinstance(stale, drafts.AlreadyBegun) else desk.update
    assert found is not None
    return StatusUpdate.objects.for_history().get(pk=found.pk)


def _apart(desk: Desk, sheet: Sheet, found: StatusUpdate) -> HttpResponse:
    """Two windows say different things: show both, and lose neither."""
    if found.corrects_id != (desk.corrects.pk if desk.corrects else None):
        raise WrongState("other_draft", drafts.OTHER_DRAFT)
    if found.state in EDITABLE:
        typed = typed_again(desk.asked, desk.data)
        return conflict(desk.with_update(found), sheet.typed(), typed)
    refused = WrongState("handed_in_meanwhile", _HANDED_IN)
    return show(replace(desk, update=None, after=found.pk), sheet, status=409, refused=refused)


_HANDED_IN = gettext_lazy(
    "An update was handed in from another window meanwhile and can no longer be changed. "
    "What you typed here is kept below: saving it begins a further update."
)


def restored(desk: Desk, typed: QueryDict) -> HttpResponse:
    """What was typed before the session or the connection was lost, in the form, not saved.

    Where somebody saved since, both versions stand side by side.
    """
    desk = replace(desk, data=typed)
    desk = replace(desk, version=desk.number("version"), after=desk.number("after"))
    sheet, found = sheet_handed_in(desk.asked, typed), desk.update
    if found is not None and _is_newer(desk, sheet, found):
        return _apart(desk, sheet, found)
    messages.info(
        desk.request,
        _("What you typed before stands in the form again. It is not saved yet: please save it."),
    )
    filled = sheet_to_fill(desk.asked, typed_again(desk.asked, typed))
    return show(desk, filled, is_unsaved=True)


def _is_newer(desk: Desk, sheet: Sheet, found: StatusUpdate) -> bool:
    """Whether somebody saved something else, or handed it in, since the form was read."""
    if not sheet.is_valid():
        return False
    if found.state not in EDITABLE:
        return True
    is_later = found.version != desk.version
    return is_later and bool(differences(desk.asked, sheet.typed(), typed_of(found)))


def _with_other_rows(desk: Desk, deed: str) -> HttpResponse:
    """Something done to a row of evidence, and everything else as it was typed."""
    typed = typed_again(desk.asked, desk.data)
    if deed == ADD:
        return show(desk, sheet_to_fill(desk.asked, with_empty_row(typed)), focus="row")
    done = DEED_ON_ROW.fullmatch(deed)
    verb, row = (done["verb"], int(done["row"])) if done else ("", 0)
    if verb == "remove":
        typed = without_row(typed, row)
    elif verb == "without-file":
        typed = without_file(typed, row)
    elif done and verb == "take":
        taken = known_source(desk.commitment, desk.request.user, int(done["source"] or 0))
        typed = with_source(typed, row, taken) if taken else typed
    sheet = sheet_to_fill(desk.asked, typed, desk.faults)
    if verb == "find" and row < len(sheet.evidence.forms):
        _find(desk, sheet, row)
    focus = {"upload": f"file-{row}", "without-file": f"file-{row}", "take": f"take-{row}"}
    return show(desk, sheet, focus=focus.get(verb, "add"))


def _find(desk: Desk, sheet: Sheet, row: int) -> None:
    form = sheet.evidence.forms[row]
    form.looked_for = desk.data.get(f"{form.prefix}-find", "")[:300]
    form.known = known_sources(desk.commitment, desk.request.user, form.looked_for)


def _merged(desk: Desk, update: StatusUpdate) -> HttpResponse:
    """The form with the version that was chosen of each field; saving it is another step."""
    sheet = sheet_handed_in(desk.asked, desk.data, desk.faults)
    mine = typed_again(desk.asked, desk.data)
    if update.version != desk.number("version") and sheet.is_valid():
        return conflict(desk, sheet.typed(), mine)
    messages.info(desk.request, _("Nothing is saved yet. Check the text and save it."))
    chosen = merged(mine, typed_of(update), desk.data)
    return show(desk.with_update(update), sheet_to_fill(desk.asked, chosen))
