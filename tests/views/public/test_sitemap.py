"""What search engines are told: which pages there are, in which languages, and what stays shut."""

import re
from xml.etree import ElementTree as ET

from commitments.feeds import sitemap
from commitments.services import record
from commitments.services.record import EDITORS
from tests import factories
from tests.factories.clock import NOW, TODAY

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
SITE = "http://127.0.0.1:8000"


def _read(response):
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(response.content)


def test_every_address_of_the_sitemap_opens_in_both_languages(client, world):
    event = {"action": "published", "by": EDITORS, "effective_on": TODAY, "now": NOW}
    record.publish(world.commitment, **event)
    priority = factories.PriorityFactory(programme=world.programme)
    factories.StatusUpdateFactory(commitment=world.commitment, is_published=True)
    for factory in ("Indicator", "Instrument", "Source"):
        getattr(factories, f"{factory}Factory")()
    factories.CommitmentFactory(programme=factories.ProgrammeFactory(is_demo=True))
    factories.CommitmentFactory(is_draft=True)

    index = _read(client.get("/sitemap.xml"))
    parts = [one.findtext(f"{MAP}loc").removeprefix(SITE) for one in index]
    urls = {
        url.findtext(f"{MAP}loc").removeprefix(SITE): url
        for path in parts
        for url in _read(client.get(path))
    }

    assert parts[:2] == ["/sitemaps/pages-1.xml", "/sitemaps/programmes-1.xml"]
    assert f"/vi/programmes/test/priorities/{priority.slug}/" in urls
    assert "/en/commitments/test-commitment/updates/1/" in urls
    assert [path for path in urls if client.get(path).status_code != 200] == []
    commitment = urls["/vi/commitments/test-commitment/"]
    assert commitment.findtext(f"{MAP}lastmod") == "2026-06-01T02:00:00Z"
    assert [(link.get("hreflang"), link.get("href")) for link in commitment.iter(LINK)] == [
        ("vi", f"{SITE}/vi/commitments/test-commitment/"),
        ("en", f"{SITE}/en/commitments/test-commitment/"),
        ("x-default", f"{SITE}/vi/commitments/test-commitment/"),
    ]
    assert not [path for path in urls if "draft" in path or "demo" in path]


def test_a_large_kind_is_cut_into_parts(client, world, monkeypatch):
    monkeypatch.setattr(sitemap, "PER_PART", 1)
    factories.CommitmentFactory(programme=world.programme, slug="test-second")

    index = client.get("/sitemap.xml").content.decode()

    assert re.findall(r"/sitemaps/commitments-\d\.xml", index) == [
        "/sitemaps/commitments-1.xml",
        "/sitemaps/commitments-2.xml",
    ]
    assert "test-second" in client.get("/sitemaps/commitments-2.xml").content.decode()


def test_parts_that_are_not_there_are_not_found(client, db):
    asked = ("pages-2", "pages-0", "never-1", "commitments-1", "commitments-99999999999999999999")

    assert {client.get(f"/sitemaps/{name}.xml").status_code for name in asked} == {404}


def test_robots_may_read_public_pages_and_nothing_of_a_demonstration(client, db, settings):
    rules = client.get("/robots.txt").content.decode()
    settings.DEMO = True

    assert rules.splitlines() == [
        "User-agent: *",
        "Disallow: /vi/staff/",
        "Disallow: /en/staff/",
        "Disallow: /admin/",
        "Disallow: /api/",
        "Disallow: /demo/",
        "Disallow: /mail/",
        "Disallow: /*?",
        "Allow: /*?page=",
        "",
        f"Sitemap: {SITE}/sitemap.xml",
    ]
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
