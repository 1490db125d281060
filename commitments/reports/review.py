"""What an update says otherwise than before, field by field: than published, than returned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from commitments.models import (
    Deed,
    FieldComment,
    ReviewAction,
    StatusUpdate,
    Target,
    UpdateKind,
    UpdateState,
)
from commitments.reports.snapshots import (
    Cited,
    Snapshot,
    label_of,
    returned_version,
    shown_in_words,
    snapshot_at,
    snapshot_of,
)
from commitments.rules.review import EVIDENCE, PLAIN, TEXTS, figure_field
from commitments.text.display import amount, said_text
from commitments.text.quantities import figure, unit_words
from commitments.text.wordiff import Run, sides


class Compared(NamedTuple):
    """A text in two versions, word by word."""

    lang: str
    before: list[Run]
    after: list[Run]


@dataclass(frozen=True, slots=True)
class CitedDifference:
    """A piece of evidence that came, went or reads otherwise."""

    what: str
    words: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after; `shape` is choice, text, figure or evidence."""

    name: str
    label: str
    shape: str
    before: str = ""
    after: str = ""
    lang: str = ""
    gap: str = ""
    cited: list[CitedDifference] = field(default_factory=list)
    comment: FieldComment | None = None

    @property
    def is_changed(self) -> bool:
        return bool(self.cited) or self.before != self.after

    @property
    def words(self) -> Compared:
        """A text before and after, with what was taken out and what came in marked."""
        return Compared(self.lang, *sides(self.before, self.after))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The fields that changed or were commented on, and the names of those that stayed."""

    changed: list[Difference]
    same: list[str]
    against: StatusUpdate | None = None
    returned: ReviewAction | None = None


def since_published(update: StatusUpdate) -> Comparison | None:
    """Against what was published last (of a correction: what it corrects); None: the first one."""
    against = update.corrects or _published_before(update)
    if against is None:
        return None
    before, after = snapshot_of(against), snapshot_of(update)
    return _compared(update, before, after, against=against)


def since_returned(update: StatusUpdate) -> Comparison | None:
    """Against what was sent back last, with the comments on it; None where it never was."""
    returned = last_return(update)
    version = returned_version(update) if returned else None
    if returned is None or version is None:
        return None
    before = snapshot_at(version, version.history_date)
    comments = {one.field: one for one in returned.field_comments.all()}
    return _compared(update, before, snapshot_of(update), comments=comments, returned=returned)


def last_return(update: StatusUpdate) -> ReviewAction | None:
    returns = update.actions.filter(deed=Deed.RETURNED).select_related("person")
    return returns.prefetch_related("field_comments").order_by("-done_at", "-pk").first()


def field_comments(update: StatusUpdate) -> dict[str, FieldComment]:
    """What the reviewer said of single fields, while it lies with its author again."""
    returned = last_return(update) if update.state == UpdateState.RETURNED else None
    return {one.field: one for one in returned.field_comments.all()} if returned else {}


def filled_fields(update: StatusUpdate) -> list[tuple[str, str, str]]:
    """Each field that says something, with its label and what it says: what can be commented on.

    The summary can be in both languages, and evidence always: what is missing is a comment too.
    """
    now = snapshot_of(update)
    asked = {"summary_vi", "summary_en"}
    rows = [
        (name, label_of(name), shown_in_words(name, now.columns[name]))
        for name in PLAIN
        if name in asked or now.columns[name] not in ("", None, "not_given")
    ]
    for target in Target.objects.filter(pk__in=now.figures).order_by("number"):
        shown = figure(now.figures[target.pk], target.unit)
        rows.append((figure_field(target.pk), said_text(target, "text"), shown))
    return [*rows, (EVIDENCE, _("Evidence"), "; ".join(one.words for one in now.cited))]


def _published_before(update: StatusUpdate) -> StatusUpdate | None:
    standing = StatusUpdate.objects.standing().filter(commitment=update.commitment_id)
    moving = standing.exclude(pk=update.pk).exclude(kind=UpdateKind.CONTEXT)
    return moving.for_history().first()


def _compared(
    update: StatusUpdate,
    before: Snapshot,
    after: Snapshot,
    comments: dict[str, FieldComment] | None = None,
    **about: Any,
) -> Comparison:
    comments = comments or {}
    rows = list(_differences(before, after, comments))
    return Comparison(
        changed=[row for row in rows if row.is_changed or row.comment],
        same=[row.label for row in rows if not row.is_changed and (row.after or row.before)],
        **about,
    )


def _differences(
    before: Snapshot, after: Snapshot, comments: dict[str, FieldComment]
) -> Iterator[Difference]:
    for name in PLAIN:
        yield Difference(
            name,
            label_of(name),
            "text" if name in TEXTS else "choice",
            shown_in_words(name, before.columns[name]),
            shown_in_words(name, after.columns[name]),
            lang=name[-2:] if name in TEXTS else "",
            comment=comments.get(name),
        )
    yield from _figures(before.figures, after.figures, comments)
    yield Difference(
        EVIDENCE,
        _("Evidence"),
        "evidence",
        cited=list(_cited_differences(before.cited, after.cited)),
        comment=comments.get(EVIDENCE),
        before="" if before.cited != after.cited else "; ".join(one.words for one in after.cited),
        after="" if before.cited != after.cited else "; ".join(one.words for one in after.cited),
    )


def _figures(
    before: dict[int, Decimal], after: dict[int, Decimal], comments: dict[str, FieldComment]
) -> Iterator[Difference]:
    targets = Target.objects.filter(pk__in={*before, *after}).order_by("number")
    for target in targets:
        old, new = before.get(target.pk), after.get(target.pk)
        name = figure_field(target.pk)
        yield Difference(
            name,
            said_text(target, "text"),
            "figure",
            figure(old, target.unit) if old is not None else "",
            figure(new, target.unit) if new is not None else "",
            gap=_gap(new - old, target.unit) if None not in (old, new) else "",  # type: ignore[operator]
            comment=comments.get(name),
        )


def _gap(gap: Decimal, unit: str) -> str:
    """The difference with its sign; of percentages it is in points, and says no unit."""
    if not gap:
        return ""
    number = ("+" if gap > 0 else "−") + amount(abs(gap))
    if unit in ("percent", "%"):
        return _("{number} percentage points").format(number=number)
    return " ".join(word for word in (number, unit_words(unit)) if word)


def _cited_differences(
    before: Iterable[Cited], after: Iterable[Cited]
) -> Iterator[CitedDifference]:
    old = {one.key: one.words for one in before}
    new = {one.key: one.words for one in after}
    for key, words in new.items():
        if key not in old:
            yield CitedDifference("added", words)
        elif old[key] != words:
            yield CitedDifference("changed", words, old[key])
    for key, words in old.items():
        if key not in new:
            yield CitedDifference("removed", words)
