"""Which releases are owed by now, and which are kept no longer."""

import shutil
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from commitments.models import Cadence, Release, ReleaseKind, ReportingPeriod
from commitments.services.releases.making import folder_of, head_sequence, make

A_DAY = timedelta(days=1)
NIGHTS = 30
"""How many releases of a night are kept; of those before, the last one of each month."""


def make_owed(*, today: date, now: datetime) -> int:
    """Make what is owed by now, and put away what is kept no longer; how many were made.

    A night in which nothing was published has no release: the newest still says everything.
    """
    if not head_sequence():
        return 0
    made = [make(kind=kind, name=name, today=today, now=now) for kind, name in _owed(today)]
    put_away(today=today)
    tidy(now=now)
    return len(made)


def make_now(*, today: date, now: datetime) -> Release:
    """A release by hand: of today, numbered where there is one already. The newest one, where
    nothing was published since."""
    newest = Release.objects.there().first()
    if newest and newest.sequence == head_sequence():
        return newest
    kind = ReleaseKind.NIGHTLY
    return make(kind=kind, name=_free_name(today.isoformat()), today=today, now=now)


def _owed(today: date) -> Iterator[tuple[ReleaseKind, str]]:
    nightly, name = ReleaseKind.NIGHTLY, today.isoformat()
    newest = Release.objects.there().filter(kind=nightly).first()
    is_behind = newest is None or newest.sequence != head_sequence()
    if is_behind and not Release.objects.filter(kind=nightly, made_on=today).exists():
        yield nightly, _free_name(name)
    known = set(Release.objects.filter(kind=ReleaseKind.PERIOD).values_list("name", flat=True))
    for locked in _locked(today):
        if locked not in known:
            yield ReleaseKind.PERIOD, locked


def _locked(today: date) -> list[str]:
    """The newest period of each cadence that is locked by now, whatever programmes share it."""
    newest: dict[str, str] = {}
    rows = ReportingPeriod.objects.filter(locks_on__lte=today, programme__is_demo=False)
    for cadence, starts_on in rows.order_by("starts_on").values_list(
        "programme__cadence", "starts_on"
    ):
        newest[cadence] = _period_name(cadence, starts_on)
    return list(newest.values())


def _period_name(cadence: str, starts_on: date) -> str:
    if cadence == Cadence.QUARTERLY:
        return f"{starts_on:%Y}-Q{(starts_on.month + 2) // 3}"
    return f"{starts_on:%Y-%m}"


def _free_name(name: str) -> str:
    taken = set(Release.objects.filter(name__startswith=name).values_list("name", flat=True))
    number = 2
    while name in taken:
        name, number = f"{name[:10]}-{number}", number + 1
    return name


def put_away(*, today: date) -> int:
    """Say of nightly releases that they are gone, then remove their files."""
    nightly = Release.objects.there().filter(kind=ReleaseKind.NIGHTLY)
    gone = [one.pk for one in _superfluous(nightly)]
    Release.objects.filter(pk__in=gone).update(removed_on=today)
    for name in Release.objects.filter(removed_on__isnull=False).values_list("name", flat=True):
        shutil.rmtree(folder_of(name), ignore_errors=True)
    return len(gone)


def _superfluous(newest_first: Iterable[Release]) -> Iterator[Release]:
    months = set()
    for place, release in enumerate(newest_first):
        month = f"{release.made_on:%Y-%m}"
        if place >= NIGHTS and month in months:
            yield release
        months.add(month)


def tidy(*, now: datetime) -> None:
    """Remove what a process left behind that was ended while it wrote."""
    for folder in Path(settings.RELEASES_DIR).glob(".making-*"):
        if folder.stat().st_mtime < (now - A_DAY).timestamp():
            shutil.rmtree(folder, ignore_errors=True)
