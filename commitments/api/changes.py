"""What changed in the API, and what its users may rely on: the page, and docs/api-changes.md."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments.api.deprecations import ENDINGS
from commitments.api.document import NAMES, language_of

PROMISES: Sequence[Any] = (
    _("Within /api/v1/ names stay, and mean what they meant. Members, parameters, words of a "
      "vocabulary, kinds of problems and addresses are only added."),
    _("So a program should pass over members and words that it does not know."),
    _("What has to go is told here first, and marked as deprecated in the document. For at least "
      "a year it still works, and its answers carry Deprecation (RFC 9745), Sunset (RFC 8594) and "
      "a link to this page."),
    _("A mistake that made an answer wrong, or something unsafe, may be mended at once; this page "
      "says so then."),
    _("Public events never change: not their members, not their hashes."),
)  # fmt: skip


class Change(NamedTuple):
    """What is new since a day; `asks` are those of which a program may have to take note."""

    on: date
    title: Any
    added: Sequence[Any]
    asks: Sequence[Any] = ()

    @property
    def anchor(self) -> str:
        return f"{self.on:%Y-%m-%d}"


CHANGES: tuple[Change, ...] = (
    Change(
        date(2026, 11, 22),
        _("Reporting, webhooks, and files of whole lists"),
        added=(
            _("Bodies report with a token below /api/v1/own/: updates, figures, evidence, files "
              "and changes of plan, with Idempotency-Key, If-Match and dry_run."),
            _("Webhooks post every public event, signed as Standard Webhooks have it."),
            _("Lists come as CSV, NDJSON and XLSX too: by Accept, or by format."),
            _("fields, lang, expand and facets ask for some members, one language, rows along "
              "with a list, and counts; evidence and search are lists of their own."),
            _("Lists that grow can be followed with after."),
            _("Every answer has a strong ETag; RateLimit tells how many requests are left."),
            _("Releases of the whole record, with their catalogue, stand at /data/."),
        ),
        asks=(
            _("Problems have types of their own in place of about:blank; each type is an address "
              "that explains it. Their title is of the kind, no longer of the status."),
            _("Beside detail stand detail_vi and detail_en."),
        ),
    ),
    Change(
        date(2026, 11, 21),
        _("Reading"),
        added=(_("Everything public as JSON, as of any past day, with its public events."),),
    ),
)  # fmt: skip
"""The newest first."""


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    language = language_of(request)
    with translation.override(language):
        context = {
            "languages": [
                {"code": code, "name": NAMES[code], "url": f"?lang={code}",
                 "is_active": code == language}
                for code in NAMES
            ],
            "promises": PROMISES,
            "changes": CHANGES,
            "endings": ENDINGS,
            "language": language,
        }  # fmt: skip
        return render(request, "api/changes.html", context)


def as_markdown() -> str:
    """The same in English, for docs/api-changes.md, which a test compares with it."""
    with translation.override("en"):
        return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from ("# What changes in the API", "", "`/api/changes/` says the same in both languages.")
    yield from ("", "## What you may rely on", "", *_points(PROMISES), "", "## What will go", "")
    yield from _points([f"`{one.path}` {one.parameter}: {one.until}" for one in ENDINGS] or [NONE])
    for change in CHANGES:
        yield from ("", f"## {change.anchor}: {change.title}", "", *_points(change.added))
        if change.asks:
            yield from ("", "To take note of:", "", *_points(change.asks))


NONE = _("Nothing, as far as is known today.")


def _points(said: Sequence[Any]) -> list[str]:
    return [f"* {one}" for one in said]
