"""The word that names a commitment in addresses: made of its title, free to change in a draft."""

import re
from collections.abc import Collection, Iterator
from itertools import count

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Refusal
from commitments.text.folding import fold

LONGEST = 100
MADE_LONGEST = 60
"""How long one that is made of a title becomes at most, without its number."""

_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug_of_title(title_en: str, title_vi: str, taken: Collection[str]) -> str:
    """A free one made of the English title, or of the Vietnamese without its marks."""
    base = _shortened(fold(title_en) or fold(title_vi))
    if base not in taken:
        return base
    return next(found for n in count(2) if (found := f"{base}-{n}") not in taken)


def _shortened(folded: str) -> str:
    ascii_words = re.findall("[a-z0-9]+", folded.encode("ascii", "ignore").decode())
    slug = "-".join(ascii_words)
    if len(slug) > MADE_LONGEST:
        slug = slug[: MADE_LONGEST + 1].rpartition("-")[0] or slug[:MADE_LONGEST]
    return slug or "commitment"


def check_slug(slug: str, taken: Collection[str], own: str = "") -> Iterator[Refusal]:
    """One of another shape, too long, or that of another commitment; an empty one is made later."""
    if not slug:
        return
    if len(slug) > LONGEST:
        text = _("This text has {length} characters; {limit} is the limit.")
        yield Invalid("too_long", format_lazy(text, length=len(slug), limit=LONGEST), "slug")
    elif not _SHAPE.fullmatch(slug):
        text = _("Please use small letters a to z, digits, and single hyphens between them.")
        yield Invalid("slug_unreadable", text, "slug")
    elif slug != own and slug in taken:
        text = _("Another commitment has this address already. Please choose another one.")
        yield Invalid("slug_taken", text, "slug")
