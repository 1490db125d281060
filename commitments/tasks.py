"""The jobs that the beat sends out: each asks what is owed by now, and may run twice."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from commitments.filters.saved import SEARCHES
from commitments.gateways.outgoing import Outgoing
from commitments.services import (
    access,
    api_answers,
    citizen_mails,
    error_reports,
    files,
    heartbeats,
    invitation_mails,
    notices,
    obligations,
    releases,
    subscriptions,
    updates,
    webhooks,
)
from commitments.services.subscriptions import weekly
from commitments.services.webhooks import delivery, planning

STALE_AFTER = settings.REMINDER_TICK_SECONDS * 11 / 12
"""Seconds after which a job handed out is of no use: the next beat hands it out again."""

TICK = "tick-reminders"
TICK_LEASE = timedelta(seconds=settings.TICK_LEASE_SECONDS)

LONG = {"soft_time_limit": 1500, "time_limit": 1800}
"""Seconds for a job that walks through everything that is open."""
HOOK_ROUND = 30.0
"""Seconds after which a job sends no further message to the same webhook: others wait."""
HOOK_MESSAGES = 40
"""So many messages at most in one round: nobody is flooded by a history that was asked for."""
HOOK = {"soft_time_limit": 90, "time_limit": 120}
MAIL = {"soft_time_limit": 150, "time_limit": 180}
"""Seconds for one mail: a slow server may take EMAIL_TIMEOUT for each word of the exchange."""

Found = dict[str, int]
"""What a run did: names and numbers."""

logger = logging.getLogger(__name__)


def run(job: str, work: Callable[[datetime], Found], lease: timedelta | None = None) -> None:
    """Do a job and leave word of it, also where it breaks off; not beside one with the lease."""
    now, began = timezone.now(), time.monotonic()
    if not heartbeats.begin(job=job, now=now, lease=lease):
        return
    try:
        found = work(now)
    except BaseException as error:
        _leave_word_of(job, now, error, timedelta(seconds=time.monotonic() - began))
        raise
    took = timedelta(seconds=time.monotonic() - began)
    heartbeats.finish(job=job, started=now, now=timezone.now(), took=took, found=found)


def _leave_word_of(job: str, started: datetime, error: BaseException, took: timedelta) -> None:
    """Never hide the error itself behind one of the database."""
    said = f"{type(error).__name__}: {error}".removesuffix(": ")
    try:
        heartbeats.fail(job=job, started=started, took=took, error=said)
    except DatabaseError as unreachable:
        logger.error("The failure of %s could not be noted: %s", job, unreachable)


@shared_task(ignore_result=True, **LONG)
def tick_reminders() -> None:
    """Plan the notices that are owed by now and gather them into today's digests."""
    run(TICK, _tick, lease=TICK_LEASE)


def _tick(now: datetime) -> Found:
    planned = notices.plan_notices(now=now)
    heartbeats.pulse(job=TICK, started=now, now=timezone.now(), lease=TICK_LEASE)
    return {**planned._asdict(), "mails": notices.make_digests(now=now)}


@shared_task(ignore_result=True)
def send_digests() -> None:
    """Hand out the digests whose time has come, one job each: none waits for another."""
    run("send-digests", _hand_out_digests)


def _hand_out_digests(now: datetime) -> Found:
    handed_out = notices.digests_to_send(now=now, at_most=settings.DIGESTS_PER_ROUND)
    for digest_id in handed_out:
        send_digest.apply_async((digest_id,), expires=STALE_AFTER)
    return {"handed_out": len(handed_out)}


@shared_task(ignore_result=True, **MAIL)
def send_digest(digest_id: int) -> None:
    notices.deliver_digest(digest_id, now=timezone.now())


@shared_task(ignore_result=True, **LONG)
def keep_periods() -> None:
    """Lay out the coming reporting periods and what is owed for those that have begun."""
    run("keep-periods", _keep_periods)


def _keep_periods(now: datetime) -> Found:
    return {"new": obligations.keep_periods(today=timezone.localdate(), now=now)}


@shared_task(ignore_result=True)
def clear_files() -> None:
    """Remove uploads that became part of nothing."""
    run("clear-files", _clear_files)


def _clear_files(now: datetime) -> Found:
    return {"removed": files.clear_unused(now=now)}


@shared_task(ignore_result=True)
def clear_answers() -> None:
    """Forget what was answered to requests with a key more than a day ago."""
    run("clear-answers", _clear_answers)


def _clear_answers(now: datetime) -> Found:
    return {"removed": api_answers.clear_answers(now=now)}


@shared_task(ignore_result=True)
def release_due() -> None:
    """Hand out the updates whose time to be published has come, one job each."""
    run("release-due", _hand_out_releases)


def _hand_out_releases(now: datetime) -> Found:
    due = list(updates.updates_to_release(now=now))
    for update_id in due:
        release_update.apply_async((update_id,), expires=STALE_AFTER)
    return {"due": len(due)}


@shared_task(ignore_result=True)
def release_update(update_id: int) -> None:
    updates.release_update(update_id, now=timezone.now())


@shared_task(ignore_result=True)
def send_account_mails() -> None:
    """Hand out invitations and mails about accounts whose time has come, one job each."""
    run("send-account-mails", _hand_out_account_mails)


def _hand_out_account_mails(now: datetime) -> Found:
    invitations = list(invitation_mails.invitations_to_send(now=now))
    for invitation_id in invitations:
        send_invitation.apply_async((invitation_id,), expires=STALE_AFTER)
    mails = list(access.account_mails_to_send(now=now))
    for mail_id in mails:
        send_account_mail.apply_async((mail_id,), expires=STALE_AFTER)
    return {"invitations": len(invitations), "mails": len(mails)}


@shared_task(ignore_result=True, **MAIL)
def send_invitation(invitation_id: int) -> None:
    invitation_mails.deliver_invitation(invitation_id, now=timezone.now())


@shared_task(ignore_result=True, **MAIL)
def send_account_mail(mail_id: int) -> None:
    access.deliver_account_mail(mail_id, now=timezone.now())


@shared_task(ignore_result=True)
def tidy_sessions() -> None:
    """Forget sessions that have expired."""
    run("tidy-sessions", _tidy_sessions)


def _tidy_sessions(now: datetime) -> Found:
    access.tidy_sessions(now=now)
    return {}


@shared_task(ignore_result=True)
def send_citizen_mails() -> None:
    """Make the week's mails when their time has come, and hand out whatever is to go now."""
    run("send-citizen-mails", _hand_out_citizen_mails)


def _hand_out_citizen_mails(now: datetime) -> Found:
    citizen_mails.give_up_spent(now=now)
    planned = weekly.plan_weekly(now=now)
    due = citizen_mails.citizen_mails_to_send(now=now)
    for mail_id in due:
        send_citizen_mail.apply_async((mail_id,), expires=STALE_AFTER)
    return {"planned": planned, "handed_out": len(due)}


@shared_task(ignore_result=True, **MAIL)
def send_citizen_mail(mail_id: int) -> None:
    citizen_mails.deliver_citizen_mail(mail_id, now=timezone.now(), searches=SEARCHES)


@shared_task(ignore_result=True)
def hand_out_webhooks() -> None:
    """Plan messages of what became public, and hand out every webhook that is owed one now."""
    run("hand-out-webhooks", _hand_out_webhooks)


def _hand_out_webhooks(now: datetime) -> Found:
    delivery.give_up_spent(now=now)
    planned = planning.plan_deliveries(now=now)
    due = delivery.webhooks_to_send(now=now)
    for webhook_id in due:
        call_webhook.apply_async((webhook_id,), expires=HOOK_ROUND)
    return {"planned": planned, "handed_out": len(due)}


@shared_task(ignore_result=True, **HOOK)
def call_webhook(webhook_id: int) -> None:
    """Send one webhook what is due, one message after the other, while it answers fast."""
    client, began = Outgoing(), time.monotonic()
    for _message in range(HOOK_MESSAGES):
        found = delivery.deliver_next(webhook_id, now=timezone.now(), client=client)
        if found is not delivery.Outcome.GO_ON or time.monotonic() - began > HOOK_ROUND:
            return


@shared_task(ignore_result=True)
def tidy_citizens() -> None:
    """Delete addresses that nobody confirmed in time, or that are of no more use."""
    run("tidy-citizens", _tidy_citizens)


def _tidy_citizens(now: datetime) -> Found:
    return {
        "subscribers": subscriptions.tidy_subscriptions(now=now),
        "contacts": error_reports.tidy_reports(now=now),
        "webhooks": webhooks.tidy_webhooks(now=now),
    }


RELEASES = "make-releases"
RELEASES_LEASE = timedelta(seconds=1800)


@shared_task(ignore_result=True, **LONG)
def make_releases() -> None:
    """Make the releases of the open data that are owed by now, and put old ones away."""
    run(RELEASES, _make_releases, lease=RELEASES_LEASE)


def _make_releases(now: datetime) -> Found:
    return {"made": releases.make_owed(today=timezone.localdate(), now=now)}
