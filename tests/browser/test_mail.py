"""A mail that says everything, as a mail program shows it: narrow and wide, by day and by night."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from commitments.emails.digest import build_digest
from tests.emails.rich import rich

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCREENS = [(scheme, width) for scheme in ("light", "dark") for width in (320, 1280)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_mail_has_no_fault_that_axe_finds_and_fits_every_screen(page, settings, language):
    settings.SITE_URL = "https://cam-ket.example.org"
    html = build_digest(rich(language)).alternatives[0].content
    asked, found = [], {}
    page.on("request", lambda request: asked.append(request.url))

    for scheme, width in SCREENS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.set_content(html)
        faults = Axe().run(page).response["violations"]
        found[scheme, width] = ([fault["id"] for fault in faults], page.evaluate(WIDER))

    assert found == dict.fromkeys(SCREENS, ([], 0))
    assert asked == []
