"""What a mail says of updates on their way: waiting for review (R5), returned (R6)."""

from collections.abc import Iterable

from django.db.models import Count

from commitments.emails.digest import Line, ReturnedLine, ReviewLine
from commitments.emails.quoted import Quoted, quoted, shortened
from commitments.models import ReviewAction, Rule, StatusUpdate
from commitments.rules.reminders import Anchor
from commitments.services.notices.about import _links as links
from commitments.services.notices.about._asked import Asked
from commitments.text.display import language_of

COMMENT = 600
"""So much of a reviewer's comment a mail quotes; the form shows it whole."""


def update_lines(asked: Asked) -> dict[int, Line]:
    rows = StatusUpdate.objects.filter(pk__in=asked.notices).select_related("author", "body")
    returns = _returns(asked)
    lines: dict[int, Line] = {}
    for one in rows:
        notice = asked.notices[one.pk]
        if notice.rule == Rule.R6:
            lines[one.pk] = _returned(one, returns[notice.cycle], asked)
        else:
            lines[one.pk] = _waiting(one, asked)
    return lines


def _returns(asked: Asked) -> dict[str, ReviewAction]:
    """The deeds by which they were returned, by the cycles that they began."""
    cycles = {one.cycle for one in asked.notices.values() if one.rule == Rule.R6}
    return {f"a{action.pk}": action for action in _deeds(cycles)} if cycles else {}


def _deeds(cycles: Iterable[str]) -> Iterable[ReviewAction]:
    keys = [int(cycle.removeprefix("a")) for cycle in cycles]
    rows = ReviewAction.objects.filter(pk__in=keys).select_related("person")
    return rows.annotate(comment_count=Count("field_comments"))


def _waiting(update: StatusUpdate, asked: Asked) -> ReviewLine:
    since = asked.day(update.pk, Anchor.WAITING)
    return ReviewLine(
        since_on=since,
        working_days=asked.working_days(since),
        author=str(update.author or ""),
        body=quoted(update.body, "name"),
        as_of_on=update.as_of_on,
        links=(links.review_update(update),),
        **asked.common(update.pk),
    )


def _returned(update: StatusUpdate, action: ReviewAction, asked: Asked) -> ReturnedLine:
    comment = " ".join(action.comment.split())
    is_own = update.author_id == asked.recipient
    return ReturnedLine(
        since_on=asked.day(update.pk, Anchor.RETURNED),
        reviewer=str(action.person),
        comment=Quoted(shortened(comment, COMMENT), language_of(comment)),
        field_comments=action.comment_count,  # type: ignore[attr-defined]
        as_of_on=update.as_of_on,
        author="" if is_own else str(update.author or ""),
        links=(links.revise_update(update) if is_own else links.take_over_update(update),),
        **asked.common(update.pk),
    )
