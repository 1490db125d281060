"""What a webhook's own page shows and does, whoever keeps it: a body's members, or a link's holder.

One page, one address: every deed is a button that posts its name to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.errors import Refusal
from commitments.forms.refusals import refusals_on
from commitments.forms.webhooks import ReplayForm
from commitments.models import RecordHead, User, Webhook
from commitments.reports import webhooks as reports
from commitments.services.webhooks import keeping

PER_PAGE = 20
DEEDS = frozenset({"test", "pause", "resume", "rotate", "replay", "again", "end"})


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words, or refused; the new secret where one was made."""

    deed: str = ""
    words: str = ""
    secret: str = ""
    refused: Refusal | None = None
    replay: ReplayForm | None = None

    @property
    def status(self) -> int:
        if self.refused is not None:
            return self.refused.status
        return 422 if self.replay is not None and self.replay.errors else 200


def do(webhook: Webhook, body: Mapping[str, str], by: User | None, now: datetime) -> Done:
    """Do what the button says; a deed that is not known does nothing and answers 422."""
    deed = body.get("deed", "")
    if deed == "replay":
        return _replay(webhook, body, by)
    try:
        return _do(webhook, deed, body, by, now)
    except Refusal as refused:
        return Done(deed, refused=refused)


def _do(
    webhook: Webhook, deed: str, body: Mapping[str, str], by: User | None, now: datetime
) -> Done:
    if deed == "test":
        keeping.send_test(webhook=webhook, by=by, now=now)
        return Done(deed, _("A test is on its way. Look again in half a minute."))
    if deed == "pause":
        keeping.pause_webhook(webhook=webhook, by=by, now=now)
        return Done(deed, _("Paused. What happens meanwhile is kept and sent when you go on."))
    if deed == "resume":
        keeping.resume_webhook(webhook=webhook, by=by, now=now)
        return Done(deed, _("It goes on. What waits is sent first."))
    if deed == "rotate":
        secret = keeping.rotate_secret(webhook=webhook, by=by, now=now)
        return Done(deed, _("For a day messages are signed with both secrets."), secret)
    if deed == "again":
        which = body.get("which", "")
        known = which.isascii() and which.isdigit() and len(which) < 18
        one = int(which) if known else None
        found = keeping.send_again(webhook=webhook, by=by, delivery_id=one, now=now)
        words = ngettext(
            "{number} message is tried again.", "{number} messages are tried again.", found
        )
        return Done(deed, words.format(number=found))
    if deed == "end":
        keeping.end_webhook(webhook=webhook, by=by, now=now)
        return Done(deed, _("Ended. Nothing more is sent."))
    return Done(deed, refused=Refusal())


def _replay(webhook: Webhook, body: Mapping[str, str], by: User | None) -> Done:
    form = ReplayForm(body)
    if form.is_valid():
        try:
            with refusals_on(form):
                keeping.replay_webhook(webhook=webhook, by=by, after=form.cleaned_data["after"])
                return Done("replay", _("Everything after that event is sent once more, in order."))
        except Refusal as refused:
            return Done("replay", refused=refused)
    return Done("replay", replay=form)


def shown(request: HttpRequest, webhook: Webhook, done: Done, action: str) -> dict[str, Any]:
    """What the templates in components/webhooks/ need; `action` is the page's own address."""
    narrowed = request.GET.get("show", "")
    narrowed = narrowed if narrowed in reports.SHOWN else ""
    pages = Paginator(reports.messages_of(webhook, narrowed), PER_PAGE)
    listed = pages.get_page(request.GET.get("page"))
    return {
        "webhook": webhook,
        "action": action,
        "done": done,
        "refused": done.refused,
        "replay": done.replay or ReplayForm(),
        "page": listed,
        "lines": reports.lines(listed),
        "show": narrowed,
        "shows": [(word, words) for word, (words, _states) in reports.SHOWN.items()],
        "failing": reports.failing_at(webhook),
        "numbers": reports.numbers_of(webhook),
        "about": reports.told_about(webhook),
        "newest": RecordHead.objects.values_list("sequence", flat=True).first() or 0,
    }
