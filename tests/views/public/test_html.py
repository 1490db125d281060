"""Every public page reads without a fault by the HTML standard's own parser, in both languages."""

import re

import html5lib
import pytest

from commitments import urls
from tests.views.public.everything import SLUG, Everything

ASKED = [
    "commitments/?q=nothing-like-it",
    "commitments/?stage=never",
    "changes/?kind=never",
    "changes/?kind=plan",
    "calendar/?since=2020",
    f"record/?commitment={SLUG}",
    "search/?q=test",
    "never/",
]
PATHS = [
    *sorted(
        re.sub("<slug:[a-z]+>", SLUG, re.sub("<int:[a-z]+>", "1", str(found.pattern)))
        for found in urls.public.routes
        if "<slug:form>" not in str(found.pattern)
    ),
    *ASKED,
]


def faults(text):
    """What the strict parser finds, with the place; ids that stand twice, and labels of nothing."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=False)
    tree = parser.parse(text)
    found = [f"{place}: {code} {data}" for place, code, data in parser.errors]
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    found += [f"id twice: {one}" for one in sorted({one for one in ids if ids.count(one) > 1})]
    for name in ("for", "aria-labelledby", "aria-describedby"):
        for node in tree.iter():
            said = (node.get(name) or "").split()
            found += [f"{name} of nothing: {one}" for one in said if one not in ids]
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_public_page_is_strict_html(client, db, language):
    everything = Everything()
    everything.grow(2)

    found, read = {}, 0
    for path in PATHS:
        page = client.get(f"/{language}/{path}")
        if page.get("Content-Type", "").startswith("text/html") and page.status_code != 302:
            read += 1
            found[path] = faults(page.content.decode())

    assert {path: said for path, said in found.items() if said} == {}
    assert read >= 30


def test_faults_are_found():
    assert faults("<!doctype html><title>x</title><p id=a><p id=a><b>") != []
    assert faults('<!doctype html><html lang="en"><title>x</title><p id="a">Test</p></html>') == []
