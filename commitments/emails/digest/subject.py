"""The subject of a mail: what, and until or since when, for one thing and for every mix."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commitments.emails.digest.lines import DueLine, EvidenceLine, Urgency
from commitments.emails.digest.mail import DigestMail, Mention
from commitments.emails.quoted import shortened
from commitments.text.display import limited_date

WIDTH = 78
"""As many signs as most mail programs show of a subject."""
ENDLESS = 10_000
SHORTEST = 24
"""So much of a title is kept, however long the words around it are."""


def subject_of(mail: DigestMail) -> str:
    """On one line, in the language that is active."""
    tail = f" · {_('Cam Kết')}"
    head = _("Reminder:") + " " if mail.asked_by else ""
    return f"{head}{_said(mail.mentions, WIDTH - len(head) - len(tail))}{tail}"


def headline(mail: DigestMail) -> str:
    """What stands over the mail: of several sorts of things, only that they wait."""
    if len(mail.mentions) > 1:
        return _("What waits for you on %(day)s") % {"day": limited_date(mail.sent_at.date())}
    return _said(mail.mentions, ENDLESS)


def _said(mentions: Mapping[Urgency, list[Mention]], width: int) -> str:
    """What the mail says, in about so many signs."""
    if len(mentions) > 1:
        return _mixed(list(mentions.items()), width)
    ((urgency, own),) = mentions.items()
    if urgency in _UPDATES:
        return _UPDATES[urgency](own)
    if len(own) > 1:
        return _counted(urgency, own, with_day=True)
    return _of_one(urgency, own[0], width)


class Sort(NamedTuple):
    """One sort of thing that the mail says, in words."""

    words: str
    is_urgent: bool


def summary(mail: DigestMail) -> list[Sort]:
    """Every sort of thing that the mail says, with count and day, the most urgent first."""
    return [
        Sort(_counted(urgency, own, with_day=True), own[0].line.is_urgent)
        for urgency, own in mail.mentions.items()
    ]


Groups = Sequence[tuple[Urgency, list[Mention]]]


def _mixed(groups: Groups, width: int) -> str:
    """The two most urgent, with as many of their days as there is room for; then how many more."""
    rest = sum(len(own) for _urgency, own in groups[2:])
    more = [ngettext("%(count)s more", "%(count)s more", rest) % {"count": rest}] if rest else []
    said = ""
    for days in product((True, False), repeat=2):
        first = [
            _counted(urgency, own, with_day=with_day)
            for (urgency, own), with_day in zip(groups, days, strict=False)
        ]
        said = "; ".join(first + more)
        if len(said) <= width:
            break
    return said


def _counted(urgency: Urgency, own: Sequence[Mention], *, with_day: bool) -> str:
    said = _COUNTS[urgency](len(own)) % {"count": len(own)}
    if not with_day:
        return said
    words = {"what": said, "day": _day(own[0])}
    if urgency not in _BY_DAY:
        return _("%(what)s, since %(day)s") % words
    differ = len({one.line.on for one in own}) > 1
    if urgency in (Urgency.PAST_DUE, Urgency.DUE_SOON):
        return (_("%(what)s, the first: %(day)s") if differ else _("%(what)s: %(day)s")) % words
    return (_("%(what)s, the first due %(day)s") if differ else _("%(what)s, due %(day)s")) % words


_BY_DAY = (Urgency.LATE, Urgency.PAST_DUE, Urgency.OWED, Urgency.DUE_SOON)
"""Of these the day is the one until which; of the others since when."""

_COUNTS: dict[Urgency, Callable[[int], str]] = {
    Urgency.LATE: lambda n: ngettext("%(count)s update late", "%(count)s updates late", n),
    Urgency.PAST_DUE: lambda n: ngettext("%(count)s date past due", "%(count)s dates past due", n),
    Urgency.NOBODY: lambda n: ngettext(
        "%(count)s commitment that nobody reports on",
        "%(count)s commitments that nobody reports on",
        n,
    ),
    Urgency.UNREACHED: lambda n: ngettext(
        "%(count)s address not reached", "%(count)s addresses not reached", n
    ),
    Urgency.RETURNED: lambda n: ngettext(
        "%(count)s update returned to you", "%(count)s updates returned to you", n
    ),
    Urgency.OWED: lambda n: ngettext("%(count)s update to write", "%(count)s updates to write", n),
    Urgency.DUE_SOON: lambda n: ngettext(
        "%(count)s date coming up", "%(count)s dates coming up", n
    ),
    Urgency.REVIEW: lambda n: ngettext(
        "%(count)s update to review", "%(count)s updates to review", n
    ),
    Urgency.CHANGE: lambda n: ngettext(
        "%(count)s change to decide", "%(count)s changes to decide", n
    ),
    Urgency.EVIDENCE: lambda n: ngettext(
        "%(count)s source to check", "%(count)s sources to check", n
    ),
}


def _day(mention: Mention) -> str:
    """As precisely as it is known."""
    line = mention.line
    return limited_date(line.due if isinstance(line, DueLine) else line.on)


def _late(own: Sequence[Mention]) -> str:
    said = ngettext(
        "%(late_count)s update late: it was due by %(day)s",
        "%(late_count)s updates late: the first was due by %(day)s",
        len(own),
    )
    return said % {"late_count": len(own), "day": _day(own[0])}


def _owed(own: Sequence[Mention]) -> str:
    words = {"due_count": len(own), "day": _day(own[0])}
    if len({one.line.on for one in own}) > 1:
        return _("%(due_count)s updates due, the first by %(day)s") % words
    said = ngettext(
        "%(due_count)s update due by %(day)s", "%(due_count)s updates due by %(day)s", len(own)
    )
    return said % words


_UPDATES: dict[Urgency, Callable[[Sequence[Mention]], str]] = {
    Urgency.LATE: _late,
    Urgency.OWED: _owed,
}


def _of_one(urgency: Urgency, mention: Mention, width: int) -> str:
    """With as much of its title as there is room for."""
    form, day = _form(urgency, mention), _day(mention)
    room = max(width - len(form % {"day": day, "title": ""}), SHORTEST)
    return form % {"day": day, "title": shortened(_title(mention), room)}


def _form(urgency: Urgency, mention: Mention) -> str:
    line = mention.line
    if isinstance(line, EvidenceLine) and line.is_broken:
        return _("Evidence cannot be opened: %(title)s")
    return str(_FORMS[urgency])


_FORMS = {
    Urgency.PAST_DUE: gettext_lazy("Past due, %(day)s: %(title)s"),
    Urgency.DUE_SOON: gettext_lazy("Due %(day)s: %(title)s"),
    Urgency.NOBODY: gettext_lazy("Nobody reports on %(title)s"),
    Urgency.UNREACHED: gettext_lazy("Mail does not reach %(title)s"),
    Urgency.RETURNED: gettext_lazy("Returned to you: %(title)s"),
    Urgency.REVIEW: gettext_lazy("Waiting for your review since %(day)s: %(title)s"),
    Urgency.CHANGE: gettext_lazy("Waiting for your decision since %(day)s: %(title)s"),
    Urgency.EVIDENCE: gettext_lazy("Evidence says something else now: %(title)s"),
}


def _title(mention: Mention) -> str:
    item, line = mention
    if isinstance(line, EvidenceLine):
        return line.source
    if isinstance(line, DueLine) and line.title:
        return f"{item.reference} {line.title}".strip()
    return item.name
