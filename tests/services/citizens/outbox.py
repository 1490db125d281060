"""What the tests of mails to citizens share: sending all that is due, and reading it."""

from django.core import mail

from commitments.filters.saved import SEARCHES
from commitments.services import citizen_mails
from commitments.services.subscriptions import weekly


def send_due(now):
    """Send every mail that is due, as the beat would; the messages that went."""
    before = len(mail.outbox)
    for mail_id in citizen_mails.citizen_mails_to_send(now=now):
        citizen_mails.deliver_citizen_mail(mail_id, now=now, searches=SEARCHES)
    return mail.outbox[before:]


def weekly_mails(now):
    """Plan the mails of the week and send them."""
    weekly.plan_weekly(now=now)
    return send_due(now)


def link_in(message, word):
    """The path of the address in a mail that has a word in it."""
    found = next(part for part in message.body.split() if part.startswith("http") and word in part)
    return "/" + found.partition("//")[2].partition("/")[2]
