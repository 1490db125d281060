"""Tags that wrap what stands between them: a fact with its name, a table that may scroll."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def fact(content: str, name: str) -> SafeString:
    """One row of a list of facts: `{% fact name %}…{% endfact %}` inside `<dl class="facts">`."""
    return format_html(
        '<div class="facts__row"><dt class="facts__name">{}</dt>'
        '<dd class="facts__value">{}</dd></div>',
        name,
        mark_safe(content),
    )


def scroll_table(content: str, name: str) -> SafeString:
    """A region that a keyboard can scroll when its table is wider than the screen."""
    return format_html(
        '<div class="scroll" role="region" aria-label="{}" tabindex="0">{}</div>',
        name,
        mark_safe(content),
    )
