"""Mail servers that are down, or refuse an address for good."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.base import BaseEmailBackend


class Down(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError("Test: nobody listens")


class Refusing(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise SMTPRecipientsRefused({"anna@example.org": (550, b"5.1.1 no such user")})
