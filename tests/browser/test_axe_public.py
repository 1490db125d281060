"""Every public page on the real record: no fault that axe finds, nothing wider than the screen.

axe knows WCAG 2.2 AA and its own good practice; both are asked, in both languages and at the
widths of a desk, of a tablet, and of a page enlarged to 400 %.
"""

import pytest

from tests.browser.looking import faults_at

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
    "organisations/?role=partner&programme=2025",
    "organisations/viettel/",
    "indicators/",
    "indicators/digital-technology-industry-revenue/",
    "indicators/5g-population-coverage/",
    "instruments/",
    "instruments/law-artificial-intelligence/",
    "sources/",
    "sources/?year=2026&language=vi",
    "sources/seed-002/",
    "gaps/",
    "compare/?from=2025-12-31&to=2026-06-30",
    "compare/?from=2026-02-01&to=2026-01-01",
    "commitments/viettel-5g-network-2025/?as_of=2025-06-01",
    "?as_of=2026-01-10",
    "?as_of=nonsense",
    "reports/",
    "report-error/?about=commitment:ai-sandbox-decree",
    "subscribe/?topic=commitment&of=ai-sandbox-decree",
    "webhooks/",
    "method/",
    "method/1/",
    "owing/",
    "owing/?programme=nowhere",
    "corrections/",
    "about/",
    "accessibility/",
    "data/",
    "releases/",
    "calendar/",
    "calendar/?since=2025&month=2026-12",
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
WIDTHS = (1280, 768, 320)


@pytest.fixture
def faults(transactional_db, facts, live_server, page):
    """Open a page and say what is wrong with it."""
    loud = []

    def _asked(request):
        if not request.url.startswith((live_server.url, "data:")):
            loud.append(f"asks another host: {request.url}")

    page.on("pageerror", lambda error: loud.append(str(error)))
    page.on("request", _asked)

    def _faults(address):
        page.goto(f"{live_server.url}{address}")
        found = faults_at(page, WIDTHS)
        if loud:
            found["loud"] = loud.copy()
            loud.clear()
        return found

    return _faults


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_public_pages_have_no_fault(faults, language, part):
    """In three parts, which run beside each other."""
    found = {path: faults(f"/{language}/{path}") for path in PATHS[part::3]}

    assert {path: said for path, said in found.items() if said} == {}
