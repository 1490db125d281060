"""Mail servers that take some mail and not other: real backends that keep what they take."""

import smtplib
from typing import Any, ClassVar

from django.core.mail.backends.locmem import EmailBackend


class Choosy(EmailBackend):
    """Refuses every recipient in `refused` for now, as a busy mail server does."""

    refused: ClassVar[set[str]] = set()

    def send_messages(self, messages):
        for message in messages:
            for address in self.refused.intersection(message.recipients()):
                raise smtplib.SMTPRecipientsRefused({address: (450, b"Test refusal")})
        return super().send_messages(messages)


class Unreachable(EmailBackend):
    """There is no mail server."""

    def send_messages(self, messages):
        raise ConnectionRefusedError(111, "Connection refused")


class Dying(EmailBackend):
    """Takes the mail, and then the sender meets what `of` is: an error, or a deed."""

    of: ClassVar[Any] = None

    def send_messages(self, messages):
        super().send_messages(messages)
        if isinstance(self.of, BaseException):
            raise self.of
        if type(self).of is not None:
            type(self).of()
