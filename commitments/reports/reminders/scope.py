"""Whose notices an officer sees: of their programmes, and of people who work for these."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from commitments.models import Digest, Membership, Notice, Participation, Pause, Programme, User
from commitments.text.folding import search_text, terms

ADDRESS = "address"
"""The kind of a notice about a person's address: it has no commitment."""


def people_of(programmes: Iterable[Programme]) -> QuerySet[Membership]:
    """Who acts for a body that leads in these programmes, or delivers them."""
    programmes = list(programmes)
    leads = Participation.objects.leading().filter(commitment__programme__in=programmes)
    units = [one.delivery_unit_id for one in programmes if one.delivery_unit_id]
    bodies = Q(organisation__in=leads.values("organisation")) | Q(organisation__in=units)
    return Membership.objects.current().filter(bodies)


def concerning(programmes: Iterable[Programme]) -> Q:
    """Which notices are about these programmes."""
    programmes = list(programmes)
    addresses = Q(subject_kind=ADDRESS, subject_id__in=people_of(programmes).values("user"))
    return Q(commitment__programme__in=programmes) | addresses


def notices_of(programmes: Iterable[Programme]) -> QuerySet[Notice]:
    return Notice.objects.filter(concerning(programmes))


def mails_of(programmes: Iterable[Programme]) -> QuerySet[Digest]:
    """The mails to people who are told of these programmes, whatever each carried.

    What a mail that failed carried moves on to the next one, so people are asked, not notices.
    """
    told = notices_of(programmes).filter(recipient=OuterRef("recipient"))
    return Digest.objects.filter(Exists(told))


def people_named(words: str) -> list[int]:
    """The ids of people by words of their name or address; folded here, alike on any database."""
    looked_for = terms(words)
    return [
        pk
        for pk, name, email in User.objects.values_list("pk", "full_name", "email")
        if all(f" {word}" in search_text(name, email) for word in looked_for)
    ]


def pauses_of(programmes: Iterable[Programme]) -> list[Pause]:
    """Their pauses that are open, with the programme and who set them."""
    rows = Pause.objects.open().filter(programme__in=programmes)
    return list(rows.select_related("programme", "paused_by").order_by("paused_at", "pk"))
