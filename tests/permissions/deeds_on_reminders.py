"""The deeds on reminders: who sees them, stops them, and lets them go on."""

from commitments.rules import access
from commitments.services import notices, pauses
from tests.permissions.deeds import NOW, Deed
from tests.permissions.stage import fresh

REASON = "Test reason"


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
        lambda user, stage: access.may_pause_reminders(user, fresh(stage.pause).programme),
        lambda stage: (f"reminders/pauses/{stage.pause.pk}/resume/", {}),
        lambda user, stage: pauses.resume_reminders(pause=fresh(stage.pause), by=user, now=NOW),
    ),
    Deed(
        "Reminders",
        "Send a mail again that was given up",
        lambda user, stage: access.may_retry_digest(user, fresh(stage.given_up)),
        lambda stage: (f"reminders/mails/{stage.given_up.pk}/retry/", {}),
        lambda user, stage: notices.retry_digest(digest=fresh(stage.given_up), by=user, now=NOW),
    ),
]
