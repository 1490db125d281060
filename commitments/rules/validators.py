"""What a status update must say: the one set of checks below form, API and import."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal, Text, WrongState
from commitments.models.axes import BODY_STAGES, CLOSED, Forecast, Stage
from commitments.models.update import UpdateKind
from commitments.rules.texts import check_characters, check_text

LIMITS = {"summary": 5000, "problem": 2000, "asked": 2000, "correction_reason": 2000}
"""The most characters of each text, in each language; a line break counts as one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmissionFacts:
    """What an update says, and what is known of its commitment, as plain values.

    An empty `forecast` means the same as `not_given`. `previous_published`: the body already has
    a published update here. `current_stage` is the commitment's, empty where none is stated.
    """

    kind: str
    as_of_on: date | None
    stage: str = ""
    forecast: str = Forecast.NOT_GIVEN.value
    summary_vi: str = ""
    summary_en: str = ""
    problem_vi: str = ""
    problem_en: str = ""
    asked_vi: str = ""
    asked_en: str = ""
    corrects: bool = False
    correction_reason_vi: str = ""
    correction_reason_en: str = ""
    evidence_count: int = 0
    has_due_or_target: bool
    previous_published: bool
    current_stage: str

    def says(self, noun: str) -> bool:
        """Whether the text is there in at least one language."""
        return any(getattr(self, f"{noun}_{language}").strip() for language in ("vi", "en"))

    @property
    def gives_forecast(self) -> bool:
        return self.forecast not in {"", Forecast.NOT_GIVEN}


def check_draft(said: SubmissionFacts) -> list[Refusal]:
    """What cannot even be kept as a draft: unknown choices, texts over their limit.

    A draft may be half empty.
    """
    return [*_check_choices(said), *_check_lengths(said)]


def check_submission(said: SubmissionFacts, today: date) -> list[Refusal]:
    """Everything that keeps an update from being handed in, at most one refusal for each rule.

    A correction is heard on a closed commitment too, but cannot reopen it: whoever publishes it
    leaves the stage alone.
    """
    return [
        *check_draft(said),
        *_check_as_of(said, today),
        *_check_stage(said),
        *_check_forecast(said),
        *_check_risk(said),
        *_check_telling(said),
    ]


def _check_choices(said: SubmissionFacts) -> Iterator[Refusal]:
    if said.kind not in UpdateKind.values:
        yield Invalid("kind_unknown", _("Please choose what kind of update this is."), "kind")
    if said.stage and said.stage not in BODY_STAGES:
        text = _("A body reports one of: {stages}. An officer decides on the other stages.")
        stages = ", ".join(["{}"] * len(BODY_STAGES))
        labels = format_lazy(stages, *(stage.label for stage in BODY_STAGES))
        yield Invalid("stage_not_the_bodys", format_lazy(text, stages=labels), "stage")
    elif said.stage and said.kind == UpdateKind.CONTEXT:
        yield Invalid("context_has_stage", _("Related news carries no stage."), "stage")
    if said.forecast and said.forecast not in Forecast.values:
        yield Invalid("forecast_unknown", _("Please choose one of the forecasts."), "forecast")
    elif said.gives_forecast and said.kind == UpdateKind.CONTEXT:
        yield Invalid("context_has_forecast", _("Related news carries no forecast."), "forecast")


def _check_lengths(said: SubmissionFacts) -> Iterator[Refusal]:
    for noun, limit in LIMITS.items():
        for field in (f"{noun}_vi", f"{noun}_en"):
            yield from check_text(getattr(said, field), limit, field)


def _check_as_of(said: SubmissionFacts, today: date) -> Iterator[Refusal]:
    if said.as_of_on is None:
        text: Text = _("Please say as of which day this is true.")
        yield Invalid("as_of_missing", text, "as_of_on")
    elif said.as_of_on > today:
        text = _("The as-of date lies in the future. Please give today or an earlier day.")
        yield Invalid("as_of_in_future", text, "as_of_on")


def _check_stage(said: SubmissionFacts) -> Iterator[Refusal]:
    if said.kind == UpdateKind.CONTEXT:
        return
    if said.current_stage in CLOSED and not said.corrects:
        text: Text = _("This commitment is closed ({stage}); only related news can be added.")
        stage = Stage(said.current_stage).label
        yield WrongState("commitment_closed", format_lazy(text, stage=stage))
    elif said.kind == UpdateKind.NO_CHANGE:
        if said.stage and said.stage != said.current_stage:
            text = _(
                "“No material change” keeps the present stage. Please report progress instead."
            )
            yield Invalid("stage_changed", text, "stage")
    elif not said.stage:
        yield Invalid("stage_missing", _("Please choose the stage."), "stage")


def _check_forecast(said: SubmissionFacts) -> Iterator[Refusal]:
    if said.kind == UpdateKind.CONTEXT:
        return
    if said.gives_forecast and not said.has_due_or_target:
        text = _("There is no due date and no target to forecast. Please leave it at “not given”.")
        yield Invalid("forecast_not_asked", text, "forecast")
    if said.has_due_or_target and not said.gives_forecast and said.kind != UpdateKind.NO_CHANGE:
        text = _("Please say whether the present date and target will be met.")
        yield Invalid("forecast_missing", text, "forecast")


def _check_risk(said: SubmissionFacts) -> Iterator[Refusal]:
    if said.forecast in {Forecast.AT_RISK, Forecast.OFF_TRACK} and not said.says("problem"):
        text = _("Please name the problem that puts the date or target at risk.")
        yield Invalid("problem_missing", text, "problem_vi")
    if said.forecast == Forecast.OFF_TRACK and not said.says("asked"):
        text = _("Please say what is asked of whom, so that it can get back on track.")
        yield Invalid("asked_missing", text, "asked_vi")


def _check_telling(said: SubmissionFacts) -> Iterator[Refusal]:
    if said.kind == UpdateKind.NO_CHANGE:
        if not said.previous_published:
            text: Text = _(
                "“No material change” needs an earlier published update of your organisation. "
                "Please report progress this time."
            )
            yield Invalid("nothing_published_before", text, "kind")
    elif not said.says("summary"):
        text = _("Please summarise in at least one language what has happened.")
        yield Invalid("summary_missing", text, "summary_vi")
    completes = said.kind == UpdateKind.PROGRESS and said.stage == Stage.REPORTED_COMPLETE
    if completes and said.evidence_count < 1:
        text = _("Please add at least one piece of evidence that the commitment is complete.")
        yield Invalid("evidence_missing", text, "evidence")
    if said.corrects and not said.says("correction_reason"):
        text = _("Please give the public reason of the correction.")
        yield Invalid("correction_reason_missing", text, "correction_reason_vi")


def check_reason(reason_vi: str, reason_en: str) -> list[Refusal]:
    """A deed that takes something back in public says why, in at least one language."""
    if not (reason_vi.strip() or reason_en.strip()):
        return [Invalid("reason_missing", _("Please give the public reason."), "reason_vi")]
    return [
        *check_characters(reason_vi, "reason_vi"),
        *check_characters(reason_en, "reason_en"),
    ]
