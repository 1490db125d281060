"""Of what anybody is asked at all: nobody is reminded of a duty that nobody gave them."""

from django.db.models import Q

from commitments.models import CLOSED, Cancelled, Commitment


def asked_of(path: str = "") -> Q:
    """Published commitments with reporting open that are not closed; `path` leads to them."""
    open_ones = Q(
        **{f"{path}published_at__isnull": False, f"{path}reporting_opened_on__isnull": False}
    )
    return open_ones & ~Q(**{f"{path}stage__in": CLOSED})


def why_not_asked(commitment: Commitment) -> Cancelled | None:
    """Why nobody is asked anything of it; None: somebody is."""
    given = commitment.published_at is not None and commitment.reporting_opened_on is not None
    return None if given and not commitment.is_closed else Cancelled.CLOSED
