"""What was asked under a key is done once; whoever asks again gets the same answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import WrongState
from commitments.models import ApiAnswer, ApiToken

KEPT_FOR = timedelta(hours=24)
"""How long a key is remembered."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it goes out: its body is spelt already, so that it is the same again."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    is_replayed: bool = False


Deed = Callable[[], Answered]


class KeyReused(WrongState):
    """The key was sent before with another body, or to another address."""

    default_code = "key_reused"
    default_text = _(
        "This key was sent before with another request. A key belongs to one request and its "
        "repetitions; please make a new one."
    )


def fingerprint_of(*parts: bytes) -> str:
    """The SHA-256 of a request's parts, each told apart from the next."""
    whole = sha256()
    for part in parts:
        whole.update(b"%d:" % len(part))
        whole.update(part)
    return whole.hexdigest()


def rehearse(deed: Deed) -> Answered:
    """What would be answered; whatever was written on the way is undone."""
    with transaction.atomic():
        answered = deed()
        transaction.set_rollback(True)
    return answered


@transaction.atomic
def answer(deed: Deed) -> Answered:
    """Do it in one transaction, without a key."""
    return deed()


@transaction.atomic
def answer_once(
    *, token: ApiToken, key: str, fingerprint: str, deed: Deed, now: datetime
) -> Answered:
    """Do it and keep the answer in the same transaction, or answer what was kept.

    A second request with the key waits until the first is through: either it finds the answer,
    or nothing of the first was kept. What the deed raises leaves the key free. Raises KeyReused
    when the key belongs to another request.
    """
    claimed = _claim(token, key, fingerprint, now)
    if claimed is None:
        mine = ApiAnswer.objects.filter(token=token, key=key)
        mine.filter(made_at__lte=now - KEPT_FOR).delete()
        claimed = _claim(token, key, fingerprint, now)
    if claimed is None:
        return _again(mine.get(), fingerprint)
    answered = deed()
    claimed.status, claimed.body = answered.status, answered.body
    claimed.headers = dict(answered.headers)
    claimed.save(update_fields=["status", "headers", "body"])
    return answered


def _claim(token: ApiToken, key: str, fingerprint: str, now: datetime) -> ApiAnswer | None:
    """The row of the key, or None where it is taken; waits for whoever is about to take it."""
    try:
        with transaction.atomic():
            return ApiAnswer.objects.create(
                token=token, key=key, fingerprint=fingerprint, made_at=now
            )
    except IntegrityError:
        return None


def _again(kept: ApiAnswer, fingerprint: str) -> Answered:
    if kept.fingerprint != fingerprint:
        raise KeyReused
    return Answered(kept.status, kept.body, kept.headers, is_replayed=True)


def clear_answers(*, now: datetime) -> int:
    """Forget the answers whose time is over; how many there were."""
    old = ApiAnswer.objects.filter(made_at__lte=now - KEPT_FOR)
    return old.delete()[0]
