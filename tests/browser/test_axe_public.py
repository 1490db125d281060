"""Every public page on the real record: no fault that axe finds, nothing wider than the screen.

axe knows WCAG 2.2 AA and its own good practice; both are asked, in both languages and both widths.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

PATHS = (
    "",
    "programmes/",
    "programmes/2026/",
    "programmes/2026/priorities/legal-and-policy-framework/",
    "programmes/2026/brief/",
    "programmes/2026/priorities/legal-and-policy-framework/brief/?pdf=missing",
    "priorities/",
    "commitments/",
    "commitments/?q=dien&order=due",
    "commitments/?q=nothing-like-it",
    "commitments/?stage=unreadable",
    "commitments/?stage=in_progress&stage=none&kind=corporate_pledge",
    "search/",
    "search/?q=dien",
    "search/?q=dien&only=sources",
    "search/?q=nothing-like-it",
    f"search/?q={'x' * 201}",
    "commitments/viettel-5g-network-2025/",
    "commitments/ai-sandbox-decree/",
    "commitments/viettel-national-mission-2026/",
    "commitments/ai-sandbox-decree/?show=record",
    "commitments/ai-sandbox-decree/updates/5/",
    "organisations/",
    "organisations/viettel/",
    "indicators/",
    "indicators/digital-technology-industry-revenue/",
    "indicators/5g-population-coverage/",
    "instruments/",
    "instruments/law-artificial-intelligence/",
    "sources/",
    "sources/seed-002/",
    "gaps/",
    "reports/",
    "report-error/?about=commitment:ai-sandbox-decree",
    "subscribe/?topic=commitment&of=ai-sandbox-decree",
    "method/",
    "method/1/",
    "owing/",
    "owing/?programme=nowhere",
    "corrections/",
    "about/",
    "accessibility/",
    "data/",
    "calendar/",
    "calendar/?since=2025",
    "changes/",
    "changes/?commitment=ai-sandbox-decree",
    "changes/?kind=never",
    "embed/commitments/viettel-5g-network-2025/",
    "embed/programmes/2026/priorities/legal-and-policy-framework/",
    "record/",
    "record/?commitment=ai-sandbox-decree",
    "record/1/",
    "never/",
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def faults(transactional_db, facts, live_server, page):
    """Open a page and say what is wrong with it."""
    axe, loud = Axe(), []

    def _asked(request):
        if not request.url.startswith((live_server.url, "data:")):
            loud.append(f"asks another host: {request.url}")

    page.on("pageerror", lambda error: loud.append(str(error)))
    page.on("request", _asked)

    def _faults(address):
        page.goto(f"{live_server.url}{address}")
        found = [
            f"{fault['id']}: {node['target']}"
            for fault in axe.run(page).response["violations"]
            for node in fault["nodes"]
        ]
        wider = page.evaluate(WIDER)
        said = [*found, *([f"{wider} px wider than the screen"] if wider else []), *loud]
        loud.clear()
        return said

    return _faults


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_public_pages_have_no_fault(faults, page, language, width):
    page.set_viewport_size({"width": width, "height": 900})

    found = {path: faults(f"/{language}/{path}") for path in PATHS}

    assert {path: said for path, said in found.items() if said} == {}


def test_public_pages_work_without_javascript(transactional_db, facts, live_server, browser):
    """The filter of the list is an ordinary form, and the menu's links are there."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/vi/commitments/")
    page.get_by_label("Từ trong tiêu đề").fill("nghi dinh")
    page.get_by_role("button", name="Áp dụng").click()

    assert "q=nghi+dinh" in page.url
    assert [link.inner_text() for link in page.locator(".row__title a").all()] == [
        "Xây dựng nghị định của Chính phủ về cơ chế thử nghiệm có kiểm soát (sandbox) đối với AI"
    ]
    page.get_by_role("link", name="English").click()
    assert page.locator(".row__title a").all_inner_texts() == [
        "Draft a Government decree on AI regulatory sandboxes"
    ]
    assert "q=nghi+dinh" in page.url
