"""What citizens do with their subscriptions: ask, confirm, end; and what lapses by itself."""

from datetime import datetime

from django.db import transaction

from commitments.errors import WrongState
from commitments.models import (
    CitizenMail,
    CitizenMailKind,
    Language,
    RecordHead,
    Subscriber,
    Subscription,
)
from commitments.rules.citizens import GOOD_FOR, is_lapsed
from commitments.services.citizen_addresses import may_confirm_more
from commitments.text.citizens import new_nonce

MOST = 100
"""So many things one address may follow."""


@transaction.atomic
def ask(*, email: str, language: str, kind: str, key: str, now: datetime) -> None:
    """Note that somebody wants the address to follow something; a mail asks it to confirm.

    Whoever asks learns nothing of the address: nothing is refused and nothing returned. Beyond
    the mails that it may be sent a day nothing is noted either. Locks the subscriber, so that
    two who ask at once are counted one after the other.
    """
    if not may_confirm_more(email, now):
        return
    made = {"language": language, "nonce": new_nonce(), "made_at": now}
    known, _is_new = Subscriber.objects.get_or_create(email=email, defaults=made)
    subscriber = _lock(known.pk)
    if subscriber is None or not may_confirm_more(email, now):
        return
    own = subscriber.subscriptions.filter(kind=kind, key=key)
    if not own.exists() and subscriber.subscriptions.count() >= MOST:
        return
    subscription, _is_new = Subscription.objects.get_or_create(
        subscriber=subscriber, kind=kind, key=key, defaults={"asked_at": now}
    )
    if subscription.confirmed_at is None:
        Subscription.objects.filter(pk=subscription.pk).update(asked_at=now)
    if not subscriber.subscriptions.confirmed().exists():
        Subscriber.objects.filter(pk=subscriber.pk).update(language=language)
    if not subscription.mails.waiting().exists():
        _plan_confirmation(subscription, now)


def _plan_confirmation(subscription: Subscription, now: datetime) -> None:
    CitizenMail.objects.create(
        kind=CitizenMailKind.CONFIRM,
        subscriber=subscription.subscriber,
        subscription=subscription,
        made_at=now,
        next_try_at=now,
    )


@transaction.atomic
def confirm(*, subscription: Subscription, now: datetime) -> Subscription:
    """Follow from now on; confirmed twice is confirmed once.

    Raises WrongState for a link that is too old, or whose subscription has ended.
    """
    subscriber = _lock(subscription.subscriber_id)
    found = Subscription.objects.filter(pk=subscription.pk, subscriber=subscriber).first()
    if subscriber is None or found is None:
        raise WrongState("link_is_over")
    if found.confirmed_at is not None:
        return found
    if is_lapsed(found.asked_at, now):
        raise WrongState("link_is_over")
    head = head_sequence()
    if not subscriber.subscriptions.confirmed().exists():
        subscriber.through_sequence = head
        subscriber.save(update_fields=["through_sequence"])
    found.confirmed_at, found.since_sequence = now, head
    found.save(update_fields=["confirmed_at", "since_sequence"])
    return found


def head_sequence() -> int:
    """The newest event: events are numbered one after the other, also where two write at once."""
    return RecordHead.objects.values_list("sequence", flat=True).first() or 0


@transaction.atomic
def end(*, subscriber: Subscriber, subscription_id: int) -> None:
    """Follow one thing no more; with the last one the address goes, too."""
    locked = _lock(subscriber.pk)
    if locked is not None:
        locked.subscriptions.filter(pk=subscription_id).delete()
        _forget_if_empty(locked)


@transaction.atomic
def end_all(*, subscriber: Subscriber) -> None:
    """Follow nothing more: the address and all that is known of it is deleted."""
    locked = _lock(subscriber.pk)
    if locked is not None:
        locked.delete()


@transaction.atomic
def set_language(*, subscriber: Subscriber, language: str) -> None:
    locked = _lock(subscriber.pk)
    if locked is not None and language in Language.values:
        locked.language = language
        locked.save(update_fields=["language"])


def tidy_subscriptions(*, now: datetime) -> int:
    """Forget what nobody confirmed in time, and addresses that follow nothing; how many."""
    lapsed = Subscription.objects.lapsed(now - GOOD_FOR).values("subscriber")
    empty = Subscriber.objects.filter(subscriptions=None, made_at__lte=now - GOOD_FOR)
    pks = set(lapsed.values_list("subscriber", flat=True)) | set(empty.values_list("pk", flat=True))
    return sum(_tidy_one(pk, now) for pk in sorted(pks))


@transaction.atomic
def _tidy_one(pk: int, now: datetime) -> int:
    subscriber = _lock(pk)
    if subscriber is None:
        return 0
    Subscription.objects.lapsed(now - GOOD_FOR).filter(subscriber=subscriber).delete()
    return _forget_if_empty(subscriber)


def _forget_if_empty(subscriber: Subscriber) -> int:
    if subscriber.subscriptions.exists():
        return 0
    subscriber.delete()
    return 1


def _lock(pk: int) -> Subscriber | None:
    return Subscriber.objects.select_for_update(of=("self",)).filter(pk=pk).first()
