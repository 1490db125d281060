"""What a mail says of requests to change the plan (R7)."""

from tests import factories
from tests.services.notices.about.conftest import SITE, blocks, mail_to, plan
from tests.services.notices.conftest import local


def test_the_decider_is_told_what_is_asked_by_whom_since_when(asked, alice, erin):
    change = factories.ChangeRequestFactory(
        commitment=asked.commitment, kind="date_moved", subject="milestone/2", requester=alice,
        requested_at=local(6, 1),
    )  # fmt: skip
    plan(6, 4)

    mail = mail_to(erin, 6, 4)
    assert blocks(mail) == [
        f"""CPT26-001 Test commitment
Test lead

* Milestone 2: date moved: Alice asked for it on 1 June 2026, 3 working days ago.

You are told as delivery-unit officer. Decide on the request:
{SITE}staff/changes/{change.pk}/"""
    ]
    assert [topic.value for topic in mail.topics] == ["R7"]
