"""The head of public pages: what other programs read of them, and that nothing in it breaks out."""

import json
import re

from tests import factories

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SITE = "http://127.0.0.1:8000"


def _meta(text):
    return dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', text)
    )


def _data(text):
    return [json.loads(one) for one in DATA.findall(text)]


def test_a_page_says_what_it_is_to_who_shares_it(client, world):
    text = client.get("/en/commitments/test-commitment/").content.decode()

    assert _meta(text) == {
        "og:site_name": "Cam Kết",
        "og:type": "website",
        "og:title": "Test commitment",
        "og:url": f"{SITE}/en/commitments/test-commitment/",
        "og:locale": "en_GB",
        "og:locale:alternate": "vi_VN",
        "og:image": f"{SITE}/en/commitments/test-commitment/share.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "CPT26-001 Test commitment – Cam Kết",
        "twitter:card": "summary_large_image",
    }
    listed = _meta(client.get("/en/commitments/").text)
    assert listed["og:image"] == f"{SITE}/static/commitments/share.png"


def test_every_kind_of_page_names_its_feed_and_the_feed_opens(client, world):
    priority = factories.PriorityFactory(programme=world.programme, slug="test-priority")
    pages = {
        "": "changes",
        "commitments/test-commitment/": "commitments/test-commitment",
        "organisations/test-lead/": "organisations/test-lead",
        "programmes/test/": "programmes/test",
        f"programmes/test/priorities/{priority.slug}/": "programmes/test/priorities/test-priority",
        "changes/": "changes",
    }

    found = {
        path: re.findall(
            r'type="application/atom\+xml" title="[^"]+" href="([^"]+)"',
            client.get(f"/vi/{path}").content.decode().partition("</head>")[0],
        )
        for path in pages
    }

    assert found == {path: [f"/feeds/vi/{feed}.atom"] for path, feed in pages.items()}
    assert {client.get(one).status_code for (one,) in found.values()} == {200}


def test_the_place_of_a_page_is_linked_data(client, world):
    home = _data(client.get("/en/").content.decode())
    data = _data(client.get("/en/data/").content.decode())
    organisation = _data(client.get("/en/organisations/test-lead/").content.decode())

    assert [one["@type"] for one in home] == ["WebSite"]
    assert home[0]["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/en/search/?q={{words}}"
    assert "publisher" not in home[0]
    assert [one["@type"] for one in data] == ["BreadcrumbList", "Dataset"]
    assert organisation[0]["itemListElement"][-1] == {
        "@type": "ListItem",
        "position": 3,
        "name": "Test lead",
        "item": f"{SITE}/en/organisations/test-lead/",
    }


def test_who_keeps_the_site_is_named_where_it_is_stated(client, db, settings):
    settings.OPERATOR_NAME = "Test </script><b>keeper"
    text = client.get("/en/").content.decode()

    assert "</script><b>" not in text
    assert _data(text)[0]["publisher"] == {
        "@type": "Organization",
        "name": "Test </script><b>keeper",
    }
