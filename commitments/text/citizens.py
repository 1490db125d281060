"""Signed words for people without an account: links in mails, and the stamp of a form."""

from datetime import UTC, datetime
from secrets import token_urlsafe

from django.core.signing import BadSignature, Signer

NONCE_BYTES = 18


def new_nonce() -> str:
    return token_urlsafe(NONCE_BYTES)


def sign(purpose: str, *parts: str) -> str:
    """A token for one purpose: none of another purpose is taken for it."""
    return _signer(purpose).sign(":".join(parts))


def read(purpose: str, token: str) -> list[str] | None:
    """The parts of a token; None for one that was not made here for this purpose."""
    try:
        return _signer(purpose).unsign(token).split(":")
    except BadSignature:
        return None


def make_stamp(form_id: str, now: datetime) -> str:
    """Says when a form was shown, and which showing it was; stands in the form itself, so that
    no cookie is needed."""
    return sign("form", form_id, str(int(now.timestamp())))


def read_stamp(stamp: str) -> tuple[str, datetime] | None:
    """Which form, and when it was shown; None for a stamp that is not ours."""
    parts = read("form", stamp)
    if parts is None or len(parts) != 2:
        return None
    return parts[0], datetime.fromtimestamp(int(parts[1]), UTC)


def _signer(purpose: str) -> Signer:
    return Signer(sep=".", salt=f"commitments.citizens.{purpose}")
