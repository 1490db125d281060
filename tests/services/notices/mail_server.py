"""A real mail server on this machine that takes, refuses, hangs or drops the line as told."""

import asyncio
import socket
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller

HANG, DROP, TAKE_AND_DROP = "hang", "drop", "take and drop"
"""What it does instead of answering."""


class Postman:
    """Answers `mail`, `rcpt`, `data` and `quit` as it is told, else takes the mail into `taken`."""

    def __init__(self):
        self.taken = []
        self.answers = {}

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return await self._answer("mail", server)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        said = await self._answer("rcpt", server)
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        said = await self._answer("data", server)
        if said.startswith("250") or self.answers.get("data") == TAKE_AND_DROP:
            self.taken.append(message_from_bytes(envelope.content)["Message-ID"])
        return said

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return await self._answer("quit", server)

    async def _answer(self, step, server):
        told = self.answers.get(step, "250 OK")
        if told == HANG:
            await asyncio.Event().wait()
        if told in (DROP, TAKE_AND_DROP):
            server.transport.abort()
            return "421 gone"
        return told


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextmanager
def mail_server(settings):
    """Mail goes to it, and nobody waits longer than a fifth of a second."""
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_TIMEOUT = 0.2
    try:
        yield postman
    finally:
        controller.stop()
