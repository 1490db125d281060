"""What a person may ask not to be told, to whom it matters, and what is always said, and why."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.models import Rule, Topic


class MayBeMuted(NamedTuple):
    """A topic, and who is told of it."""

    topic: Topic
    told: Promise | str


class AlwaysSaid(NamedTuple):
    """What cannot be muted, by which rule it comes (None: by none), and why."""

    rule: Rule | None
    what: Promise | str
    why: Promise | str


MAY_BE_MUTED: Sequence[MayBeMuted] = (
    MayBeMuted(Topic.OPENED, _("To those who report.")),
    MayBeMuted(
        Topic.DUE_SOON,
        _("To those who report. The last reminder before the day comes in any case."),
    ),
    MayBeMuted(Topic.REVIEW, _("To those who approve or publish updates.")),
    MayBeMuted(Topic.CHANGES, _("To officers who may decide it.")),
)

ALWAYS_SAID: Sequence[AlwaysSaid] = (
    AlwaysSaid(
        Rule.R2,
        _("An update is due"),
        _("It is owed by a fixed day, and after that day it is late in public."),
    ),
    AlwaysSaid(
        Rule.R3,
        _("An update is late"),
        _("Everybody can read that it is late. Those who can mend it have to know first."),
    ),
    AlwaysSaid(
        Rule.R4,
        _("A milestone or commitment falls due on the next working day, or is past due"),
        _("Once the day has passed, everybody can read that it is past due."),
    ),
    AlwaysSaid(
        Rule.R6,
        _("An update was returned to you"),
        _("Nobody else goes on with it until its author has looked at it."),
    ),
    AlwaysSaid(
        Rule.R8,
        _("Evidence cannot be opened any more, or says something else than before"),
        _("A statement in the public record has lost what it rests on."),
    ),
    AlwaysSaid(
        Rule.R9,
        _("Nobody reports on a commitment, or mail does not reach somebody"),
        _("Otherwise nobody would notice that nothing is said any more."),
    ),
    AlwaysSaid(
        Rule.N1,
        _("Somebody reminds you by hand"),
        _("A person asks you for something."),
    ),
    AlwaysSaid(
        None,
        _("Mail about your account, such as a new password"),
        _("It keeps the account safe."),
    ),
)
