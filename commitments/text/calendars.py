"""The secret part of a person's calendar address: the nonce of its row, signed."""

from django.core.signing import BadSignature, Signer


def sign_nonce(nonce: str) -> str:
    """What stands in the address; who only reads the rows cannot make it."""
    return _signer().sign(nonce)


def read_nonce(token: str) -> str | None:
    """The nonce of a token; None for one that was not made here."""
    try:
        return _signer().unsign(token)
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(sep=".", salt="commitments.calendars")
