"""What an event of a commitment says in its history: a sentence, who acted, and where it leads."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commitments.models import LinkKind, PublicEvent, Role
from commitments.reports.events import action_words
from commitments.reports.whole import Whole
from commitments.text.display import limited_date, said, said_text

Names = Mapping[str, str]
"""Names of bodies and titles of commitments by their slugs."""


class Told(NamedTuple):
    """One event in words; `url` leads to what it is about, `more` is its reason."""

    title: str
    by: str
    sequence: int
    url: str = ""
    about: str = ""
    more: str = ""
    later: str = ""


def names_of(whole: Whole) -> Names:
    """The bodies that take part or deliver, and the linked commitments."""
    commitment, unit = whole.commitment, whole.commitment.programme.delivery_unit
    bodies = [part.organisation for part in commitment.participations.all()]
    linked = [*(link.to_commitment for link in whole.links)]
    return {
        **{body.slug: said_text(body, "name") for body in [*bodies, *([unit] if unit else [])]},
        **{one.slug: f"{one.reference} {said_text(one, 'title')}" for one in linked},
    }


def told_of(event: PublicEvent, names: Names) -> Told:
    """An event in words; what is not known by name stands as the record has it."""
    after: dict[str, Any] = event.after or {}
    plain = Told(action_words(event), _actor(event, names), event.sequence)
    tell = _WORDS.get((event.object_kind, event.action)) or _WORDS.get((event.object_kind, ""))
    told = tell(plain, event, after, names) if tell else plain
    entered = localtime(event.recorded_at).date()
    if entered > event.effective_on:
        told = told._replace(later=_entered(entered))
    return told


def _entered(day: date) -> str:
    return _("Entered in this record on {date}.").format(date=limited_date(day))


def _actor(event: PublicEvent, names: Names) -> str:
    if event.actor_role == "editors":
        return _("by the editors")
    role = str(dict(Role.choices).get(event.actor_role, event.actor_role))
    body = names.get(event.actor_organisation, event.actor_organisation)
    if not body:
        return _("by: {role}").format(role=role)
    return _("by: {role} of {body}").format(role=role, body=body)


def _loaded(told: Told, event: PublicEvent, after: dict[str, Any], names: Names) -> Told:
    return told._replace(title=_("Taken into the record from public sources"))


def _published(told: Told, event: PublicEvent, after: dict[str, Any], names: Names) -> Told:
    return told._replace(title=_("Published in the record"))


def _opened(told: Told, event: PublicEvent, after: dict[str, Any], names: Names) -> Told:
    more = _("From then on the body that leads is asked for updates.")
    return told._replace(title=_("Reporting opened"), more=more)


def _waived(told: Told, event: PublicEvent, after: dict[str, Any], names: Names) -> Told:
    period = limited_date(str(after.get("period", ""))[:10])
    title = _("Update waived for the period from {date}").format(date=period)
    return told._replace(title=title, more=said(after, "waiver_reason"))


def _about_update(told: Told, event: PublicEvent, after: dict[str, Any], names: Names) -> Told:
    number = after.get("update")
    if number is None:
        return told
    address = reverse("update-detail", args=[after["commitment"], number])
    return told._replace(url=address, about=_("Update {number}").format(number=number))


def _linked(told: Told, event: PublicEvent, after: dict[str, Any], names: Names) -> Told:
    slug, kind = str(after.get("to", "")), str(after.get("kind", ""))
    if slug not in names:
        return told
    title = _("Linked: {kind}").format(kind=dict(LinkKind.choices).get(kind, kind))
    return told._replace(
        title=title, url=reverse("commitment-detail", args=[slug]), about=names[slug]
    )


_WORDS = {
    ("commitment", "loaded"): _loaded,
    ("commitment", "published"): _published,
    ("commitment", "reporting_opened"): _opened,
    ("obligation", "waived"): _waived,
    ("completion", ""): _about_update,
    ("evidence_acceptance", ""): _about_update,
    ("link", ""): _linked,
}
