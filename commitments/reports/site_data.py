"""The site as search engines read it: schema.org in JSON-LD, known facts only."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.reports.linked_data import Json
from commitments.text.display import active_language

CONTEXT = "https://schema.org"


def breadcrumbs(trail: Sequence[tuple[Any, str]], here: str) -> Json:
    """Where a page stands; `here` is its own path."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": str(label),
                "item": f"{settings.SITE_URL}{url or here}",
            }
            for position, (label, url) in enumerate(trail, start=1)
        ],
    }


def web_site() -> Json:
    """The site with its search and, where that is stated, who keeps it."""
    home = f"{settings.SITE_URL}{reverse('home')}"
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "Cam Kết",
        "url": home,
        "inLanguage": active_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{settings.SITE_URL}{reverse('search')}?q={{words}}",
            },
            "query-input": "required name=words",
        },
        "publisher": operator(),
    }


def dataset() -> Json:
    """All that can be taken away."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": _("The public record of national missions and commitments"),
        "description": _(
            "Commitments, wordings, targets, updates, evidence and every change of them, each with "
            "its date, its source and who stated it."
        ),
        "url": f"{settings.SITE_URL}{reverse('data')}",
        "inLanguage": ["vi", "en"],
        "isAccessibleForFree": True,
        "creator": operator(),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": f"{settings.SITE_URL}{reverse('api:root')}",
            }
        ],
    }


def operator() -> Json | None:
    """Who keeps this installation; nothing where that is not stated."""
    if not settings.OPERATOR_NAME:
        return None
    return {"@type": "Organization", "name": settings.OPERATOR_NAME}
