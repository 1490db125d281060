"""Whether this process can serve, whether reminders run and webhooks are told: for machines.

Load balancers and containers ask `/healthz`, which is well while the database answers: the web
need not die because the beat did. Monitors ask `/healthz/reminders` and `/healthz/webhooks`.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commitments.reports.heartbeat import health as health_of_reminders
from commitments.reports.webhooks import hooks_health
from commitments.views.watch import watch

KEPT = 5
"""Seconds for which an answer about reminders stands."""

UNREACHABLE = {"status": "unavailable", "database": "unreachable"}


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database can be asked, 503 when not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        told = reminders(timezone.now())
    except DatabaseError:
        return JsonResponse(UNREACHABLE, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "reminders": told})


@require_safe
@never_cache
def health_reminders(request: HttpRequest) -> JsonResponse:
    """Answer 200 while reminders are looked at, 503 when nobody does."""
    try:
        told = reminders(timezone.now())
    except DatabaseError:
        return JsonResponse(UNREACHABLE, status=503)
    return JsonResponse(told, status=503 if told["state"] in ("never", "overdue") else 200)


@require_safe
@never_cache
def health_webhooks(request: HttpRequest) -> JsonResponse:
    """Answer 200 while nothing that is due waits for us, 503 when messages stay behind."""
    try:
        told = webhooks_at(int(timezone.now().timestamp()) // KEPT * KEPT)
    except DatabaseError:
        return JsonResponse(UNREACHABLE, status=503)
    return JsonResponse(told, status=503 if told["state"] == "overdue" else 200)


@lru_cache(maxsize=1)
def webhooks_at(second: int) -> dict[str, Any]:
    now = datetime.fromtimestamp(second + KEPT - 1, UTC)
    found = hooks_health(now)
    return {
        "state": "overdue" if found.is_late(now) else "ok",
        "listening": found.listening,
        "paused": found.paused,
        "waiting": found.waiting,
        "overdue": found.overdue,
        "overdue_since": found.since and found.since.isoformat(),
        "given_up": found.dead,
    }


def reminders(now: datetime) -> dict[str, Any]:
    """Numbers and times, nothing of people; whoever asks makes the watch look, too."""
    watch.ask()
    return told_at(int(now.timestamp()) // KEPT * KEPT)


@lru_cache(maxsize=1)
def told_at(second: int) -> dict[str, Any]:
    """Kept in the process, not in the cache's server, which may be what is down."""
    found = health_of_reminders(datetime.fromtimestamp(second + KEPT - 1, UTC))
    since = found.waiting_since
    return {
        "state": found.state.value,
        "last_tick": found.last_tick and found.last_tick.isoformat(),
        "next_run": found.next_run and found.next_run.isoformat(),
        "took_ms": found.took_ms,
        "failed": bool(found.last_error),
        "waiting": found.waiting,
        "singles": found.singles,
        "waiting_since": since and since.isoformat(),
        "given_up": found.dead,
        "pauses": found.pauses,
    }
