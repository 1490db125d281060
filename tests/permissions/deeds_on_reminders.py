"""The deeds on reminders: who sees them, stops them, and lets them go on."""

from commitments.rules import access
from commitments.services import pauses
from tests import factories as make
from tests.permissions.deeds import NOW, Deed
from tests.permissions.stage import fresh

REASON = "Test reason"


def _standing(stage):
    """The open pause of another programme of the unit, once for the stage."""
    if not hasattr(stage, "pause"):
        programme = make.ProgrammeFactory(delivery_unit=stage.unit)
        stage.pause = make.PauseFactory(programme=programme, paused_by=stage.clerk)
    return fresh(stage.pause)


DEEDS = [
    Deed(
        "Reminders",
        "Pause the reminders of a programme",
        lambda user, stage: access.may_pause_reminders(user, fresh(stage.programme)),
        lambda stage: (f"programmes/{stage.programme.slug}/reminders/pause/", {"reason": REASON}),
        lambda user, stage: pauses.pause_reminders(
            programme=fresh(stage.programme), by=user, reason=REASON, now=NOW
        ),
    ),
    Deed(
        "Reminders",
        "Let the reminders go on",
        lambda user, stage: access.may_pause_reminders(user, _standing(stage).programme),
        lambda stage: (f"reminders/pauses/{_standing(stage).pk}/resume/", {}),
        lambda user, stage: pauses.resume_reminders(pause=_standing(stage), by=user, now=NOW),
    ),
]
