"""The five questions about a commitment, answered in plain sentences with date and speaker."""

from datetime import date
from typing import NamedTuple

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commitments.models import CLOSED, Commitment, Origin, Stage, StatusUpdate, Step
from commitments.text.display import limited_date, said

UNFINISHED_STEPS = (Step.DRAFTING, Step.CONSULTATION, Step.ISSUED, Step.IN_FORCE)
"""Steps of a text on its way, which move a stage to `in_progress` only (design §9)."""


class Answer(NamedTuple):
    """One axis: its name, the question it answers, its value, and sentences that say more.

    `as_of` is the day of the statement; None where the value is computed for the day of the page.
    """

    axis: str
    name: str
    question: str
    value: str
    says: SafeString
    is_past_due: bool = False
    as_of: date | None = None


def answers(commitment: Commitment, *, has_target: bool) -> list[Answer]:
    """The five answers. Needs a commitment of `for_list`, with the bodies of its two updates."""
    return [
        Answer(
            "stage",
            _("Stage"),
            _("What has happened?"),
            commitment.stage,
            _stage(commitment),
            as_of=commitment.stage_as_of_on,
        ),
        Answer(
            "forecast",
            _("Forecast"),
            _("Will the present date and target be met?"),
            commitment.forecast,
            _forecast(commitment, has_target),
            commitment.is_past_due,
            commitment.forecast_as_of_on,
        ),
        *_computed(commitment),
        Answer(
            "outcome",
            _("Outcome"),
            _("What came of it, at the end of the year?"),
            "",
            _sentence(_("No outcome has been assessed for this commitment.")),
        ),
    ]


def _computed(commitment: Commitment) -> list[Answer]:
    """What nobody states: it follows from the record, as of the day of the page."""
    return [
        Answer(
            "reporting",
            _("Reporting"),
            _("Do we know?"),
            commitment.reporting,
            _reporting(commitment),
        ),
        Answer(
            "verification",
            _("Verification"),
            _("How do we know?"),
            commitment.verification,
            _verification(commitment),
        ),
    ]


def according_to(update: StatusUpdate) -> SafeString:
    """Who says it, as of when, and by which way it came into the record."""
    values = {"date": limited_date(update.as_of_on), "speaker": _speaker(update)}
    if update.origin == Origin.FACT_IMPORT:
        return _sentence(
            _(
                "As of {date}, according to {speaker}; counted on import, not reviewed here.",
            ),
            **values,
        )
    return _sentence(_("As of {date}, according to {speaker}; published after review."), **values)


def _joined(sentences: list[SafeString]) -> SafeString:
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))


def _sentence(text: str, **values: object) -> SafeString:
    return format_html(text, **values) if values else escape(text)


def _speaker(update: StatusUpdate) -> str | SafeString:
    """The body by its name where it speaks itself; else the government or the press."""
    if update.speaker == "body" and update.body:
        return said(update.body, "name")
    return update.get_speaker_display()


def _stage(commitment: Commitment) -> SafeString:
    update = commitment.stage_update
    if not commitment.stage:
        return _sentence(_("Nobody has stated a stage in the sources of this record."))
    if update is None:
        closed = commitment.stage in (Stage.WITHDRAWN, Stage.SUPERSEDED)
        words = (
            _("As of {date}, by a decided request for change.") if closed else _("As of {date}.")
        )
        return _sentence(words, date=limited_date(commitment.stage_as_of_on))
    says = [according_to(update)]
    if update.stage != commitment.stage and commitment.stage == Stage.COMPLETE:
        says.append(
            _sentence(
                _(
                    "Confirmed complete by the delivery unit on {date}, on a source other than"
                    " the body's own."
                ),
                date=limited_date(commitment.closed_on),
            )
        )
    if update.step in UNFINISHED_STEPS and commitment.stage == Stage.IN_PROGRESS:
        says.append(
            _sentence(
                _(
                    "The step named last is “{step}”. Whether that completes the commitment is"
                    " for the delivery unit to decide."
                ),
                step=update.get_step_display(),
            )
        )
    return _joined(says)


def _forecast(commitment: Commitment, has_target: bool) -> SafeString:
    says = [_sentence(_forecast_says(commitment, has_target))]
    update = commitment.forecast_update
    if update is not None:
        says = [according_to(update)]
        if problem := said(update, "problem"):
            says.append(_sentence(_("The problem named: {problem}"), problem=problem))
        if asked := said(update, "asked"):
            says.append(_sentence(_("What is asked: {asked}"), asked=asked))
    if commitment.is_past_due:
        says.append(
            _sentence(
                _("The present due date, {date}, has passed."), date=limited_date(commitment.due)
            )
        )
    return _joined(says)


def _forecast_says(commitment: Commitment, has_target: bool) -> str:
    """Why there is no forecast."""
    if commitment.stage in CLOSED:
        return _("The commitment is closed; no forecast is asked for.")
    if not commitment.due and not has_target:
        return _("No forecast is asked for, because neither a due date nor a target was published.")
    if commitment.reporting_opened_on is None:
        return _("No forecast was given, because nobody has been asked to report on it yet.")
    return _("The body has not given a forecast yet.")


def _reporting(commitment: Commitment) -> SafeString:
    """What is known of the updates that are owed; in review is said beside it."""
    is_told = commitment.last_as_of_on is not None
    says = [
        _sentence(
            _reporting_text(commitment.reporting, is_told=is_told),
            due=limited_date(commitment.owed_since_on),
            last=limited_date(commitment.last_as_of_on),
        )
    ]
    if commitment.in_review_since:
        says.append(
            _sentence(
                _("An update was submitted on {date} and is in review."),
                date=limited_date(localtime(commitment.in_review_since).date()),
            )
        )
    return _joined(says)


def _reporting_text(value: str, *, is_told: bool) -> str:
    """The sentence for a value; `is_told`: there is a published report that still stands."""
    if not is_told and value == "stale":
        return _("No report of the last two periods stands.")
    if not is_told and value == "current":
        return _("No update is owed at present.")
    return {
        "not_asked": _("No reporting duty was given for it, so no update is owed."),
        "never_reported": _(
            "The update that was due on {due} was not submitted, nor was any other ever."
        ),
        "late": _("The update that was due on {due} was not submitted."),
        "due": _("An update is open and due on {due}."),
        "stale": _("The last report speaks as of {last}: more than two periods ago."),
        "waived": _("The newest update was waived; the reason stands below."),
        "current": _("The last report speaks as of {last}."),
    }[value]


def _verification(commitment: Commitment) -> SafeString:
    update = commitment.stage_update
    texts = {
        "": _("There is no statement of a stage to verify."),
        "reported": _("The statement stands by itself; no evidence is attached to it."),
        "evidenced": _("Evidence is attached to the statement; it was not yet confirmed."),
        "confirmed": _("An officer accepted evidence from somebody other than the body itself."),
    }
    says = [_sentence(texts[commitment.verification])]
    if update is not None and update.origin == Origin.FACT_IMPORT:
        says.append(_sentence(_("An imported statement is never counted as confirmed.")))
    return _joined(says)
