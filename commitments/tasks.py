"""The jobs that the beat sends out: each asks what is owed by now, and may run twice."""

from celery import shared_task
from django.utils import timezone

from commitments.services import access, files, invitation_mails, notices, obligations, updates

STALE_AFTER = 55
"""Seconds after which a job handed out is of no use: the next beat hands it out again."""


@shared_task(ignore_result=True)
def tick_reminders() -> None:
    """Plan the notices that are owed by now and gather them into today's digests."""
    now = timezone.now()
    notices.plan_notices(now=now)
    notices.make_digests(now=now)


@shared_task(ignore_result=True)
def send_digests() -> None:
    """Hand out the digests whose time has come, one job each: none waits for another."""
    for digest_id in notices.digests_to_send(now=timezone.now()):
        send_digest.apply_async((digest_id,), expires=STALE_AFTER)


@shared_task(ignore_result=True)
def send_digest(digest_id: int) -> None:
    notices.deliver_digest(digest_id, now=timezone.now())


@shared_task(ignore_result=True)
def keep_periods() -> None:
    """Lay out the coming reporting periods and what is owed for those that have begun."""
    obligations.keep_periods(today=timezone.localdate(), now=timezone.now())


@shared_task(ignore_result=True)
def clear_files() -> None:
    """Remove uploads that became part of nothing."""
    files.clear_unused(now=timezone.now())


@shared_task(ignore_result=True)
def release_due() -> None:
    """Hand out the updates whose time to be published has come, one job each."""
    for update_id in updates.updates_to_release(now=timezone.now()):
        release_update.apply_async((update_id,), expires=STALE_AFTER)


@shared_task(ignore_result=True)
def release_update(update_id: int) -> None:
    updates.release_update(update_id, now=timezone.now())


@shared_task(ignore_result=True)
def send_account_mails() -> None:
    """Hand out invitations and mails about accounts whose time has come, one job each."""
    now = timezone.now()
    for invitation_id in invitation_mails.invitations_to_send(now=now):
        send_invitation.apply_async((invitation_id,), expires=STALE_AFTER)
    for mail_id in access.account_mails_to_send(now=now):
        send_account_mail.apply_async((mail_id,), expires=STALE_AFTER)


@shared_task(ignore_result=True)
def send_invitation(invitation_id: int) -> None:
    invitation_mails.deliver_invitation(invitation_id, now=timezone.now())


@shared_task(ignore_result=True)
def send_account_mail(mail_id: int) -> None:
    access.deliver_account_mail(mail_id, now=timezone.now())


@shared_task(ignore_result=True)
def tidy_sessions() -> None:
    """Forget sessions that have expired."""
    access.tidy_sessions(now=timezone.now())
