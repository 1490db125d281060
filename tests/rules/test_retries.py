"""How long a mail that could not be sent waits, and that those that failed together part."""

from datetime import timedelta

import pytest

from commitments.rules.retries import JITTER, MAX_TRIES, next_try
from tests.factories.clock import NOW

WAITS = [1, 5, 15, 60, 240, 240, 240]


def wait(tries, name):
    return (next_try(tries, NOW, name) - NOW) / timedelta(minutes=1)


def test_next_try_backs_off_and_gives_up():
    assert MAX_TRIES == 8
    assert [wait(tries, "") for tries in range(1, 8)] == WAITS
    assert [next_try(tries, NOW, name) for tries in (8, 9, 100) for name in ("", "<a>")] == [
        None
    ] * 6


@pytest.mark.parametrize(("tries", "minutes"), list(enumerate(WAITS, start=1)))
def test_next_try_of_mails_that_failed_together_is_spread(tries, minutes):
    """At most a quarter more, never less; and no tenth of that span stays empty."""
    shares = [
        (wait(tries, f"<digest-{number}-20260608@example.org>") / minutes - 1) / JITTER
        for number in range(1000)
    ]

    assert min(shares) >= 0
    assert max(shares) < 1
    tenths = [int(share * 10) for share in shares]
    assert [60 < tenths.count(tenth) < 140 for tenth in range(10)] == [True] * 10


def test_next_try_of_one_mail_is_always_the_same():
    assert wait(1, "<a@example.org>") == wait(1, "<a@example.org>")
    assert wait(1, "<a@example.org>") != wait(1, "<b@example.org>")


def test_next_try_of_one_mail_does_not_lag_equally_each_time():
    """Who waits longest once is not the last every time."""
    lags = [wait(tries, "<a@example.org>") / minutes for tries, minutes in enumerate(WAITS, 1)]

    assert len(set(lags)) == len(WAITS)
