"""Cards and badges for other sites: framed by anybody, small, without cookies; all else is not."""

import re
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests import factories
from tests.views.public.reading import sections

CARD = "/en/embed/commitments/test-commitment/"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def late(world):
    """A commitment that is past due, with a stage."""
    row = world.commitment
    row.due, row.due_earliest, row.due_latest = "2026-05", date(2026, 5, 1), date(2026, 5, 31)
    row.stage, row.stage_as_of_on = "in_progress", date(2026, 4, 30)
    row.save()
    return world


def test_a_card_says_how_it_stands_and_leads_back(client, late):
    page = client.get(CARD)
    text = page.content.decode()

    assert sections(page)["Test commitment"] == (
        "In progress Past due Not asked to report Lead Test lead Due May 2026 "
        "Stage as of 30 April 2026 Cam Kết · as of 1 June 2026"
    )
    address = "http://127.0.0.1:8000/en/commitments/test-commitment/"
    assert f'<a href="{address}" target="_blank" rel="noopener">Test commitment</a>' in text
    assert re.findall(r'(?:src|href)="(/[^"]+)"', text) == [
        "/static/commitments/mark.svg",
        "/static/commitments/css/card.css",
    ]
    assert not page.cookies


def test_a_card_of_a_priority_counts_its_tasks(client, late):
    priority = factories.PriorityFactory(
        programme=late.programme, slug="test-priority", title_en="Test priority", number=1
    )
    late.commitment.priority, late.commitment.kind = priority, "government_task"
    late.commitment.save()

    page = client.get("/en/embed/programmes/test/priorities/test-priority/")

    assert sections(page)["Test priority"] == "1 Past due Tasks 1 task Cam Kết · as of 1 June 2026"


def test_only_cards_may_be_framed(client, late):
    card = client.get(CARD)
    paths = ["", "changes/", "record/", "commitments/test-commitment/", "staff/log-in/"]
    others = [client.get(f"/en/{path}") for path in paths]

    assert "X-Frame-Options" not in card.headers
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "default-src 'none'" in card["Content-Security-Policy"]
    assert {page["X-Frame-Options"] for page in others} == {"DENY"}
    assert all("frame-ancestors 'none'" in page["Content-Security-Policy"] for page in others)


def test_a_badge_is_a_picture_with_its_words_and_date(client, late):
    late.commitment.title_en = "Test & <b>a title that is much too long</b> " * 6
    late.commitment.save()

    page = client.get(f"{CARD}badge.svg")
    drawn = ET.fromstring(page.content)

    assert page["Content-Type"] == "image/svg+xml"
    assert page["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert drawn.findtext(f"{SVG}title") == late.commitment.title_en
    assert drawn.findtext(f"{SVG}desc") == (
        "CPT26-001. In progress. Past due. Not asked to report. Lead: Test lead. Due: May 2026. "
        "Stage as of: 30 April 2026. As of 1 June 2026"
    )
    lines = ["".join(node.itertext()) for node in drawn.iter(f"{SVG}text")]
    assert lines[1:4] == [
        "Test & <b>a title that is much too",
        "long</b> Test & <b>a title that is much",
        "too long</b> Test & <b>a title that is …",
    ]
    assert lines[-1] == "Cam Kết · as of 1 June 2026"


def test_cards_mark_a_title_in_another_language(client, late):
    page = client.get(CARD.replace("/en/", "/vi/")).content.decode()

    assert '<html lang="vi">' in page
    assert '<h1 lang="en">' in page


def test_cards_of_what_is_not_public_are_not_found(client, world):
    factories.CommitmentFactory(slug="draft", is_draft=True)
    asked = ("commitments/draft/", "commitments/draft/badge.svg", "programmes/test/priorities/x/")

    assert {client.get(f"/en/embed/{path}").status_code for path in asked} == {404}


def test_a_picture_of_a_shared_page_is_kept_by_its_version(client, late):
    path = "/en/commitments/test-commitment/share.png"
    answer = client.get(path)

    image = Image.open(BytesIO(answer.content))
    assert (answer["Content-Type"], image.format, image.size) == ("image/png", "PNG", (1200, 630))
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get(path).content == answer.content
    assert client.get(path.replace("/en/", "/vi/")).content != answer.content
    type(late.commitment).objects.update(stage="paused")
    assert client.get(path).content != answer.content
    assert client.get("/en/commitments/never/share.png").status_code == 404
