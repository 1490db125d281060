"""Links and forms of a page of a past day lead to the same day."""

import re
from urllib.parse import urlencode

from django.utils.html import escape, format_html

TAG = re.compile(r"<[a-z][^>]*>")
ADDRESS = re.compile(
    r'(?P<name>\b(?:href|action|src|hx-get)=")'
    r'(?P<path>/(?!static/|[a-z]{2}/staff/)[^"#?]*)?(?P<query>\?[^"#]*)?(?P<rest>#[^"]*)?"'
)
KEEPS_TO_THE_PRESENT = "data-present"
"""What a tag carries whose address is meant as it stands."""


def keep_the_day(html: str, name: str, value: str) -> str:
    """Add `name=value` to every address of ours in the page, and to the forms that ask by GET.

    Static files and the staff's pages are of no day. An address that names a day keeps it.
    """
    pair = escape(urlencode({name: value}))
    hidden = format_html('<input type="hidden" name="{}" value="{}">', name, value)
    return TAG.sub(lambda tag: _with_day(tag.group(), pair, hidden), html)


def _with_day(tag: str, pair: str, hidden: str) -> str:
    if KEEPS_TO_THE_PRESENT in tag or '="' not in tag:
        return tag
    dated = ADDRESS.sub(lambda address: _address(address, pair), tag)
    is_form = tag[:5].lower() == "<form" and 'method="post"' not in tag.lower()
    return dated + hidden if is_form else dated


def _address(found: re.Match[str], pair: str) -> str:
    path, query = found["path"] or "", found["query"] or ""
    is_ours = bool(path or query) and not path.startswith("//")
    if not is_ours or re.search(r"[?&;](?:as_of|version)=", query):
        return found.group()
    sign = "&amp;" if len(query) > 1 else "?"
    return f'{found["name"]}{path}{query.rstrip("?")}{sign}{pair}{found["rest"] or ""}"'
