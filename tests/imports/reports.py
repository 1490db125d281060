"""Delivery reports as mail servers write them."""

POSTFIX = b"""From: MAILER-DAEMON@mx.example.org
To: cam-ket@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-1@mx.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 0123456789
Arrival-Date: Mon,  8 Jun 2026 08:30:02 +0700 (ICT)

Final-Recipient: rfc822; alice@example.org
Original-Recipient: rfc822;alice@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; inbox.example.org
Diagnostic-Code: smtp; 550 5.1.1 <alice@example.org>: user
    unknown

--B
Content-Type: text/rfc822-headers

From: cam-ket@example.org
To: alice@example.org
Message-ID: <digest-1-20260608@cam-ket.example.org>
Subject: Test

--B--
"""

WHOLE_MAIL = POSTFIX.replace(b"text/rfc822-headers", b"message/rfc822")

DELAYED = POSTFIX.replace(b"Action: failed", b"Action: delayed").replace(b"5.1.1", b"4.4.1")

TWO = POSTFIX.replace(
    b"\n--B\nContent-Type: text/rfc822-headers",
    b"""
Final-Recipient: rfc822; <Dan@Example.org>
Action: failed
Status: 5.2.2 (mailbox full)

Final-Recipient: rfc822; erin@example.org
Action: delivered
Status: 2.0.0

--B
Content-Type: text/rfc822-headers""",
)

FORWARDED = POSTFIX.replace(
    b"Final-Recipient: rfc822; alice@example.org", b"Final-Recipient: rfc822; a.private@example.com"
)
