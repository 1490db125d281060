"""The words, tones and drawings of every state, and the tags that show them."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .icons import icon

__all__ = ["AXES", "State", "axis_label", "axis_tag", "confidence_badge", "icon", "past_due_tag",
           "stage_tag", "state_of"]  # fmt: skip


class State(NamedTuple):
    """How one value of an axis is shown: its word, its tone (a CSS class) and its drawing.

    The word is as it stands inside a sentence; a tag begins it with a capital letter.
    """

    label: str | Promise
    tone: str
    drawing: str


AXES: dict[str, dict[str, State]] = {
    "stage": {
        "": State(_("no stage stated"), "unknown", "dashed"),
        "not_started": State(_("not started"), "quiet", "ring"),
        "in_progress": State(_("in progress"), "doing", "half"),
        "paused": State(_("paused"), "care", "pause"),
        "reported_complete": State(_("reported complete"), "good-soft", "check-ring"),
        "complete": State(_("complete"), "good", "check-disc"),
        "withdrawn": State(_("withdrawn"), "closed", "out"),
        "superseded": State(_("superseded"), "closed", "swap"),
    },
    "forecast": {
        "on_track": State(_("on track"), "good-soft", "up"),
        "at_risk": State(_("at risk"), "care", "warning"),
        "off_track": State(_("off track"), "bad", "down"),
        "not_given": State(_("no forecast given"), "unknown", "dash"),
    },
    "reporting": {
        "not_asked": State(_("not asked to report"), "unknown", "dashed-dash"),
        "never_reported": State(_("never reported"), "unknown", "dashed-question"),
        "current": State(_("up to date"), "good-soft", "check"),
        "due": State(_("update due"), "doing", "clock"),
        "late": State(_("update late"), "bad", "clock-late"),
        "stale": State(_("out of date"), "care", "hourglass"),
        "waived": State(_("update waived"), "quiet", "slash"),
    },
    "verification": {
        "": State(_("nothing to verify yet"), "unknown", "dash"),
        "reported": State(_("reported, no evidence yet"), "quiet", "speech"),
        "evidenced": State(_("evidence given"), "doing", "page"),
        "confirmed": State(_("confirmed by another source"), "good", "page-check"),
        "disputed": State(_("disputed"), "bad", "swap"),
    },
    "outcome": {
        "": State(_("not assessed yet"), "unknown", "dash"),
        "achieved": State(_("achieved"), "good", "check-disc"),
        "largely_achieved": State(_("largely achieved"), "good-soft", "three-quarters"),
        "partly_achieved": State(_("partly achieved"), "care", "half"),
        "not_achieved": State(_("not achieved"), "bad", "cross-disc"),
        "cannot_be_assessed": State(_("cannot be assessed"), "unknown", "dashed-question"),
        "withdrawn": State(_("withdrawn"), "closed", "out"),
    },
    "deadline": {"past_due": State(_("past due"), "bad", "flag")},
    "confidence": {
        "confirmed": State(_("confirmed"), "good-soft", "check-double"),
        "probable": State(_("probable"), "care", "half"),
        "unverified": State(_("unverified"), "unknown", "dashed-question"),
    },
    "basis": {
        "quoted": State(_("Quoted word for word"), "quiet", "quote"),
        "summarised": State(
            _("Summary by the editors; the promised text was not found"), "unknown", "pen"
        ),
    },
    "speaker": {
        "body": State(_("said by the body itself"), "quiet", "speech"),
        "government": State(_("said by the government"), "quiet", "speech"),
        "press": State(_("said by the press"), "quiet", "speech"),
    },
    "step": {
        "announced": State(_("announced"), "quiet", "speech"),
        "accepted": State(_("accepted"), "quiet", "check"),
        "drafting": State(_("being drafted"), "doing", "pen"),
        "consultation": State(_("in public consultation"), "doing", "speech"),
        "in_progress": State(_("in progress"), "doing", "half"),
        "issued": State(_("issued"), "good-soft", "page"),
        "in_force": State(_("in force"), "good-soft", "page-check"),
        "fulfilled": State(_("fulfilled"), "good-soft", "check-ring"),
        "context": State(_("related news"), "quiet", "info"),
    },
    "state": {
        "draft": State(_("draft"), "quiet", "pen"),
        "submitted": State(_("submitted, in review"), "doing", "send"),
        "approved": State(_("approved by the body"), "doing", "check"),
        "returned": State(_("returned"), "care", "back"),
        "published": State(_("published"), "good", "check-disc"),
        "corrected": State(_("corrected"), "care", "pen"),
        "retracted": State(_("retracted"), "closed", "cross"),
    },
    "decision": {
        "": State(_("waiting for a decision"), "doing", "hourglass"),
        "approved": State(_("approved"), "good", "check-disc"),
        "refused": State(_("refused"), "bad", "cross-disc"),
        "taken_back": State(_("taken back by the one who asked"), "quiet", "back"),
    },
}  # fmt: skip


def state_of(axis: str, value: str | None) -> State:
    """How a value is shown; one that we do not know is shown as it stands, not hidden."""
    return AXES[axis].get(value or "") or State(value or _("not stated"), "unknown", "dash")


def axis_label(value: str | None, axis: str) -> str:
    """The word of a value, for titles and attributes: `{{ item.stage|axis_label:"stage" }}`."""
    return capfirst(str(state_of(axis, value).label))


def axis_tag(axis: str, value: str | None) -> SafeString:
    """A state as drawing and word: `{% axis_tag "reporting" item.reporting %}`."""
    state = state_of(axis, value)
    return format_html(
        '<span class="status status--{}">{}<span>{}</span></span>',
        state.tone,
        icon(state.drawing),
        capfirst(str(state.label)),
    )


def stage_tag(value: str | None) -> SafeString:
    """The stage of a commitment; an empty one reads "No stage stated"."""
    return axis_tag("stage", value)


def past_due_tag(is_past_due: bool = True) -> SafeString | str:
    """The mark "Past due", or nothing; it stands beside the forecast and never replaces it."""
    return axis_tag("deadline", "past_due") if is_past_due else ""


def confidence_badge(value: str | None) -> SafeString:
    """How sure the editors are: confirmed, probable or unverified."""
    return axis_tag("confidence", value)
