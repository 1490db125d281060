"""What keeps a change from being asked for, each at the field that is to blame."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal, Text, WrongState
from commitments.models import Basis, ChangeKind, Confidence, LinkKind, TakenOn
from commitments.rules.changes.asked import MOST_SUCCESSORS, ChangeAsked, Surroundings
from commitments.rules.changes.rows import check_milestone, check_target
from commitments.rules.changes.spelling import (
    KEYS,
    LIMITED,
    MAY_BE_NULL,
    WORDINGS,
    Json,
    is_list_of_text,
    read_limited,
)
from commitments.rules.changes.subjects import fits
from commitments.rules.dates import LimitedDate
from commitments.rules.texts import check_text
from commitments.rules.validators import check_reason

LIMITS = {"text": 20_000, "reason": 2000, "note": 2000}
"""The most characters of each text, in each language; a line break counts as one."""

_CHOOSE = _("Please choose one of the list.")
_SAME_DATE = _("The proposed date is the present date.")
_SAME_TEXT = _("The proposed wording is the present wording.")
_SAME_TARGET = _("The proposed target is the present target.")
_SAME_LEAD = _("This body leads it already.")


def check_change(asked: ChangeAsked, around: Surroundings, today: date) -> list[Refusal]:
    """Everything that is wrong with a request; a shape that cannot be judged alone first."""
    if found := [*_check_subject(asked, around), *_check_shape(asked)]:
        return found
    return [*_check_proposed(asked, around, today), *_check_grounds(asked, today)]


def check_note(note: str, *, refused: bool) -> list[Refusal]:
    """What the decider says: needed where something is refused, and never too long."""
    found = list(check_text(note, LIMITS["note"], "note"))
    if refused and not note.strip():
        text = _("Please say why it is refused. The reason is public.")
        found.append(Invalid("note_missing", text, "note"))
    return found


def _check_subject(asked: ChangeAsked, around: Surroundings) -> Iterator[Refusal]:
    if asked.kind not in ChangeKind.values:
        yield Invalid("kind_unknown", _("Please choose what is to change."), "kind")
    elif not fits(asked.kind, asked.subject):
        yield Invalid("subject_unfit", _("Please choose what is to change."), "subject")
    elif around.stands is None:
        text = _("What this is about is not there, or was replaced. Please choose again.")
        yield WrongState("subject_unknown", text)


def _check_shape(asked: ChangeAsked) -> Iterator[Refusal]:
    for name in KEYS.get(asked.kind, ()):
        value = asked.proposed.get(name)
        if name == "by":
            fitting = is_list_of_text(value)
        else:
            fitting = isinstance(value, str) or (value is None and name in MAY_BE_NULL)
        if not fitting:
            yield Invalid("wrong_type", _("This cannot be read. Please write it as text."), name)


def _check_proposed(asked: ChangeAsked, around: Surroundings, today: date) -> Iterator[Refusal]:
    for name in LIMITED:
        yield from _check_date(asked.proposed, name)
    if asked.kind in WORDINGS:
        yield from _check_wording(asked, around)
    elif check := _CHECKS.get(asked.kind):
        yield from check(asked, around, today)


def _check_date(proposed: Json, name: str) -> Iterator[Refusal]:
    """What stands there can be read as a date."""
    if proposed.get(name):
        try:
            LimitedDate.parse(proposed[name], name)
        except Refusal as refused:
            yield refused


def _check_wording(asked: ChangeAsked, around: Surroundings) -> Iterator[Refusal]:
    proposed = asked.proposed
    for name in ("text_vi", "text_en"):
        yield from check_text(proposed[name], LIMITS["text"], name)
    if not proposed["text_vi"] and not proposed["text_en"]:
        text: Text = _("Please give the wording in at least one language.")
        yield Invalid("text_missing", text, "text_vi")
    elif proposed == around.stands:
        yield Invalid("nothing_changes", _SAME_TEXT, "text_vi")
    if proposed["basis"] not in Basis.values:
        text = _("Please choose whether the text is quoted or a summary.")
        yield Invalid("basis_missing", text, "basis")
    elif asked.kind == ChangeKind.TEXT_FOUND and proposed["basis"] != Basis.QUOTED:
        text = _("A text that was found is quoted word for word.")
        yield Invalid("basis_not_quoted", text, "basis")


def _check_moved(asked: ChangeAsked, around: Surroundings, _today: date) -> Iterator[Refusal]:
    due = asked.proposed["due"]
    if not due:
        text: Text = _("Please give the new date.")
        yield Invalid("due_missing", text, "due")
    elif asked.proposed == around.stands:
        yield Invalid("nothing_changes", _SAME_DATE, "due")
    elif (new := read_limited(due)) and asked.stated_on and new.latest < asked.stated_on:
        text = _("The new date lies before the day on which the change was stated.")
        yield Invalid("dates_out_of_order", text, "due")


def _check_target(asked: ChangeAsked, around: Surroundings, today: date) -> Iterator[Refusal]:
    yield from check_target(asked.proposed, today)
    if asked.proposed == around.stands:
        yield Invalid("nothing_changes", _SAME_TARGET, "text_vi")


def _check_milestone(asked: ChangeAsked, _around: Surroundings, today: date) -> Iterator[Refusal]:
    yield from check_milestone(asked.proposed, today)


def _check_lead(asked: ChangeAsked, around: Surroundings, _today: date) -> Iterator[Refusal]:
    proposed, stands = asked.proposed, around.stands or {}
    lead, known = proposed["lead"], around.known
    if lead == stands.get("lead"):
        text: Text = _SAME_LEAD if lead else _("No body leads it at present either.")
        yield Invalid("nothing_changes", text, "lead")
    elif lead in known.merged:
        told = _("This organisation was merged into {name}. Please choose that one.")
        yield Invalid("organisation_merged", format_lazy(told, name=known.merged[lead]), "lead")
    elif lead and lead not in known.organisations:
        yield Invalid("organisation_unknown", _CHOOSE, "lead")
    yield from _check_choice(proposed, "stage", TakenOn)
    if lead:
        yield from _check_choice(proposed, "confidence", Confidence, required=True)
    if around.reporting_is_open and (not lead or proposed["confidence"] != Confidence.CONFIRMED):
        text = _("Reporting is open on it, so only a confirmed lead can take it over.")
        yield Invalid("lead_not_confirmed", text, "confidence" if lead else "lead")


def _check_choice(
    proposed: Json, name: str, choices: type[TextChoices], *, required: bool = False
) -> Iterator[Refusal]:
    value = proposed[name]
    if value not in choices.values and (value or required):
        yield Invalid("choice_unknown" if value else "choice_missing", _CHOOSE, name)


def _check_successors(asked: ChangeAsked, around: Surroundings, _today: date) -> Iterator[Refusal]:
    by, link = asked.proposed["by"], asked.proposed["link"]
    replacing = (LinkKind.SUPERSEDES, LinkKind.SPLIT_FROM, LinkKind.MERGES)
    if link not in replacing:
        text: Text = _("Please choose how the one follows the other.")
        yield Invalid("link_missing", text, "link")
    if not by:
        text = _("Please choose the commitment that takes its place.")
        yield Invalid("successor_missing", text, "by")
    elif unknown := [slug for slug in by if slug not in around.known.successors]:
        told = _("“{name}” cannot take its place: it must be published, open and another one.")
        yield Invalid("successor_unknown", format_lazy(told, name=unknown[0][:100]), "by")
    elif len(by) > MOST_SUCCESSORS:
        told = _("{count} commitments are too many; {limit} is the limit.")
        text = format_lazy(told, count=len(by), limit=MOST_SUCCESSORS)
        yield Invalid("too_many_successors", text, "by")
    elif link == LinkKind.SPLIT_FROM and len(by) < 2:
        text = _("Split means into at least two commitments. Please choose them all.")
        yield Invalid("successors_too_few", text, "by")
    elif link in (LinkKind.SUPERSEDES, LinkKind.MERGES) and len(by) > 1:
        text = _("Please choose one commitment, or say that it is split.")
        yield Invalid("successors_too_many", text, "by")


def _check_grounds(asked: ChangeAsked, today: date) -> Iterator[Refusal]:
    """Why, since when, and who says so."""
    yield from check_reason(asked.reason_vi, asked.reason_en)
    for name in ("reason_vi", "reason_en"):
        yield from check_text(getattr(asked, name), LIMITS["reason"], name)
    if asked.stated_on is None:
        text: Text = _("Please say on which day the source states the change.")
        yield Invalid("stated_on_missing", text, "stated_on")
    elif asked.stated_on > today:
        text = _("This day lies in the future. Please give the day on which it was said.")
        yield Invalid("stated_in_future", text, "stated_on")
    if not asked.has_source:
        text = _("Please name the source; without it nobody can check the change.")
        yield Invalid("source_missing", text, "source")


_CHECKS: dict[str, Callable[[ChangeAsked, Surroundings, date], Iterator[Refusal]]] = {
    ChangeKind.DATE_MOVED: _check_moved,
    ChangeKind.TARGET_CHANGED: _check_target,
    ChangeKind.TARGET_ADDED: _check_target,
    ChangeKind.MILESTONE_ADDED: _check_milestone,
    ChangeKind.LEAD_CHANGED: _check_lead,
    ChangeKind.SUPERSEDED: _check_successors,
}
