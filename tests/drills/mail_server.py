"""A real SMTP server on loopback that refuses, hangs, and keeps a log of all that it took.

`python -m tests.drills.mail_server PORT LOG SEED REFUSED`: addresses that begin with one of the
words REFUSED (separated by commas) are refused for good. The log has one JSON object a line.
"""

import asyncio
import json
import random
import sys
import time
from email import message_from_bytes

from aiosmtpd.controller import Controller

REFUSES, HANGS = 0.10, 0.02
"""Shares of all transactions: half of each before the mail is handed over, half after."""
HANG = 30.0
"""Seconds of silence, longer than any client waits."""


class Cruel:
    """Draws what becomes of each transaction when it begins."""

    def __init__(self, log, seed, refused):
        self.log, self.refused = log, tuple(refused)
        self.random = random.Random(seed)

    def write(self, what, envelope, mail_id=""):
        to = ",".join(envelope.rcpt_tos)
        line = {"at": time.time(), "what": what, "to": to, "id": mail_id}
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        envelope.fate = self.drawn()
        if address.startswith(self.refused):
            self.write("refused for good", envelope)
            return "550 5.1.1 Test: no such mailbox"
        if envelope.fate == "refused early":
            self.write("refused", envelope)
            return "450 4.2.0 Test: come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        mail_id = message_from_bytes(envelope.content)["Message-ID"].strip()
        if envelope.fate == "refused late":
            self.write("refused", envelope, mail_id)
            return "451 4.3.0 Test: come back later"
        if envelope.fate == "hangs":
            self.write("hung", envelope, mail_id)
            await asyncio.sleep(HANG)
            return "451 4.3.0 Test: nobody waits any more"
        if envelope.fate == "takes and hangs":
            self.write("taken without a word", envelope, mail_id)
            await asyncio.sleep(HANG)
            return "250 OK"
        self.write("taken", envelope, mail_id)
        return "250 OK"

    def drawn(self):
        number = self.random.random()
        for what, share in (
            ("refused early", REFUSES / 2),
            ("refused late", REFUSES / 2),
            ("hangs", HANGS / 2),
            ("takes and hangs", HANGS / 2),
        ):
            if number < share:
                return what
            number -= share
        return "taken"


def main():
    port, log, seed, refused = sys.argv[1:]
    with open(log, "a") as lines:
        handler = Cruel(lines, int(seed), [word for word in refused.split(",") if word])
        Controller(handler, hostname="127.0.0.1", port=int(port)).start()
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
