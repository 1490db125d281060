"""One mail of many things: a block for each commitment, in so many queries however long."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.emails.digest import build_digest
from commitments.models import Digest, Notice
from commitments.reports.subjects import SUBJECTS
from commitments.services.notices.about import ITEMS
from commitments.services.notices.content import content_of
from commitments.services.notices.planning import working_days
from commitments.services.notices.standing import facts_about
from commitments.text.mutes import mute_url
from tests import factories
from tests.services.notices.about.conftest import blocks, mail_to, plan, set_to
from tests.services.notices.conftest import local

DUE = {"due": "2026-06-30", "due_earliest": date(2026, 6, 30), "due_latest": date(2026, 6, 30)}


def fill(commitment, person, reviewer):
    """Something of every kind of which a reporter or officer can be told."""
    factories.MilestoneFactory(commitment=commitment, **DUE)
    set_to(commitment, **DUE)
    factories.ObligationFactory(
        commitment=commitment,
        period=commitment.programme.periods.first()
        or factories.ReportingPeriodFactory(programme=commitment.programme),
    )
    body = commitment.lead.organisation
    update = factories.StatusUpdateFactory(
        commitment=commitment, is_submitted=True, state="returned", author=person, body=body
    )
    factories.ReviewActionFactory(update=update, person=person)
    factories.ReviewActionFactory(
        update=update, deed="returned", person=reviewer, comment="Test comment"
    )
    handed_in = factories.StatusUpdateFactory(
        commitment=commitment, is_approved=True, author=person, approver=reviewer, body=body
    )
    factories.ReviewActionFactory(update=handed_in, deed="approved", person=reviewer)
    factories.ChangeRequestFactory(commitment=commitment, requester=person)
    evidence = factories.EvidenceFactory(
        update=factories.StatusUpdateFactory(commitment=commitment, is_published=True, body=body)
    )
    factories.SourceFaultFactory(source=evidence.source)


def test_every_kind_that_people_are_told_of_has_words():
    assert ITEMS.keys() == SUBJECTS.keys()


def test_one_commitment_is_one_block_with_what_is_late_first(asked, alice, dan):
    fill(asked.commitment, alice, dan)
    plan(7, 1)

    mail = mail_to(alice, 7, 1)
    (item,) = mail.items
    assert [line.kind for line in item.ordered] == ["owed", "due", "due", "returned", "evidence"]
    assert len(blocks(mail)) == 1
    assert build_digest(mail).subject == (
        "1 update late, due 15 June 2026; 2 dates past due; 2 more · Cam Kết"
    )


def test_a_mail_knows_its_reader(asked, alice, dan, erin):
    fill(asked.commitment, alice, dan)
    plan(7, 1)

    mail = mail_to(alice, 7, 1)
    assert (mail.to, mail.name, mail.mute_url) == ("alice@example.org", "Alice", mute_url(alice.pk))
    assert [(one.name, one.email, one.unit) for one in mail.helpers] == [
        ("Erin", "erin@example.org", "Test delivery unit")
    ]


def test_titles_are_in_the_language_of_the_mail_whatever_is_active(asked, alice, dan):
    set_to(asked.commitment, title_vi="Cam kết thử")
    fill(asked.commitment, alice, dan)
    plan(7, 1)
    own = list(Notice.objects.planned().filter(recipient=alice))
    digest = Digest(recipient=alice, language="vi", message_id="<test@example.org>")
    now = local(7, 1)

    facts = facts_about(own, now)
    mail = content_of(digest, own, facts, now=now, calendar=working_days(now))

    (item,) = mail.items
    assert (item.title, item.title.lang) == ("Cam kết thử", "vi")


@pytest.mark.parametrize("who", ["alice", "erin"])
def test_twenty_commitments_take_as_many_queries_as_one(
    asked, more, alice, dan, erin, who, request
):
    person = request.getfixturevalue(who)
    fill(asked.commitment, alice, dan)
    plan(7, 1)
    one = queries(person)
    for _number in range(19):
        fill(more(), alice, dan)
    plan(7, 1)

    assert len(mail_to(person, 7, 1).items) == 20
    assert queries(person) == one


def queries(person):
    now = local(7, 1)
    own = list(Notice.objects.planned().filter(recipient=person))
    facts, calendar = facts_about(own, now), working_days(now)
    digest = Digest(recipient=person, language="en", message_id="<test@example.org>")
    with CaptureQueriesContext(connection) as asked:
        build_digest(content_of(digest, own, facts, now=now, calendar=calendar))
    return len(asked)
