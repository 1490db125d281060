"""Which contradictions between sources bear on a figure."""

from django.db.models import Count, F, Q, QuerySet

from commitments.models import Contradiction, Indicator


def contradictions_on(indicator: Indicator) -> QuerySet[Contradiction]:
    """Contradictions of which at least half of the sources state values of this indicator."""
    stating = indicator.points.values("source")
    return (
        Contradiction.objects.annotate(
            cited=Count("sources", distinct=True),
            shared=Count("sources", filter=Q(sources__in=stating), distinct=True),
        )
        .filter(shared__gt=0, cited__lte=2 * F("shared"))
        .prefetch_related("sources")
        .order_by("number")
    )
