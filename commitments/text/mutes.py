"""The address under which a mail is muted without logging in: signed, one a person."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse


def mute_url(person_id: int) -> str:
    """The absolute address of a person's page; the same for as long as the key is."""
    return f"{settings.SITE_URL}{reverse('mail-mute', args=[_signer().sign(str(person_id))])}"


def read_token(token: str) -> int | None:
    """The id of the person whose token it is; None for one that was not made here."""
    try:
        return int(_signer().unsign(token))
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(sep=".", salt="commitments.mutes")
