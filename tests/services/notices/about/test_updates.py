"""What a mail says of updates on their way: waiting for review (R5), returned (R6)."""

from commitments.models import ReviewAction
from commitments.services import updates
from tests import deeds, factories
from tests.services.notices.about.conftest import SITE, blocks, mail_to, plan
from tests.services.notices.conftest import local


def test_a_reviewer_is_told_since_when_and_from_whom(asked, alice, dan, erin):
    update = deeds.submitted(alice, asked.commitment, now=local(6, 1))
    plan(6, 3)

    mail = mail_to(dan, 6, 3)
    assert blocks(mail) == [
        f"""CPT26-001 Test commitment
Test lead

* Update as of 1 June 2026, by Alice, Test lead. It has been waiting for you since 1 June 2026, 2 working days.

You are told as approver. Review the update:
{SITE}staff/updates/{update.pk}/"""
    ]
    assert [topic.value for topic in mail.topics] == ["R5"]


def test_an_officer_is_told_since_when_it_was_approved(asked, alice, dan, erin):
    update = deeds.submitted(alice, asked.commitment, now=local(6, 1))
    updates.approve_update(update=update, approver=dan, now=local(6, 3))
    plan(6, 5)

    (block,) = blocks(mail_to(erin, 6, 5))
    assert "waiting for you since 3 June 2026, 2 working days.\n" in block


def test_an_author_reads_the_comment_and_how_many_fields_have_one(asked, alice, dan):
    update = deeds.returned(alice, dan, asked.commitment, comment="Test:\r\n\r\nhow many trees?")
    action = ReviewAction.objects.get(deed="returned")
    for field in ("summary_en", "stage"):
        factories.FieldCommentFactory(action=action, field=field)
    plan(6, 1, 9)

    assert blocks(mail_to(alice, 6, 1, 9)) == [
        f"""CPT26-001 Test commitment
Test lead

* Your update as of 1 June 2026 was returned to you by Dan on 1 June 2026. 2 fields have comments of their own, which you see in the form.
  “Test: how many trees?”

Revise the update:
{SITE}staff/updates/{update.pk}/edit/"""
    ]


def test_a_long_comment_is_cut_on_a_word(asked, alice, dan):
    deeds.returned(alice, dan, asked.commitment, comment="Test comment " * 100)
    plan(6, 1, 9)

    ((line,),) = [item.lines for item in mail_to(alice, 6, 1, 9).items]
    assert (len(line.comment) <= 600, line.comment[-8:]) == (True, "comment…")


def test_who_can_take_it_over_is_told_that_its_author_left(asked, alice, dan):
    ben = factories.UserFactory(full_name="Ben")
    factories.MembershipFactory(user=ben, organisation=asked.body)
    update = deeds.returned(ben, dan, asked.commitment)
    ben.memberships.update(ended_on=local(6, 1).date())
    plan(6, 2)

    mail = mail_to(alice, 6, 2)
    assert blocks(mail) == [
        f"""CPT26-001 Test commitment
Test lead

* The update of Ben was returned by Dan on 1 June 2026, and Ben no longer reports here.
  “Test: please add figures.”

Take over the update:
{SITE}staff/updates/{update.pk}/"""
    ]
