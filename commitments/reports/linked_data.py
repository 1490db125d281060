"""A commitment, or what was said of it, as search engines read it: schema.org in JSON-LD, known
facts only."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commitments.models import (
    Commitment,
    Organisation,
    PublicEvent,
    Source,
    Speaker,
    Stage,
    StatusUpdate,
)
from commitments.reports.whole import is_retracted
from commitments.text.display import active_language, said_text

Json = dict[str, Any]
STATUS = {
    Stage.NOT_STARTED: "PotentialActionStatus",
    Stage.IN_PROGRESS: "ActiveActionStatus",
    Stage.COMPLETE: "CompletedActionStatus",
}
"""Stages that schema.org has a word for. The others are left out rather than bent."""
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def linked_data(commitment: Commitment, event: PublicEvent | None) -> SafeString:
    """What stands in the page's script of data. Needs wordings, parts with bodies, and sources."""
    page: Json = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": _address("commitment-detail", commitment.slug),
        "name": said_text(commitment, "title"),
        "inLanguage": active_language(),
        "dateModified": event.recorded_at.isoformat() if event else None,
        "version": event.sequence if event else None,
        "mainEntity": _promise(commitment),
        "citation": [_source(source) for source in commitment.sources.all()],
    }
    return written(page)


def update_data(
    commitment: Commitment, update: StatusUpdate, event: PublicEvent | None
) -> SafeString:
    """Of the page of one update. Needs an update of `for_history`.

    What was retracted is named, and its text is left to the page, which says so before it.
    """
    page: Json = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": _address("update-detail", commitment.slug, str(update.number)),
        "inLanguage": active_language(),
        "dateModified": event.recorded_at.isoformat() if event else None,
        "version": event.sequence if event else None,
        "isPartOf": _named_page(commitment),
        "mainEntity": _report(commitment, update),
    }
    return written(page)


def _report(commitment: Commitment, update: StatusUpdate) -> Json:
    retracted, corrected = is_retracted(update), bool(update.corrections.all())
    speaker = update.body if update.speaker == Speaker.BODY else None
    return {
        "@type": "Report",
        "name": _("Update {number}: {title}").format(
            number=update.number, title=said_text(commitment, "title")
        ),
        "reportNumber": f"{commitment.reference}/{update.number}",
        "abstract": None if retracted else said_text(update, "summary"),
        "temporalCoverage": update.as_of_on.isoformat() if update.as_of_on else None,
        "datePublished": update.published_at.isoformat() if update.published_at else None,
        "author": _body(speaker) if speaker else None,
        "creativeWorkStatus": "Retracted" if retracted else "Corrected" if corrected else None,
        "about": _promise_in_short(commitment),
        "citation": [_source(item.source) for item in update.evidence.all()],
    }


def _named_page(commitment: Commitment) -> Json:
    return {
        "@type": "WebPage",
        "url": _address("commitment-detail", commitment.slug),
        "name": said_text(commitment, "title"),
    }


def _promise_in_short(commitment: Commitment) -> Json:
    return {
        "@type": "Action",
        "identifier": commitment.reference,
        "name": said_text(commitment, "title"),
    }


def written(data: Json) -> SafeString:
    """JSON for a script element: nothing in it can end the element."""
    text = json.dumps(_known(data), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPED))


def _promise(commitment: Commitment) -> Json:
    wording = next(iter(reversed(commitment.wordings.all())), None)
    lead = commitment.lead
    return _promise_in_short(commitment) | {
        "description": said_text(wording, "text") if wording else None,
        "agent": _body(lead.organisation) if lead else None,
        "endTime": commitment.due if "Q" not in commitment.due else None,
        "actionStatus": _status(commitment.stage),
    }


def _status(stage: str) -> str | None:
    word = STATUS.get(Stage(stage)) if stage else None
    return f"https://schema.org/{word}" if word else None


def _body(body: Organisation) -> Json:
    return {
        "@type": "Organization",
        "name": said_text(body, "name"),
        "url": _address("organisation-detail", body.slug),
    }


def _source(source: Source) -> Json:
    return {
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.url,
        "datePublished": source.published if "Q" not in source.published else None,
        "inLanguage": source.language,
        "publisher": {"@type": "Organization", "name": source.publisher}
        if source.publisher
        else None,
    }


def _known(value: Any) -> Any:
    """Without what says nothing."""
    if isinstance(value, dict):
        return {name: _known(one) for name, one in value.items() if one not in (None, "", [])}
    return [_known(one) for one in value] if isinstance(value, list) else value


def _address(name: str, *args: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=args)}"
