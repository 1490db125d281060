"""Who may say that a source is broken or altered, and how that was mended."""

from commitments.models import Programme, Source, StatusUpdate
from commitments.rules.access._roles import Person, is_officer_of


def keeps_source(user: Person, source: Source, programme: Programme) -> bool:
    """An officer of a programme that cites it as evidence. A source that both worlds cite is of
    the world that it was entered in: the other's people leave it alone (design §9)."""
    return source.is_demo == programme.is_demo and is_officer_of(user, programme)


def may_confirm_fault(user: Person, source: Source) -> bool:
    """An officer of any programme in which a published update cites it."""
    citing = StatusUpdate.objects.public().filter(evidence__source=source)
    programmes = Programme.objects.filter(commitments__in=citing.values("commitment"))
    return any(keeps_source(user, source, programme) for programme in programmes.distinct())
