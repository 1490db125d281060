"""What the tests of the pages of reminders share: a past, a look, and what a reader hears."""

import re
from html import unescape

import time_machine

from commitments.services import notices
from tests.services.notices.conftest import local

PAGE = "/en/staff/reminders/"
MAY = " Update for May 2026, due on 15 June 2026"


def run(*day):
    """A tick, and everything it makes due."""
    now = local(*day)
    notices.plan_notices(now=now)
    notices.make_digests(now=now)
    for digest_id in notices.digests_to_send(now=now):
        notices.deliver_digest(digest_id, now=now)


def look(client, user, *day, path=PAGE):
    client.force_login(user)
    with time_machine.travel(local(*day), tick=False):
        return client.get(path)


def words(html):
    """What a reader hears of a piece of the page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def section(response, name):
    found = re.search(rf'id="{name}".*?</section>', response.text, re.DOTALL)
    return found.group() if found else None


def rows(html):
    """The cells of the tables, without their heads."""
    bodies = re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    return [
        [words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr[ >](.*?)</tr>", "".join(bodies), re.DOTALL)
    ]


def days(response):
    """Each coming day with its mails."""
    found = re.findall(
        r"<summary.*?>(.*?)</summary>(.*?)</details>", section(response, "coming"), re.DOTALL
    )
    return [(words(summary), rows(html)) for summary, html in found]
