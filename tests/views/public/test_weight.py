"""What a reader's device has to load, counted as it travels: packed, with fonts, styles, scripts."""

import re
from pathlib import Path

import brotli
from django.contrib.staticfiles import finders

from commitments.models import Commitment

KIB = 1024
FIRST_VISIT, LATER_PAGE = 140 * KIB, 15 * KIB
LINKED = re.compile(r'(?:href|src)="/static/([^"]+)"')
COMPONENTS = re.compile(r'data-govuk="/static/([^"]+)"')
LOADED_BY_STYLES = re.compile(r'url\("?([^")]+)"?\)')


def _page(client, path):
    answer = client.get(path, headers={"Accept-Encoding": "br"})
    assert answer["Content-Encoding"] == "br"
    page = brotli.decompress(answer.content).decode()
    names = set(LINKED.findall(page))
    if "data-module=" in page:  # camket.js asks for the components only then
        names |= set(COMPONENTS.findall(page))
    return len(answer.content), names


def _travels(name):
    """Bytes of a static file as WhiteNoise sends it."""
    content = Path(finders.find(name)).read_bytes()
    is_packed = name.endswith((".css", ".js", ".svg"))
    return len(brotli.compress(content, quality=9)) if is_packed else len(content)


def _with_pictures_and_fonts(names):
    """The files themselves, and what their style sheets load."""
    found = set(names)
    for name in names:
        if name.endswith(".css"):
            style = Path(finders.find(name))
            for address in LOADED_BY_STYLES.findall(style.read_text()):
                if not address.startswith(("data:", "/")):
                    inside = (Path(name).parent / address).as_posix()
                    found.add(re.sub(r"[^/]+/\.\./", "", inside))
    return {name for name in found if finders.find(name)}


def test_first_visit_and_later_pages_are_light(facts, client):
    """Home, list and one commitment in a row, with nothing in the browser before."""
    slug = Commitment.objects.public().order_by("pk").first().slug
    pages = ["/vi/", "/vi/commitments/", f"/vi/commitments/{slug}/"]
    seen = [_page(client, path) for path in pages]
    weights = dict(zip(pages, (size for size, _names in seen), strict=True))
    names = set.union(*(linked for _size, linked in seen))
    files = {name: _travels(name) for name in _with_pictures_and_fonts(names)}

    assert {path: size for path, size in weights.items() if size > LATER_PAGE} == {}
    assert sum(weights.values()) + sum(files.values()) <= FIRST_VISIT, sorted(
        (size, name) for name, size in (files | weights).items()
    )
