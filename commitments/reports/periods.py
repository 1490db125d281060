"""How a commitment was rated in each reporting period; what is missing stays missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commitments.models import Commitment, Obligation, ReportingPeriod, StatusUpdate
from commitments.reports.duties import duties
from commitments.text.periods import period_name


@dataclass(frozen=True, slots=True)
class Rating:
    """One period: what was said for it, or why nothing was.

    `state`: `said`, `in_review`, `retracted`, `missing`, `waived`, `due`, `coming` or `closed`;
    `update` is what stands for it now, be it a correction of what was handed in.
    """

    period: ReportingPeriod
    state: str
    says: SafeString
    update: StatusUpdate | None

    @property
    def name(self) -> str:
        return period_name(self.period.starts_on, self.period.ends_on)

    @property
    def word(self) -> str:
        """Why there is no rating; empty where there is one."""
        return {
            "missing": _("no update: missing"),
            "waived": _("update waived"),
            "due": _("update due"),
            "coming": _("not open yet"),
            "closed": _("closed, nothing owed"),
            "in_review": _("in review"),
            "retracted": _("retracted"),
        }.get(self.state, "")


def ratings(commitment: Commitment, said: Sequence[StatusUpdate], on: date) -> list[Rating]:
    """Every period in which an update was owed, the oldest first.

    Needs the obligations with their periods; `said` are the published updates with their
    retractions.
    """
    owed = {row.period_id: row for row in commitment.obligations.all()}
    return [
        _rating(owed[duty.period.pk], duty.state, duty.says, said, on)
        for duty in reversed(duties(commitment, on))
    ]


def _rating(
    row: Obligation, state: str, says: SafeString, said: Sequence[StatusUpdate], on: date
) -> Rating:
    if row.met_at is None:
        return Rating(row.period, _unmet(row, state, on), says, None)
    handed_in = _handed_in(row, said)
    if handed_in is None:
        return Rating(row.period, "in_review", says, None)
    stands = _standing(handed_in, said)
    return Rating(row.period, "said" if stands else "retracted", says, stands)


def _unmet(row: Obligation, state: str, on: date) -> str:
    if row.period.opens_on > on and not state:
        return "coming"
    return {"late": "missing", "": "closed"}.get(state, state)


def _handed_in(row: Obligation, said: Iterable[StatusUpdate]) -> StatusUpdate | None:
    """What met it: by the row itself, else the newest that speaks of the period.

    The public record does not say which update met a duty; a page of a past day knows the
    instant alone.
    """
    found = list(said)
    if row.met_by_id is not None:
        return next((one for one in found if one.pk == row.met_by_id), None)
    assert row.met_at is not None
    last = max(row.period.ends_on, localtime(row.met_at).date())
    return next(
        (one for one in found if one.as_of_on and row.period.starts_on <= one.as_of_on <= last),
        None,
    )


def _standing(update: StatusUpdate, said: Iterable[StatusUpdate]) -> StatusUpdate | None:
    """The update or what corrects it in the end; None where that was retracted."""
    found = list(said)
    while later := next((one for one in found if one.corrects_id == update.pk), None):
        update = later
    return None if getattr(update, "retraction", None) else update
