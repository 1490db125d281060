"""A mail that says something of every kind, without any row: to somebody who has every role."""

from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from commitments.emails.digest import (
    AddressLine,
    ChangeLine,
    ChargeLine,
    DigestMail,
    DueLine,
    EvidenceLine,
    Helper,
    Item,
    Link,
    OwedLine,
    ReturnedLine,
    ReviewLine,
    Told,
)
from commitments.emails.quoted import Quoted, quoted
from commitments.models import Role, SourceFaultKind, Topic
from commitments.rules.moments import VIETNAM
from commitments.services.notices.about import _links as links

SITE = "https://cam-ket.example.org"
MUTE = f"{SITE}/mail/mute/1.test/"


def said(vi, en):
    """A text of the record in the language that is active."""
    return quoted({"text_vi": vi, "text_en": en}, "text")


class Slug:
    """As much of a commitment as an address needs."""

    def __init__(self, slug):
        self.slug = slug


PLEDGE, TASK = Slug("test-pledge"), Slug("test-task")


def owed(month=5, days_late=0, **more):
    """May's update, due on 15 June, to whom reports."""
    more = {"role": Role.REPORTER, "links": (links.write_update(PLEDGE),)} | more
    last = date(2026, month, 31 if month == 5 else 30)
    return OwedLine(
        starts_on=date(2026, month, 1),
        ends_on=last,
        due_on=date(2026, month + 1, 15),
        days_late=days_late,
        **more,
    )


def due(text="2026-06-30", day=date(2026, 6, 30), days_left=7, title=None, **more):
    more = {"role": Role.REPORTER, "links": (links.write_update(PLEDGE),)} | more
    return DueLine(title=title, due=text, due_on=day, days_left=days_left, **more)


def review(**more):
    return ReviewLine(
        since_on=date(2026, 6, 18),
        working_days=2,
        author="Test Author",
        body=said("Đơn vị thử", "Test body"),
        as_of_on=date(2026, 5, 31),
        role=Role.OFFICER,
        topic=Topic.REVIEW,
        links=(Link(_("Review the update"), "staff:update-detail", 7, True),),
        **more,
    )


def returned(comment="Please say how many trees.", fields=2, **more):
    return ReturnedLine(
        since_on=date(2026, 6, 19),
        reviewer="Test Reviewer",
        comment=Quoted(comment, "en"),
        field_comments=fields,
        as_of_on=date(2026, 5, 31),
        role=Role.REPORTER,
        links=(Link(_("Revise the update"), "staff:update-edit", 8, True),),
        **more,
    )


def change(**more):
    return ChangeLine(
        since_on=date(2026, 6, 11),
        working_days=7,
        heading=_("Due date moved"),
        requester="Test Author",
        role=Role.OFFICER,
        topic=Topic.CHANGES,
        links=(links.decide_change(9),),
        **more,
    )


def evidence(fault=SourceFaultKind.BROKEN, note="", **more):
    return EvidenceLine(
        since_on=date(2026, 6, 17),
        source=Quoted("Bài báo thử nghiệm", "vi"),
        fault=fault,
        note=Quoted(note, "en"),
        role=Role.REPORTER,
        links=(Link(_("Correct the update"), "staff:update-create", "test-pledge", True),),
        **more,
    )


def charge(**more):
    return ChargeLine(
        since_on=date(2026, 6, 15),
        role=Role.OFFICER,
        links=(links.assign_somebody(TASK),),
        **more,
    )


def address(times=3):
    return AddressLine(
        address="gone@example.org",
        times=times,
        since_on=date(2026, 6, 9),
        last_on=date(2026, 6, 19),
        role=Role.OFFICER,
        links=(links.see_person(12),),
    )


def pledge(*lines):
    return Item(
        title=said("Cam kết thử: trồng một triệu cây", "Test pledge: plant a million trees"),
        lines=lines,
        thread="commitment-test-pledge",
        reference="CPT26-001",
        body=said("Doanh nghiệp thử", "Test firm"),
    )


def task(*lines):
    """It has no English title, and nobody leads it."""
    return Item(
        title=said("Nhiệm vụ thử", ""),
        lines=lines,
        thread="commitment-test-task",
        reference="GTT26-002",
    )


def person(*lines):
    return Item(title=Quoted("Test Gone", ""), lines=lines or (address(),), thread="address-12")


def mail(*items, language="en", **more):
    """The mail of 23 June 2026."""
    facts = {
        "to": "alice@example.org",
        "name": "Alice",
        "message_id": "<digest-1-20260623@cam-ket.example.org>",
        "sent_at": datetime(2026, 6, 23, 8, 30, tzinfo=VIETNAM),
        "mute_url": MUTE,
    }
    return DigestMail(language=language, items=items, **(facts | more))


def rich(language):
    """Everything at once, given in no order."""
    with translation.override(language):
        told = {
            "told": [
                Told("Test Reporter", Role.REPORTER, date(2026, 6, 16)),
                Told("Test Gone", None, date(2026, 6, 16)),
            ],
            "also": [Told("Test Approver", Role.APPROVER), Told("Test Somebody", None)],
        }
        milestone = said("", "Test milestone")
        ask = (links.write_update(PLEDGE), links.move_date(PLEDGE, 2))
        officer = {"role": Role.OFFICER, "links": (links.see_commitment(TASK, Role.OFFICER),)}
        return mail(
            task(
                change(),
                review(),
                charge(**told),
                due("2026-Q2", date(2026, 6, 22), -1, **officer, **told),
            ),
            person(),
            pledge(
                evidence(note="Page not found"),
                due("2026", date(2026, 12, 31), 191, milestone, links=ask, topic=Topic.DUE_SOON),
                owed(days_late=6, **told),
                owed(month=6),
                returned(),
            ),
            language=language,
            helpers=[Helper("Erin", "erin@example.org", said("Đơn vị thử", "Test unit"))],
        )
