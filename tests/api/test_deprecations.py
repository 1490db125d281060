"""What will go says so in its answers, in the document and on the page of changes."""

from datetime import date
from pathlib import Path

import pytest

from commitments.api import changes, deprecations, document
from commitments.api.deprecations import Ending

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api-changes.md"
SINCE, UNTIL = date(2026, 12, 1), date(2027, 12, 1)


@pytest.fixture
def ending(monkeypatch):
    """A list's parameter and a row that will go; the product's own registry is as it is."""
    found = (
        Ending("/api/v1/gaps/{number}/", SINCE, UNTIL, "2026-12-01").check(),
        Ending("/api/v1/gaps/", SINCE, UNTIL, "2026-12-01", parameter="lang").check(),
    )
    for module in (deprecations, changes):
        monkeypatch.setattr(module, "ENDINGS", found)
    document._made.cache_clear()
    yield found
    document._made.cache_clear()


def test_what_will_go_says_so(client, db, ending, settings):
    names = ("Deprecation", "Sunset", "Link")
    link = f'<{settings.SITE_URL}/api/changes/#2026-12-01>; rel="deprecation"; type="text/html"'
    said = ["@1796083200", "Wed, 01 Dec 2027 00:00:00 GMT", link]
    told = {
        path: [client.get(f"/api/v1/{path}").get(name) for name in names]
        for path in ("gaps/1/", "gaps/?lang=vi", "gaps/", "sources/")
    }
    paths = client.get("/api/schema/").json()["paths"]
    lists = {
        one["name"]: one.get("deprecated") for one in paths["/api/v1/gaps/"]["get"]["parameters"]
    }
    page = client.get("/api/changes/", {"lang": "en"}).content.decode()

    assert told == {
        "gaps/1/": said, "gaps/?lang=vi": said, "gaps/": [None] * 3, "sources/": [None] * 3,
    }  # fmt: skip
    assert paths["/api/v1/gaps/{number}/"]["get"]["deprecated"] is True
    assert {name for name, is_so in lists.items() if is_so} == {"lang"}
    assert "Said on 2026-12-01; works until 2027-12-01." in page


def test_nothing_goes_within_a_year_of_its_notice():
    with pytest.raises(ValueError, match="less than a year"):
        Ending("/api/v1/gaps/", SINCE, date(2027, 11, 30), "2026-12-01").check()
    assert [one.check() for one in deprecations.ENDINGS] == list(deprecations.ENDINGS)


def test_changes_stand_in_the_docs_and_on_a_page_in_both_languages(client, db):
    pages = [client.get("/api/changes/", {"lang": code}).content.decode() for code in ("vi", "en")]

    assert DOCUMENT.read_text() == changes.as_markdown()
    assert [f'<html lang="{code}"' in page for code, page in zip(("vi", "en"), pages, strict=True)] == [True, True]  # fmt: skip
    assert all('id="2026-11-22"' in page for page in pages)
