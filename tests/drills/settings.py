"""The product's settings, with waits of seconds in place of minutes, so that a drill ends.

The number of tries, the order of all that happens and every line of code are the product's own.
"""

from datetime import timedelta

from commitments.rules import retries
from tracker.settings import *  # noqa: F403

DIGEST_LEASE_SECONDS = 30
TICK_LEASE_SECONDS = 15
retries.RETRY_AFTER = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 3, 5, 8, 8, 8))
