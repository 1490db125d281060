"""A long public record that is made up, on a throw-away database, for measuring pages only."""

from datetime import date, timedelta

from django.db import connection, models

from commitments.models import (
    Commitment,
    Evidence,
    Participation,
    Programme,
    Projection,
    Source,
    Stage,
    StatusUpdate,
    User,
)
from commitments.rules.moments import at_minute
from commitments.services.throwaway import _AT, _bulk, make_owed

UPDATES, EVIDENCE = 20, 3
"""Published updates of each commitment, and sources of each update."""
SLUG = "bench"
_FIRST = date(2026, 1, 1)
_STAGES = (Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.PAUSED, Stage.REPORTED_COMPLETE)


def make_record(count: int) -> None:
    """So many published commitments with their updates and evidence, by rows and without events.

    The read models forget how far they had followed, so that they are made whole anew.
    """
    make_owed(count)
    programme = Programme.objects.get(slug=SLUG)
    led = dict(
        Participation.objects.filter(commitment__programme=programme).values_list(
            "commitment", "organisation"
        )
    )
    author, approver, publisher = User.objects.order_by("pk").values_list("pk", flat=True)[:3]
    hands = {"author_id": author, "approver_id": approver, "publisher_id": publisher}
    keys = sorted(led)
    sources = _bulk(Source, max(EVIDENCE, count), _source)
    updates = _bulk(
        StatusUpdate, count * UPDATES, lambda n: _update(n, keys[n // UPDATES], led, hands)
    )
    _bulk(Evidence, len(updates) * EVIDENCE, lambda n: _evidence(n, updates, sources))
    _settle(programme)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _source(number: int) -> Source:
    return Source(
        slug=f"bench-source-{number}",
        title=f"Bench source {number}",
        url=f"https://example.org/bench/{number}",
        published_at=_AT,
    )


def _update(
    number: int, commitment: int, led: dict[int, int], hands: dict[str, int]
) -> StatusUpdate:
    place = number % UPDATES
    on = _FIRST + timedelta(days=7 * place)
    at = at_minute(on, 9 * 60)
    return StatusUpdate(
        commitment_id=commitment,
        number=place + 1,
        body_id=led[commitment],
        speaker="body",
        state="published",
        as_of_on=on,
        stage=_STAGES[(number // UPDATES + place) % 3],
        summary_en=f"Bench update {place + 1}: made up, to measure pages with it.",
        summary_vi=f"Cập nhật thử {place + 1}: dữ liệu giả để đo tốc độ.",
        created_at=at,
        saved_at=at,
        submitted_at=at,
        approved_at=at,
        published_at=at,
        **hands,
    )


def _evidence(number: int, updates: list[int], sources: list[int]) -> Evidence:
    return Evidence(
        update_id=updates[number // EVIDENCE],
        source_id=sources[number % len(sources)],
        relation="third_party",
        shows="Bench evidence",
    )


def _settle(programme: Programme) -> None:
    """Each commitment stands where its last update left it."""
    last = StatusUpdate.objects.filter(commitment=models.OuterRef("pk")).order_by("-number")
    Commitment.objects.filter(programme=programme).update(
        stage=models.Subquery(last.values("stage")[:1]),
        stage_as_of_on=models.Subquery(last.values("as_of_on")[:1]),
        stage_update=models.Subquery(last.values("pk")[:1]),
        last_as_of_on=models.Subquery(last.values("as_of_on")[:1]),
    )
    Projection.objects.all().delete()
