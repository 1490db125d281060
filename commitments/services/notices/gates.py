"""What may go out at all: nothing of a programme whose reminders are paused."""

from commitments.models import Pause
from commitments.models.notice import NoticeQuerySet


def let_out(rows: NoticeQuerySet) -> NoticeQuerySet:
    """Without those of paused programmes; what is about a person's address goes on."""
    return rows.exclude(commitment__programme__in=Pause.objects.open().values("programme"))
