"""What other sites paste to show a card or a badge: `{% load embeds %}`."""

from django.conf import settings
from django.template import Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from commitments.models import Commitment, Priority
from commitments.text.display import active_language, said_text

register = Library()
HEIGHT = 320


@register.simple_tag
def embed_codes(row: Commitment | Priority) -> dict[str, str]:
    """The addresses of card and badge, and the HTML that shows them; a priority has no badge."""
    title = said_text(row, "title")
    if isinstance(row, Priority):
        args = [row.programme.slug, row.slug]
        card = settings.SITE_URL + reverse("priority-card", args=args)
        return {"card": card, "frame": _frame(card, title), "badge": "", "picture": ""}
    card = settings.SITE_URL + reverse("commitment-card", args=[row.slug])
    badge = settings.SITE_URL + reverse("commitment-badge", args=[row.slug])
    page = settings.SITE_URL + reverse("commitment-detail", args=[row.slug])
    alt = _("How it stands with: {title}").format(title=title)
    picture = format_html('<a href="{}"><img src="{}" width="360" alt="{}"></a>', page, badge, alt)
    return {"card": card, "frame": _frame(card, title), "badge": badge, "picture": picture}


def _frame(address: str, title: str) -> str:
    return format_html(
        '<iframe src="{}" title="{} – Cam Kết" lang="{}" width="100%" height="{}" loading="lazy"'
        ' referrerpolicy="no-referrer"></iframe>',
        address,
        title,
        active_language(),
        HEIGHT,
    )
