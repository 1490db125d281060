"""A mail that says everything, as a mail program shows it: narrow and wide, by day and by night."""

import pytest

from commitments.emails.digest import build_digest
from tests.browser.looking import faults_at
from tests.emails.rich import rich

SCHEMES, WIDTHS = ("light", "dark"), (320, 1280)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_mail_has_no_fault_that_axe_finds_and_fits_every_screen(page, settings, language):
    settings.SITE_URL = "https://cam-ket.example.org"
    html = build_digest(rich(language)).alternatives[0].content
    asked, found = [], {}
    page.on("request", lambda request: asked.append(request.url))

    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.set_content(html)
        found[scheme] = faults_at(page, WIDTHS)

    assert found == {scheme: {} for scheme in SCHEMES}
    assert asked == []
