"""The page that describes the API: no fault that axe finds, nothing loud, nothing foreign."""

import pytest

from tests.browser.looking import faults_at

WIDTHS = (1280, 360)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_documentation_has_no_fault_closed_and_open(live_server, page, language):
    loud = []
    page.on("pageerror", lambda error: loud.append(str(error)))
    page.on("console", lambda message: loud.append(message.text))
    page.on(
        "request",
        lambda request: (
            loud.append(request.url)
            if not request.url.startswith((live_server.url, "data:"))
            else None
        ),
    )
    page.goto(f"{live_server.url}/api/docs/?lang={language}")
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")

    assert (faults_at(page, WIDTHS), loud) == ({}, [])
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("main .members__row").count() > 300
    page.goto(f"{live_server.url}/api/changes/?lang={language}")
    assert faults_at(page, WIDTHS) == {}
