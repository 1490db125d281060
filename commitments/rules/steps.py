"""What the step that the fact base names of an update says of its commitment's stage."""

from commitments.models import Speaker, Stage, Step, UpdateKind

UNDER_WAY = frozenset(
    {Step.DRAFTING, Step.CONSULTATION, Step.IN_PROGRESS, Step.ISSUED, Step.IN_FORCE}
)


def stage_of(step: str, speaker: str) -> str:
    """The stage that a loaded update moves its commitment to; empty where it moves none.

    What another than the body calls fulfilled is complete; the body's own word is only reported.
    That a decree is issued does not complete the task: an officer decides on that (design §9).
    """
    if step == Step.FULFILLED:
        return Stage.REPORTED_COMPLETE if speaker == Speaker.BODY else Stage.COMPLETE
    return Stage.IN_PROGRESS if step in UNDER_WAY else ""


def kind_of(step: str) -> UpdateKind:
    """Related news is context; every other step is one of the commitment itself."""
    return UpdateKind.CONTEXT if step == Step.CONTEXT else UpdateKind.PROGRESS
