"""What a mail says where nobody is there: nobody who reports, nobody whom mail reaches (R9)."""

from commitments.models import Notice
from tests import factories
from tests.services.notices.about.conftest import SITE, blocks, mail_to, plan, set_to
from tests.services.notices.conftest import local


def test_nobody_reports_leads_to_the_form_that_assigns(asked, dan, erin):
    set_to(asked.charge, ended_at=local(6, 10))
    plan(6, 10, 9)

    assert blocks(mail_to(erin, 6, 10, 9)) == [
        f"""CPT26-001 Test commitment
Test lead

* Updates are asked of this commitment, and since 10 June 2026 nobody is in charge of reporting on it.
  Reminded today as well: Dan (approver)

You are told as delivery-unit officer. Assign somebody:
{SITE}staff/commitments/test-commitment/assignments/add/"""
    ]


def test_the_next_week_names_who_was_told_before(asked, dan, erin):
    set_to(asked.charge, ended_at=local(6, 10))
    plan(6, 10, 9)
    digest = factories.DigestFactory(state="sent", sent_at=local(6, 10, 9))
    Notice.objects.planned().update(state="sent", digest=digest)
    plan(6, 17, 9)

    (block,) = blocks(mail_to(dan, 6, 17, 9))
    assert (
        "  Reminded before: Erin (delivery-unit officer) on 10 June 2026\n"
        "  Reminded today as well: Erin (delivery-unit officer)\n"
    ) in block


def test_an_address_that_fails_is_a_block_of_its_own(asked, alice, dan, erin):
    for day, address in ((2, "old"), (8, "alice"), (9, "ALICE"), (10, "alice")):
        factories.MailFaultFactory(
            person=alice, address=f"{address}@example.org", happened_at=local(6, day)
        )
    plan(6, 10, 9)

    mail = mail_to(erin, 6, 10, 9)
    assert blocks(mail) == [
        f"""Alice

* Mail to alice@example.org failed 3 times. It failed first on 8 June 2026 and last on 10 June 2026.
  Reminded today as well: Dan (approver)

You are told as delivery-unit officer. See the person's page:
{SITE}staff/people/{alice.pk}/"""
    ]
    (item,) = mail.items
    assert (item.thread, item.is_demo, mail.helpers) == (f"address-{alice.pk}", False, [])


def test_a_person_of_the_demonstration_is_marked(asked, alice, erin):
    set_to(asked.body, is_demo=True)
    for day in (8, 9, 10):
        factories.MailFaultFactory(
            person=alice, address="alice@example.org", happened_at=local(6, day)
        )
    plan(6, 10, 9)

    assert mail_to(erin, 6, 10, 9).is_demo is True
