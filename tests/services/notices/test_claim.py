"""Two workers want the same digest: on a real server, in two connections, one mail goes out."""

from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection

from commitments.models import Digest, Notice
from commitments.services import notices
from tests.services.notices.conftest import local

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


def at_once(work, count):
    """Run the same in threads that start together; what each came back with."""
    barrier, results = Barrier(count), []

    def worker():
        try:
            barrier.wait()
            results.append(work())
        finally:
            connection.close()

    threads = [Thread(target=worker) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("attempt", range(5))
def test_two_workers_send_one_mail(owed, attempt):
    now = local(6, 8)
    notices.plan_notices(now=now)
    notices.make_digests(now=now)
    digest = Digest.objects.get()

    results = at_once(lambda: notices.deliver_digest(digest.pk, now=now), 2)

    assert sorted(results) == [False, True]
    assert [message.to for message in mail.outbox] == [["alice@example.org"]]
    digest.refresh_from_db()
    assert (digest.state, digest.tries) == ("sent", 1)


@pytest.mark.parametrize("attempt", range(5))
def test_three_planners_leave_each_notice_and_each_digest_once(owed, attempt):
    now = local(7, 1)

    def tick():
        notices.plan_notices(now=now)
        notices.make_digests(now=now)
        return True

    assert at_once(tick, 3) == [True] * 3

    pending = Notice.objects.planned().values_list("recipient__full_name", "step", "digest__state")
    assert sorted(pending) == [(name, "+10", "planned") for name in ("Alice", "Dan", "Erin", "Sam")]
    assert Digest.objects.count() == 4
