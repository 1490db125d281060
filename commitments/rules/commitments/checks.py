"""The sheet as a whole: what cannot be kept, what is missing for publication, what is unusual."""

from collections.abc import Iterator
from datetime import date

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal, Text
from commitments.models import Basis, CommitmentKind, Part, Speaker
from commitments.rules.commitments.rows import check_rows
from commitments.rules.commitments.said import CommitmentSaid, Known
from commitments.rules.commitments.slugs import check_slug
from commitments.rules.dates import LimitedDate
from commitments.rules.texts import check_text

LIMITS = {"title": 300, "text": 20_000, "note": 5000}
"""The most characters of each text, in each language; a line break counts as one."""

MOST_ROWS = {"parts": 20, "targets": 20, "milestones": 40, "sources": 20}
"""The most rows of each kind that one commitment holds; all cells fit into one form, as sent."""

_TEXTS = {
    "title_vi": LIMITS["title"],
    "title_en": LIMITS["title"],
    "note": LIMITS["note"],
    "text_vi": LIMITS["text"],
    "text_en": LIMITS["text"],
}
_CHOICES: dict[str, tuple[type[TextChoices], Text]] = {
    "kind": (CommitmentKind, _("Please choose what kind of commitment this is.")),
    "speaker": (Speaker, _("Please choose who stated it.")),
    "basis": (Basis, _("Please choose whether the text is quoted or a summary.")),
}


def check_draft(
    said: CommitmentSaid, known: Known, *, today: date, own_slug: str = ""
) -> list[Refusal]:
    """What cannot be kept at all; a draft may otherwise be half empty."""
    return [
        *_check_choices(said),
        *_check_title(said),
        *_check_texts(said),
        *check_slug(said.slug, known.slugs, own_slug),
        *_check_priority(said, known),
        *_check_counts(said),
        *_check_basis(said, today),
        *check_rows(said, known, today=today),
    ]


def check_publication(
    said: CommitmentSaid, known: Known, *, today: date, own_slug: str = ""
) -> list[Refusal]:
    """Everything that keeps it from being published: what a draft is refused, and what lacks."""
    return [
        *check_draft(said, known, today=today, own_slug=own_slug),
        *_check_wording(said),
        *_check_kind(said),
    ]


def remarks(said: CommitmentSaid) -> list[Refusal]:
    """What is unusual but may be so; nothing here keeps it from being published."""
    return [*_late_rows(said), *_left_out(said)]


def _check_choices(said: CommitmentSaid) -> Iterator[Refusal]:
    for name, (choices, text) in _CHOICES.items():
        value = getattr(said, name)
        if value not in choices.values and (value or name == "kind"):
            yield Invalid(f"{name}_unknown" if value else f"{name}_missing", text, name)


def _check_title(said: CommitmentSaid) -> Iterator[Refusal]:
    if not said.says("title"):
        text = _("Please give a title in at least one language.")
        yield Invalid("title_missing", text, "title_vi")


def _check_texts(said: CommitmentSaid) -> Iterator[Refusal]:
    for name, limit in _TEXTS.items():
        yield from check_text(getattr(said, name), limit, name)
    for name in ("title_vi", "title_en"):
        if "\n" in getattr(said, name):
            yield Invalid("several_lines", _("A title is one line of text."), name)


def _check_priority(said: CommitmentSaid, known: Known) -> Iterator[Refusal]:
    if said.priority and said.priority not in known.priorities:
        text: Text = _("This programme has no such priority. Please choose one of the list.")
        yield Invalid("priority_unknown", text, "priority")
    if said.kind == CommitmentKind.GOVERNMENT_TASK and not said.priority:
        text = _("A government task is assigned under a priority. Please choose which.")
        yield Invalid("priority_missing", text, "priority")


def _check_counts(said: CommitmentSaid) -> Iterator[Refusal]:
    for name, most in MOST_ROWS.items():
        rows = len(getattr(said, name))
        if rows > most:
            text = format_lazy(_("{count} rows are too many; {limit} is the limit."),
                               count=rows, limit=most)  # fmt: skip
            yield Invalid("too_many_rows", text, name)


def _check_basis(said: CommitmentSaid, today: date) -> Iterator[Refusal]:
    """What belongs to a wording, and cannot be kept without one."""
    if said.says("text") and not said.basis:
        yield Invalid("basis_missing", _CHOICES["basis"][1], "basis")
    if said.stated_on and not said.says("text"):
        text: Text = _("This day belongs to a wording. Please give the wording too.")
        yield Invalid("stated_without_text", text, "stated_on")
    elif said.stated_on and said.stated_on > today:
        text = _("This day lies in the future. Please give the day on which it was said.")
        yield Invalid("stated_in_future", text, "stated_on")


def _check_wording(said: CommitmentSaid) -> Iterator[Refusal]:
    if not said.says("text"):
        text: Text = _("Please give the wording in at least one language. It never changes later.")
        yield Invalid("text_missing", text, "text_vi")
    if not said.sources:
        text = _("Please name at least one source; without it nobody can check the commitment.")
        if said.basis == Basis.QUOTED:
            text = _("A quotation needs the source that it is quoted from.")
        yield Invalid("sources_missing", text, "sources")


def _check_kind(said: CommitmentSaid) -> Iterator[Refusal]:
    match said.kind:
        case CommitmentKind.NATIONAL_MISSION:
            yield from _check_mission(said)
        case CommitmentKind.CORPORATE_PLEDGE:
            yield from _check_pledge(said)
        case CommitmentKind.GOVERNMENT_TASK if not said.part(Part.ASSIGNED_BY):
            text = _("Please name the body that assigned the task.")
            yield Invalid("assigner_missing", text, "parts")


def _check_mission(said: CommitmentSaid) -> Iterator[Refusal]:
    lead = said.part(Part.LEAD)
    if lead is None:
        text: Text = _("Please name the body that leads the mission.")
        yield Invalid("lead_missing", text, "parts")
    elif not lead[1].stage:
        text = _("Please say how the lead took the mission on.")
        yield Invalid("taken_on_missing", text, f"parts-{lead[0]}-stage")


def _check_pledge(said: CommitmentSaid) -> Iterator[Refusal]:
    lead = said.part(Part.LEAD)
    if lead is None:
        text: Text = _("Please name the body that made the pledge, as its lead.")
        yield Invalid("lead_missing", text, "parts")
    elif lead[1].since is None:
        text = _("Please say since when the pledge stands: when it was announced.")
        yield Invalid("since_missing", text, f"parts-{lead[0]}-since")


def _late_rows(said: CommitmentSaid) -> Iterator[Refusal]:
    asked = {
        "milestones": _("Milestone {number} falls after the commitment's own due date, {due}."),
        "targets": _("Target {number} falls due after the commitment's own due date, {due}."),
    }
    for name, text in asked.items():
        for index, row in enumerate(getattr(said, name)):
            if _is_after(row.due, said.due):
                told = format_lazy(text, number=row.number, due=said.due)
                yield Invalid("after_due", told, f"{name}-{index}-due")


def _is_after(due: LimitedDate | None, last: LimitedDate | None) -> bool:
    return bool(due and last and last.is_before(due))


def _left_out(said: CommitmentSaid) -> Iterator[Refusal]:
    """What may be absent and is then said in public to be so."""
    if said.kind == CommitmentKind.GOVERNMENT_TASK and not said.part(Part.LEAD):
        text: Text = _("No lead is named. The public page will say that no body is named.")
        yield Invalid("no_lead", text, "parts")
    if said.due is None:
        text = _("There is no due date. It can then never be past due.")
        yield Invalid("no_due", text, "due")
    if not said.targets:
        text = _("There is no target, so there is nothing to measure against.")
        yield Invalid("no_targets", text, "targets")
    for noun, asked in _ONE_LANGUAGE.items():
        texts = (getattr(said, f"{noun}_vi").strip(), getattr(said, f"{noun}_en").strip())
        if any(texts) and not all(texts):
            missing = "en" if texts[0] else "vi"
            yield Invalid("one_language", asked[missing], f"{noun}_{missing}")


_ONE_LANGUAGE: dict[str, dict[str, Text]] = {
    "title": {
        "vi": _("The title stands in English only; readers of Vietnamese see that one."),
        "en": _("The title stands in Vietnamese only; readers of English see that one."),
    },
    "text": {
        "vi": _("The wording stands in English only; readers of Vietnamese see that one."),
        "en": _("The wording stands in Vietnamese only; readers of English see that one."),
    },
}
