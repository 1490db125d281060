"""Codes of an authenticator app, and logging in by hand."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

LOG_IN = "/en/staff/log-in/"
ASKS_CODE = "/en/staff/account/factors/log-in/"
FACTORS = "/en/staff/account/factors/"
CONFIRM = "/en/staff/account/confirm/"
CONFIRM_CODE = "/en/staff/account/factors/confirm/"
PASSWORD = "a password of the test"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret=SECRET, *, steps=0):
    """What the app shows now, or so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_password(person):
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def with_app(person):
    """Whoever has an app has recovery codes too."""
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return with_password(person)


def codes_of(person):
    row = Authenticator.objects.get(user=person, type="recovery_codes")
    return row.wrap().get_unused_codes()


def log_in(client, person, *, password=PASSWORD, **more):
    return client.post(LOG_IN, {"username": person.email, "password": password} | more)


def is_in(client):
    return "_auth_user_id" in client.session
