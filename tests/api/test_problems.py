"""Every kind of problem is explained at the address that its type names."""

import re

from commitments.api.problems import WHAT_TO_DO
from commitments.text.problems import KINDS, problem


def test_every_kind_says_what_to_do(client, db):
    page = client.get("/api/problems/", {"lang": "en"}).content.decode()

    assert list(WHAT_TO_DO) == list(KINDS)
    assert re.findall(r'<div class="members__row" id="([^"]+)"', page) == list(KINDS)


def test_type_of_a_problem_leads_to_its_page(client, db, settings):
    said = problem("key-reused", "Test")
    path = said["type"].removeprefix(settings.SITE_URL)
    page = client.get(path, {"lang": "vi"}).content.decode()

    assert "<h1>Khóa này đã được dùng cho một yêu cầu khác</h1>" in page
    assert said["detail_vi"] == said["detail_en"] == "Test"
    assert client.get("/api/problems/unknown/").status_code == 404
