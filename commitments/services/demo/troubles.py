"""What went wrong with the reminders of the demonstration: a source, an address, a mail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from commitments.models import (
    Digest,
    DigestState,
    Evidence,
    Mute,
    Notice,
    Pause,
    Programme,
    Role,
    SourceFaultKind,
    Topic,
    User,
)
from commitments.rules.mail_faults import Bounce
from commitments.services.mail_faults import record_bounce
from commitments.services.mutes import set_mutes
from commitments.services.pauses import pause_reminders, resume_reminders
from commitments.services.source_faults import confirm_fault

REASON = "Minh họa. Máy chủ thư bảo trì một ngày. / Demonstration. The mail server is mended."
FOUND = "Minh họa. Trang không mở được. / Demonstration. The page could not be opened."
LOST = "Demonstration: the mail server did not answer."
BOUNCED = "5.1.1"


@dataclass(frozen=True)
class Troubles:
    """Each on its working day, counted back from today; those that the days do not bring are left
    out. `before` comes before the planning of the day, `between` before its mails."""

    programme: Programme
    officer: User

    def before(self, back: int, now: datetime) -> None:
        self._do({7: self.break_source, 6: self.bounce, 5: self.resume, 4: self.bounce}, back, now)

    def between(self, now: datetime) -> None:
        self.mute(now)

    def at_sending(self, back: int, now: datetime) -> None:
        self._do({3: self.lose_mail}, back, now)

    def after(self, back: int, now: datetime) -> None:
        later = now + timedelta(minutes=30)
        self._do({6: self.pause, 5: self.bounce}, back, later)

    def _do(
        self, deeds: Mapping[int, Callable[[datetime], None]], back: int, now: datetime
    ) -> None:
        if back in deeds:
            deeds[back](now)

    def break_source(self, now: datetime) -> None:
        """R8: evidence of an update that was published cannot be opened any more."""
        shown = Evidence.objects.filter(
            update__commitment__programme=self.programme, update__published_at__isnull=False
        )
        found = shown.select_related("source").order_by("-pk").first()
        if found:
            confirm_fault(
                source=found.source,
                kind=SourceFaultKind.BROKEN,
                note=FOUND,
                by=self.officer,
                now=now,
            )

    def bounce(self, now: datetime) -> None:
        """R9: after the third time mail does not reach a senior official any more."""
        seniors = User.objects.filter(
            memberships__organisation__is_demo=True, memberships__role=Role.SENIOR_OFFICIAL
        )
        person = seniors.order_by("pk").last()
        if person:
            said = Bounce(addresses=(person.email,), code=BOUNCED, said=LOST)
            record_bounce(bounce=said, now=now)

    def pause(self, now: datetime) -> None:
        pause_reminders(programme=self.programme, by=self.officer, reason=REASON, now=now)

    def resume(self, now: datetime) -> None:
        for pause in Pause.objects.open().filter(programme=self.programme):
            resume_reminders(pause=pause, by=self.officer, now=now)

    def mute(self, now: datetime) -> None:
        """A notice is cancelled: its recipient asked not to be told of what waits for review."""
        waits = Notice.objects.due(now).filter(
            rule=Topic.REVIEW, commitment__programme=self.programme
        )
        one = waits.select_related("recipient").order_by("-pk").first()
        if one and not Mute.objects.filter(person__memberships__organisation__is_demo=True):
            set_mutes(person=one.recipient, topics=[Topic.REVIEW], now=now)

    def lose_mail(self, now: datetime) -> None:
        """A mail is given up; what it carried goes with the next."""
        mail = Digest.objects.filter(state=DigestState.PLANNED, due_at__lte=now).order_by("pk")
        lost = mail.filter(recipient__memberships__organisation__is_demo=True).first()
        if lost:
            lost.state, lost.tries, lost.last_error = DigestState.DEAD, 5, LOST
            lost.save(update_fields=["state", "tries", "last_error"])


def troubles_of_demo() -> Troubles | None:
    """Those to be played; None where there is no demonstration, or they were played before."""
    programme = Programme.objects.filter(is_demo=True).order_by("pk").first()
    if programme is None or Pause.objects.filter(programme=programme).exists():
        return None
    officers = User.objects.filter(
        memberships__organisation=programme.delivery_unit_id, memberships__role=Role.OFFICER
    )
    officer = officers.order_by("pk").first()
    return Troubles(programme, officer) if officer else None
