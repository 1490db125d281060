"""Small drawings, 16 by 16, one for each state: a reader who sees no colour sees these."""

from django.utils.safestring import SafeString, mark_safe

_RING = '<circle cx="8" cy="8" r="6.1"/>'
_DASHED = '<circle cx="8" cy="8" r="6.1" stroke-dasharray="2.4 2.4"/>'
_DISC = '<circle class="solid" cx="8" cy="8" r="6.9"/>'
_CLOCK = _RING + '<path d="M8 4.6V8l2.3 1.7"/>'
_PAGE = '<path d="M3.9 2h5.4l2.8 2.8V14H3.9zM9.2 2v3h2.9"/>'
_SPEECH = '<path d="M2.2 3h11.6v7.6H8L4.9 13.4v-2.8H2.2z"/>'

DRAWINGS = {
    "check": '<path d="M3 8.6l3.2 3.2L13 4.6"/>',
    "check-double": '<path d="M1.4 8.8l2.8 2.8 5.6-6.4M7.4 11l.9.6 6-6.4"/>',
    "check-disc": _DISC + '<path class="cut" d="M4.8 8.3l2.2 2.2 4.2-4.7"/>',
    "check-ring": _RING + '<path d="M5.2 8.2l2 2 3.7-4.1"/>',
    "ring": _RING,
    "half": _RING + '<path class="solid" d="M8 1.9a6.1 6.1 0 0 1 0 12.2z"/>',
    "quarter": _RING + '<path class="solid" d="M8 8V1.9A6.1 6.1 0 0 1 14.1 8z"/>',
    "three-quarters": _RING + '<path class="solid" d="M8 8H1.9A6.1 6.1 0 1 0 8 1.9z"/>',
    "pause": '<path d="M5.4 3.4v9.2M10.6 3.4v9.2"/>',
    "cross": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "cross-disc": _DISC + '<path class="cut" d="M5.5 5.5l5 5M10.5 5.5l-5 5"/>',
    "out": '<path d="M9 2.6H3v10.8h6M6.8 8h7M11 5l3 3-3 3"/>',
    "swap": '<path d="M2 5.4h10.4M9.6 2.6l2.8 2.8-2.8 2.8M14 11H3.6M6.4 8.6L3.6 11l2.8 2.6"/>',
    "up": '<path d="M2.6 12L7 7.4l2.4 2.4L13.6 5M9.8 4.6h3.9v3.9"/>',
    "down": '<path d="M2.6 4L7 8.6l2.4-2.4 4.2 4.8M9.8 11.4h3.9V7.5"/>',
    "warning": '<path d="M8 2.2l6.4 11.3H1.6zM8 6.6v3.2"/>'
    + '<circle class="solid" cx="8" cy="11.6" r=".5"/>',
    "dash": '<path d="M3.6 8h8.8"/>',
    "dashed": _DASHED,
    "dashed-question": _DASHED
    + '<path d="M6.3 6.5c.1-2.3 3.5-2.2 3.4-.1-.1 1.3-1.7 1.3-1.7 2.8"/>'
    + '<circle class="solid" cx="8" cy="11.2" r=".4"/>',
    "dashed-dash": _DASHED + '<path d="M5.6 8h4.8"/>',
    "clock": _CLOCK,
    "clock-late": _DISC + '<path class="cut" d="M8 4.4v4l2.4 1.6"/>',
    "hourglass": '<path d="M3.6 2h8.8M3.6 14h8.8M4.8 2c0 4 6.4 8 6.4 12M11.2 2c0 4-6.4 8-6.4 12"/>',
    "slash": _RING + '<path d="M3.8 12.2l8.4-8.4"/>',
    "flag": '<path d="M3.6 14.4V2.2M3.6 3h8.6l-2 2.9 2 2.9H3.6"/>',
    "speech": _SPEECH,
    "page": _PAGE,
    "page-check": _PAGE + '<path d="M5.8 9l1.5 1.5 2.6-3"/>',
    "pen": '<path d="M2.6 13.4l.7-3L10.7 3l2.3 2.3-7.4 7.4z"/>',
    "send": '<path d="M2 8l12-5.4L9.6 14 7.4 9.2z"/>',
    "back": '<path d="M6 3.4L2.4 7 6 10.6M2.8 7h7a3.4 3.4 0 0 1 0 6.8H6.4"/>',
    "quote": '<path d="M6.4 4.2C4 5 2.9 6.8 2.9 9.2h3.2v3H2.9"/>'
    + '<path d="M13.2 4.2c-2.4.8-3.5 2.6-3.5 5h3.2v3H9.7"/>',
    "external": '<path d="M6.4 3.4H3v9.6h9.6V9.6M9 2.6h4.4V7M13 3L7.4 8.6"/>',
    "search": '<circle cx="7" cy="7" r="4.4"/><path d="M10.4 10.4L14 14"/>',
    "info": _RING + '<path d="M8 7.2v4"/><circle class="solid" cx="8" cy="4.9" r=".5"/>',
}  # fmt: skip


def icon(name: str) -> SafeString:
    """One drawing. It is hidden from screen readers: a word always stands beside it."""
    return mark_safe(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"'
        f' focusable="false">{DRAWINGS[name]}</svg>'
    )
