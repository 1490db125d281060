"""Mails that were given up go out after all, once, when an officer asks for it."""

from datetime import timedelta

import pytest
from django.core import mail

from commitments.errors import Forbidden, WrongState
from commitments.models import Digest, Notice
from commitments.services import notices
from commitments.services.nudges import nudge
from tests import factories
from tests.services.notices.conftest import local, rows
from tests.services.notices.test_claim import at_once

DAY = local(6, 18)
LATER = DAY + timedelta(hours=2)


def run(now):
    notices.plan_notices(now=now)
    notices.make_digests(now=now)
    return [notices.deliver_digest(pk, now=now) for pk in notices.digests_to_send(now=now)]


def told():
    return sorted(message.to[0].split("@")[0] for message in mail.outbox)


@pytest.fixture
def dead(owed):
    """On 18 June the mails to Alice and Dan were given up."""
    notices.plan_notices(now=DAY)
    notices.make_digests(now=DAY)
    Digest.objects.update(state="dead", tries=8, last_error="Test error")
    return list(Digest.objects.order_by("pk"))


def retry(digest, by, now=LATER):
    return notices.retry_digest(digest=digest, by=by, now=now)


def test_retry_digest_lets_it_go_out_at_the_next_tick_and_once(dead, owed, erin):
    made = retry(dead[0], erin)

    assert (made.state, made.tries, made.next_try_at, made.again_by, made.again_at) == (
        "planned", 0, LATER, erin, LATER,
    )  # fmt: skip
    assert [run(LATER), run(LATER), run(LATER + timedelta(hours=1))] == [[True], [], []]
    assert told() == ["alice"]
    assert mail.outbox[0].extra_headers["Message-ID"] == dead[0].message_id
    again = Digest.objects.get(pk=dead[0].pk)
    assert (again.state, again.tries, again.last_error) == ("sent", 1, "")


def test_retry_digest_takes_up_what_came_since_and_leaves_out_what_was_met(dead, owed, erin, met):
    met(owed.obligation, LATER)
    retry(dead[0], erin)

    assert (run(LATER), told()) == ([False], [])
    assert {one.state for one in Notice.objects.all()} == {"cancelled", "superseded"}


def refusal(deed):
    with pytest.raises(WrongState) as refused:
        deed()
    return refused.value.code


def test_retry_digest_is_refused_for_what_is_not_given_up_any_more(dead, erin):
    retry(dead[0], erin)
    assert refusal(lambda: retry(dead[0], erin)) == "not_given_up"
    run(LATER)
    assert refusal(lambda: retry(dead[0], erin)) == "not_given_up"


def test_retry_digest_is_refused_for_an_earlier_day_whose_notices_go_on(dead, erin):
    assert refusal(lambda: retry(dead[0], erin, local(6, 19))) == "of_an_earlier_day"

    assert run(local(6, 19)) == [True, True]
    assert refusal(lambda: retry(dead[0], erin, local(6, 19))) == "of_an_earlier_day"


def test_retry_digest_is_refused_when_nothing_is_left(dead, owed, erin, met):
    met(owed.obligation, LATER)
    notices.plan_notices(now=LATER)

    assert refusal(lambda: retry(dead[0], erin)) == "nothing_left"


@pytest.fixture
def dead_single(owed, erin):
    nudge(obligation=owed.obligation, by=erin, now=local(6, 9))
    notices.make_digests(now=local(6, 9))
    Digest.objects.filter(kind="single").update(state="dead", tries=8)
    return Digest.objects.get(kind="single")


def test_retry_digest_of_a_single_mail_is_not_bound_to_its_day(dead_single, erin):
    retry(dead_single, erin, local(6, 13))

    assert notices.digests_to_send(now=local(6, 13)) == [dead_single.pk]
    assert notices.deliver_digest(dead_single.pk, now=local(6, 13)) is True
    assert rows(rule="N1") == [("N1", "20260609", "Alice", "sent")]
    run(local(6, 15))
    assert rows(rule="N1", digest=dead_single) == [("N1", "20260609", "Alice", "sent")]


def test_retry_digest_of_a_single_mail_whose_notice_went_with_another(dead_single, erin):
    assert run(local(6, 10)) == [True]

    assert refusal(lambda: retry(dead_single, erin, local(6, 10))) == "nothing_left"
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_retry_digest_is_for_officers(who, dead, request):
    person = request.getfixturevalue(who)

    with pytest.raises(Forbidden):
        retry(dead[0], person)
    assert (notices.retry_all(by=person, now=LATER), told()) == (0, [])


def test_retry_digest_is_not_for_officers_of_other_programmes(dead):
    other = factories.ProgrammeFactory(slug="test-other", code="O")
    other.delivery_unit = factories.OrganisationFactory(slug="test-unit-2", kind="ministry")
    other.save()
    fay = factories.UserFactory(email="fay@example.org")
    factories.MembershipFactory(user=fay, organisation=other.delivery_unit, role="officer")

    with pytest.raises(Forbidden):
        retry(dead[0], fay)
    assert notices.retry_all(by=fay, now=LATER) == 0


def test_retry_all_takes_what_can_be_tried_again_in_few_queries(
    dead, owed, erin, django_assert_num_queries
):
    def single(number):
        return factories.DigestFactory(
            recipient=owed.sam, kind="single", state="dead", day_on=local(6, 1).date(),
            message_id=f"<single-{number}@example.org>",
        )  # fmt: skip

    singles = [single(number) for number in range(20)]
    for number, one in enumerate(singles[:19]):
        factories.NoticeFactory(
            digest=one, recipient=owed.sam, commitment=owed.commitment, cycle=f"test-{number}"
        )
    factories.DigestFactory(recipient=owed.sam, state="dead", day_on=local(6, 17).date())
    assert notices.retriable(erin, LATER).count() == 21
    _roles = erin.roles

    with django_assert_num_queries(2):
        assert notices.retry_all(by=erin, now=LATER) == 21

    assert Digest.objects.filter(again_by=erin, again_at=LATER, state="planned").count() == 21
    assert notices.retry_all(by=erin, now=LATER) == 0
    for one in dead:
        assert notices.deliver_digest(one.pk, now=LATER) is True
    assert told() == ["alice", "dan"]


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_who_ask_at_once_send_one_mail(dead, erin, attempt):
    def ask():
        try:
            return retry(dead[0], erin).pk
        except WrongState:
            return 0

    assert sorted(at_once(ask, 3)) == [0, 0, dead[0].pk]
    at_once(lambda: notices.deliver_digest(dead[0].pk, now=LATER), 3)
    assert told() == ["alice"]
