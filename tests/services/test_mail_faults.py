"""Mail that came back is counted against an address, once a report; an address is cleared."""

import pytest

from commitments.errors import Forbidden
from commitments.models import MailFault
from commitments.rules.mail_faults import Bounce, is_unreached
from commitments.services.mail_faults import Outcome, clear_address, record_bounce
from tests import factories
from tests.factories.clock import NOW
from tests.services.notices.test_claim import at_once


def bounce(*addresses, **said):
    return record_bounce(bounce=Bounce(addresses, **{"code": "5.1.1"} | said), now=NOW)


def noted():
    return list(
        MailFault.objects.order_by("pk").values_list(
            "person__full_name", "address", "kind", "code", "said", "report_id", "digest"
        )
    )


def test_record_bounce_finds_the_person_however_the_address_is_written(alice):
    assert bounce("ALICE@example.ORG", said="no such\x00 user", report_id="r1") == Outcome.COUNTED

    assert noted() == [
        ("Alice", "alice@example.org", "bounced", "5.1.1", "no such user", "r1", None)
    ]


def test_record_bounce_counts_a_report_once_and_nameless_ones_each_time(alice, dan):
    long = "x" * 400
    told = [
        bounce("alice@example.org", report_id="r1"),
        bounce("alice@example.org", report_id="r1"),
        bounce("dan@example.org", report_id="r1"),
        bounce("alice@example.org", report_id=long + "1"),
        bounce("alice@example.org", report_id=long + "2"),
        bounce("alice@example.org", report_id=long + "2"),
        bounce("alice@example.org"),
        bounce("alice@example.org"),
    ]

    assert [one.value for one in told] == [
        "counted", "known", "counted", "counted", "counted", "known", "counted", "counted",
    ]  # fmt: skip
    assert is_unreached(alice.mail_faults.all(), "alice@example.org")
    assert not is_unreached(dan.mail_faults.all(), "dan@example.org")


@pytest.mark.parametrize("code", ["4.2.2", "450", "2.0.0"])
def test_record_bounce_does_not_count_what_may_still_arrive(code, alice):
    assert (bounce("alice@example.org", code=code), noted()) == (Outcome.SOFT, [])


@pytest.mark.parametrize("code", ["", "nonsense", "5.7.1"])
def test_record_bounce_counts_whatever_else_came_back(code, alice):
    assert bounce("alice@example.org", code=code) == Outcome.COUNTED
    assert [row[3] for row in noted()] == ["5.7.1" if code == "5.7.1" else ""]


def test_record_bounce_knows_our_mail(alice, dan):
    mail = factories.DigestFactory(recipient=alice, message_id="<ours@example.org>")
    other = "elsewhere@example.com"

    told = [
        bounce("alice@example.org", message_id="<ours@example.org>"),
        bounce(other, message_id="<ours@example.org>"),
        bounce(other, "dan@example.org", message_id="<ours@example.org>"),
        bounce(other, message_id="<theirs@example.org>"),
        bounce(other),
    ]

    assert [one.value for one in told] == ["counted", "counted", "counted", "unknown", "unknown"]
    assert [(row[0], row[1], row[6]) for row in noted()] == [
        ("Alice", "alice@example.org", mail.pk),
        ("Alice", "alice@example.org", mail.pk),
        ("Dan", "dan@example.org", None),
    ]


def test_clear_address_ends_all_faults_of_the_present_address(alice, dan):
    for address in ("alice@example.org", "Alice@Example.org", "old@example.org"):
        factories.MailFaultFactory(person=alice, address=address, kind="bounced")
    other = factories.MailFaultFactory(person=dan, address="dan@example.org")

    assert [clear_address(person=alice, by=dan, now=NOW) for _twice in range(2)] == [2, 0]

    rows = MailFault.objects.standing().order_by("pk").values_list("address", flat=True)
    assert list(rows) == ["old@example.org", other.address]


def test_a_new_address_starts_without_faults(alice):
    for _number in range(3):
        bounce("alice@example.org")
    alice.email = "alice.new@example.org"
    alice.save()

    assert not is_unreached(alice.mail_faults.all(), alice.email)
    assert bounce("alice@example.org") == Outcome.UNKNOWN


def test_mail_to_a_former_address_that_comes_back_later_does_not_speak_against_the_new_one(alice):
    mail = factories.DigestFactory(recipient=alice, message_id="<ours@example.org>")
    alice.email = "alice.new@example.org"
    alice.save()

    for address in ("Alice@example.org", "elsewhere@example.com"):
        bounce(address, message_id="<ours@example.org>")

    assert [(row[1], row[6]) for row in noted()] == [
        ("Alice@example.org", mail.pk),
        ("alice.new@example.org", mail.pk),
    ]


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
def test_clear_address_is_for_who_is_told_of_it(who, alice, request):
    factories.MailFaultFactory(person=alice, address=alice.email)

    with pytest.raises(Forbidden):
        clear_address(person=alice, by=request.getfixturevalue(who), now=NOW)
    assert MailFault.objects.standing().count() == 1


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_one_report_that_comes_three_times_at_once_counts_once(alice):
    told = at_once(lambda: bounce("alice@example.org", report_id="r1").value, 3)

    assert sorted(told) == ["counted", "known", "known"]
