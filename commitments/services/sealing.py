"""Secrets that we have to read again, such as that of an authenticator app, sealed at rest.

Under a key made from SECRET_KEY: a copy of the database alone is of no use. While SECRET_KEY is
changed, the former one stands in SECRET_KEY_FALLBACKS.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "commitments.sealing"


def seal(text: str) -> str:
    return _sealer().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The text again; None where it was not sealed by us, or under a key that is gone."""
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _sealer() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str) -> bytes:
    made = salted_hmac(SALT, "", secret=secret, algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest())
