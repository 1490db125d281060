"""How a version of a page is cited: in plain words and in the forms that programs read."""

import json
import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commitments.models import Commitment, Indicator, Organisation, PublicEvent
from commitments.text.display import active_language, limited_date, said_text

SITE = "Cam Kết"
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}%&#$_"},
}


@dataclass(frozen=True)
class Citation:
    """One version of one page: what stood there after an event of the public record.

    Without an event (a draft of the record that was never written) it names the page and the day.
    `name` tells the thing from all others where it has no reference.
    """

    title: str
    name: str
    read_on: date
    path: str
    event: PublicEvent | None
    reference: str = ""
    programme: str = ""

    @property
    def permalink(self) -> str:
        version = f"?version={self.event.sequence}" if self.event else ""
        return f"{settings.SITE_URL}{self.path}{version}"

    @property
    def day(self) -> date:
        """The day on which this version came to be."""
        return localtime(self.event.recorded_at).date() if self.event else self.read_on

    @property
    def text(self) -> str:
        """One line: title, reference, programme, record, version, address."""
        title = f"“{self.title}”" + (f" ({self.reference})" if self.reference else "")
        record = _("Cam Kết, the public record of national missions and commitments")
        parts = [part for part in (title, self.programme, record) if part]
        return f"{'. '.join(parts)}. {self.version} {self.permalink}"

    @property
    def version(self) -> str:
        if not self.event:
            return _("Read on {date}.").format(date=limited_date(self.read_on))
        return _("Version of {date}, event {sequence}, SHA-256 {hash}.").format(
            date=limited_date(self.day), sequence=self.event.sequence, hash=self.event.hash
        )

    @property
    def bibtex(self) -> str:
        values = {
            "title": f"{{{_escaped(self.title)}}}",
            "author": f"{{{SITE}}}",
            "year": str(self.day.year),
            "howpublished": _escaped(self.programme),
            "number": _escaped(self.reference),
            "note": _escaped(self.version),
            "url": self.permalink,
            "urldate": self.read_on.isoformat(),
        }
        known = {name: value for name, value in values.items() if value}
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in known.items())
        return f"@misc{{{self.key},\n{lines}}}\n"

    @property
    def ris(self) -> str:
        rows = [
            ("TY", "ELEC"),
            ("TI", self.title),
            ("AU", SITE),
            ("PY", str(self.day.year)),
            ("DA", f"{self.day:%Y/%m/%d}"),
            ("T2", self.programme),
            ("M1", self.reference),
            ("N1", self.version),
            ("UR", self.permalink),
            ("Y2", f"{self.read_on:%Y/%m/%d}"),
            ("LA", active_language()),
            ("ER", ""),
        ]
        known = [(name, " ".join(value.split())) for name, value in rows if value or name == "ER"]
        return "".join(f"{name}  - {value}\r\n" for name, value in known)

    @property
    def csl(self) -> str:
        """CSL-JSON: a list of one item."""
        item = {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "author": [{"literal": SITE}],
            "container-title": SITE,
            "collection-title": self.programme,
            "number": self.reference,
            "issued": {"date-parts": [_parts(self.day)]},
            "accessed": {"date-parts": [_parts(self.read_on)]},
            "note": self.version,
            "language": active_language(),
            "URL": self.permalink,
        }
        known = {name: value for name, value in item.items() if value}
        return json.dumps([known], ensure_ascii=False, indent=1)

    @property
    def key(self) -> str:
        words = re.sub(r"[^a-z0-9]+", "-", f"camket-{self.reference or self.name}".lower()).strip(
            "-"
        )
        return f"{words}-{self.event.sequence}" if self.event else words


def citation_of(
    commitment: Commitment, event: PublicEvent | None, read_on: date, *, number: int | None = None
) -> Citation:
    """Of the page of a commitment, or of one of its updates. Needs its programme."""
    title, path = said_text(commitment, "title"), ["commitment-detail", commitment.slug]
    if number is not None:
        title = _("Update {number}: {title}").format(number=number, title=title)
        path = ["update-detail", commitment.slug, str(number)]
    return Citation(
        title=title,
        reference=commitment.reference or "",
        programme=said_text(commitment.programme, "name"),
        name=commitment.slug,
        read_on=read_on,
        path=reverse(path[0], args=path[1:]),
        event=event,
    )


def citation_of_page(
    row: Indicator | Organisation, event: PublicEvent | None, read_on: date
) -> Citation:
    """Of the page of an indicator or of a body."""
    noun = str(row._meta.model_name)
    return Citation(
        title=said_text(row, "name"),
        name=f"{noun}-{row.slug}",
        read_on=read_on,
        path=reverse(f"{noun}-detail", args=[row.slug]),
        event=event,
    )


def newest_of(events: "QuerySet[PublicEvent]") -> PublicEvent | None:
    """The last of some events: it names the version of a page that rests on all of them."""
    rows = events.only("sequence", "recorded_at", "effective_on", "hash")
    return rows.order_by("-sequence").first()


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in " ".join(text.split()))


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]
