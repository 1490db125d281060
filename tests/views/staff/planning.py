"""The form of a plan as a browser sends it, and addresses that its tests share."""

import re
from html import unescape

from commitments.models import Commitment, Source
from commitments.reports.plans import said_of, with_plan
from commitments.rules.commitments import SourceSaid
from tests.plans import sheet

PROGRAMME = "/en/staff/programmes/test/"
CREATE = f"{PROGRAMME}commitments/add/"
EDIT_ANCHOR = "/en/staff/commitments/test-pledge/edit/"
SAVED = [("success", "The draft is saved. It is not public.")]

LEAD = {
    "organisation": "test-lead",
    "role": "lead",
    "stage": "announced",
    "since": "1/2026",
    "confidence": "confirmed",
}
TARGET = {
    "text_en": "Test: 20,000 stations",
    "metric": "stations",
    "unit": "stations",
    "comparator": "at_least",
    "value": "20000",
    "due": "2026",
    "baseline": "5",
    "baseline_on": "1/1/2026",
    "direction": "up",
    "cumulation": "latest",
}
MILESTONE = {"title_en": "Test step", "due": "Q3/2026"}
SOURCE = {
    "title": "Test page",
    "publisher": "Test press",
    "url": "https://example.org/test-page",
}


def address(slug, deed=""):
    return f"/en/staff/commitments/{slug}/{deed}"


def plan_typed(deed="save", version=0, after=0, rows=None, **fields):
    """A whole pledge; `rows` replaces the rows of a kind, `fields` what stands outside of rows."""
    kinds = {
        "parts": [LEAD],
        "targets": [TARGET],
        "milestones": [MILESTONE],
        "sources": [SOURCE],
    } | (rows or {})
    said = {
        "kind": "corporate_pledge",
        "title_vi": "Cam kết thử",
        "title_en": "Test pledge",
        "slug": "",
        "priority": "",
        "due": "31/12/2026",
        "speaker": "body",
        "note": "Test note",
        "basis": "summarised",
        "text_vi": "Lời thử",
        "text_en": "Test wording",
        "stated_on": "15/1/2026",
    }
    sent = said | fields | {"deed": deed, "version": version, "after": after}
    for kind, found in kinds.items():
        sent |= {f"{kind}-TOTAL_FORMS": len(found), f"{kind}-INITIAL_FORMS": 0}
        for index, row in enumerate(found):
            sent |= {f"{kind}-{index}-{name}": value for name, value in row.items()}
    return sent


def sent_back(response):
    """The form of a page as a browser would send it back, unchanged."""
    form = re.search(r'<form class="update-form.*?</form>', response.text, re.DOTALL).group()
    return dict(_inputs(form)) | dict(_texts(form)) | dict(_choices(form))


def _inputs(form):
    for tag in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        checkable = found.get("type") in ("radio", "checkbox")
        if "name" in found and (not checkable or " checked" in tag):
            yield found["name"], unescape(found.get("value", ""))


def _texts(form):
    for name, text in re.findall(
        r'<textarea name="([^"]*)".*?>\n?(.*?)</textarea>', form, re.DOTALL
    ):
        yield name, unescape(text)


def _choices(form):
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        yield name, chosen.group(1) if chosen else ""


def stored(slug="test-pledge"):
    return said_of(with_plan(Commitment.objects.filter(slug=slug)).get())


def whole(**changes):
    """The sheet that `plan_typed` says, with its source as the database names it."""
    slugs = Source.objects.values_list("slug", flat=True).order_by("pk")
    sources = tuple(SourceSaid(slug=slug) for slug in slugs)
    return sheet(**({"slug": "test-pledge", "sources": sources} | changes))
