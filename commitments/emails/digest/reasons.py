"""Why a mail comes to its reader: a sentence for each sort of thing that it says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commitments.emails.digest.lines import Line, ReturnedLine
from commitments.emails.digest.mail import DigestMail
from commitments.models import Role

Reason = str | Promise


def reasons_of(mail: DigestMail) -> list[Reason]:
    """Each once, in the order of the lines."""
    found = (_reason(line) for item in mail.ordered for line in item.ordered)
    return list(dict.fromkeys(found))


def opening_of(mail: DigestMail) -> Reason:
    """What the mail asks, before its first block."""
    kinds = {line.kind for line in mail.lines}
    if kinds != {"owed"}:
        return _OPENINGS.get(next(iter(kinds)), _MIXED) if len(kinds) == 1 else _MIXED
    if any(line.role == Role.REPORTER for line in mail.lines):
        return _ASKED
    return _STANDS_IN if any(line.stands_in for line in mail.lines) else _LATE


def _reason(line: Line) -> Reason:
    if line.stands_in:
        return _STANDS_IN
    if isinstance(line, ReturnedLine) and line.author:
        return _TAKES_OVER
    if line.role == Role.REPORTER and line.kind in _OF_REPORTERS:
        return _REPORTS
    return _REASONS[line.kind]


_ASKED = _(
    "These updates are asked of you. One submission for a commitment is enough, and it ends these "
    "reminders."
)
_STANDS_IN = _(
    "Nobody who reports on these is there at the moment, so you are told in their place."
)
_LATE = _(
    "You are told of these updates because they are late and others were reminded before you."
)
_MIXED = _("This is what waits for you now, the most urgent first.")
_OPENINGS: dict[str, Reason] = {
    "returned": _("An update was returned. The reviewer's comment stands below."),
    "review": _("What stands below waits for your review."),
    "change": _("What stands below waits for your decision."),
    "due": _("A promised date is near, or has passed."),
    "charge": _("Updates are asked here, and nobody is there to write them."),
    "address": _("Mail to this person fails, so no reminder reaches them."),
    "evidence": _("What was cited as evidence can no longer be relied on."),
}
_REPORTS = _("You report on a commitment that is named here.")
_TAKES_OVER = _("Its author no longer reports, and you may go on with what was returned.")
_OF_REPORTERS = ("owed", "due", "evidence")
_REASONS: dict[str, Reason] = {
    "owed": _("An update is late, and others were reminded before you."),
    "due": _("A date of a commitment that you look after has passed."),
    "returned": _("You wrote the update that was returned."),
    "review": _("You may take the next step of an update that waits."),
    "change": _("You may decide a change of plan that was asked for."),
    "evidence": _("You look after a commitment whose evidence no longer shows what it did."),
    "charge": _("You may give the charge of reporting to somebody."),
    "address": _("You can reach this person in another way, and have the address corrected."),
}
