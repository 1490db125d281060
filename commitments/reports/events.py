"""Public events in words: what was done, by whom, and what it changed."""

import json
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.models import PublicEvent, Role
from commitments.reports.public import NOUNS

_NAMES = {noun.kind: noun.model._meta.verbose_name for noun in NOUNS}
_DEEDS = {
    "loaded": gettext_lazy("{noun} loaded"),
    "published": gettext_lazy("{noun} published"),
    "corrected": gettext_lazy("{noun} corrected"),
    "retracted": gettext_lazy("{noun} retracted"),
    "stage_set": gettext_lazy("{noun}: stage set"),
    "reporting_opened": gettext_lazy("{noun}: reporting opened"),
    "met": gettext_lazy("{noun} met"),
    "waived": gettext_lazy("{noun} waived"),
    "laid_out": gettext_lazy("{noun} laid out"),
    "completed": gettext_lazy("{noun} completed"),
    "linked": gettext_lazy("{noun} linked to a commitment"),
    "approved": gettext_lazy("{noun} approved"),
    "refused": gettext_lazy("{noun} refused"),
    "changed": gettext_lazy("{noun} changed"),
    "added": gettext_lazy("{noun} added"),
    "renamed": gettext_lazy("{noun} renamed"),
    "merged": gettext_lazy("{noun} merged"),
}
_SAID_AT_ONCE = {  # where noun and deed are one word, and would be said twice
    ("retraction", "retracted"): gettext_lazy("Status update retracted"),
    ("evidence_acceptance", "accepted"): gettext_lazy("Evidence accepted as independent"),
    ("completion", "completed"): gettext_lazy("Completion confirmed"),
}
_ROLES = {
    "editors": gettext_lazy("the editors"),
    "system": gettext_lazy("the system, by the calendar"),
    "programme": gettext_lazy("the programme"),
}


class Change(NamedTuple):
    """One name of the object's public view, before and after; None where there was none."""

    name: str
    before: str | None
    after: str | None


def action_words(event: PublicEvent) -> str:
    """What was done to what: "Commitment published"; an unknown deed is shown as it stands."""
    if whole := _SAID_AT_ONCE.get((event.object_kind, event.action)):
        return str(whole)
    noun = capfirst(str(_NAMES.get(event.object_kind, event.object_kind)))
    deed = _DEEDS.get(event.action)
    return str(deed).format(noun=noun) if deed else f"{noun}: {event.action}"


def actor_words(event: PublicEvent) -> str:
    """The role that acted, and the organisation it acted for; never a person."""
    return actor_name(event, event.actor_organisation)


def actor_name(event: PublicEvent, organisation: str) -> str:
    """The same, of the organisation by its name."""
    known = _ROLES | dict(Role.choices)
    role = str(known.get(event.actor_role, event.actor_role))
    if not event.actor_organisation:
        return role
    return _("{role} of {organisation}").format(role=role, organisation=organisation)


def changes_of(event: PublicEvent) -> list[Change]:
    """The names whose values differ; for a first event, every name that says something."""
    before, after = event.before or {}, event.after or {}
    return [
        Change(name, _plain(before.get(name)), _plain(after.get(name)))
        for name in {**before, **after}
        if _plain(before.get(name)) != _plain(after.get(name))
    ]


def _plain(value: Any) -> str | None:
    """A value as a reader sees it; what says nothing is None."""
    if value in (None, "", [], {}):
        return None
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
