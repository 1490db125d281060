"""What a staff page says, and what its forms are sent with."""

import re
from html import unescape

from django.contrib.messages import get_messages

from tests.views.public.reading import sections

__all__ = ["errors", "refusal", "rows", "sections", "told", "typed", "words"]


def words(html):
    """What a reader hears of a piece of the page."""
    html = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rows(response, name):
    """The lines of the list in the section of that id, word for word."""
    found = re.search(rf'<h2 id="{name}">.*?</section>', response.text, re.DOTALL)
    if not found:
        return None
    return [
        words(row)
        for row in re.findall(r'<li class="row[ "].*?(?=<li class="row[ "]|</ul>\s*</section>|$)', found.group(), re.DOTALL)
    ]  # fmt: skip


def told(response):
    """The messages that the answer leaves for the next page."""
    return [(one.level_tag, str(one)) for one in get_messages(response.wsgi_request)]


def errors(response):
    """The lines of the summary of errors with the field that each links to."""
    summary = re.search(r'id="error-summary".*?</ul>', response.text, re.DOTALL)
    if not summary:
        return []
    found = re.findall(r'<li>(?:<a href="#([^"]*)">)?(.*?)(?:</a>)?</li>', summary.group())
    return [(field, unescape(text)) for field, text in found]


def refusal(response):
    """What the page says was refused, and why."""
    found = re.search(r'id="refused">.*?</div></div>', response.text, re.DOTALL)
    return words(found.group().removeprefix('id="refused">')) if found else None


def typed(version=0, after=0, evidence=(), deed="save", **fields):
    """The update form as a browser sends it."""
    rows = {
        f"evidence-{index}-{name}": value
        for index, row in enumerate(evidence)
        for name, value in ({"title": "", "publisher": "", "url": "", "published": "",
                             "relation": "", "shows": ""} | row).items()
    }  # fmt: skip
    said = {"kind": "progress", "as_of_on": "1/6/2026", "stage": "in_progress",
            "summary_en": "Test: work is under way."}  # fmt: skip
    count = {"evidence-TOTAL_FORMS": len(evidence), "evidence-INITIAL_FORMS": 0}
    return said | fields | rows | count | {"version": version, "after": after, "deed": deed}
