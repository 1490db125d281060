"""The page that describes the API: no fault that axe finds, nothing loud, nothing foreign."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_documentation_has_no_fault_closed_and_open(live_server, page, language, width):
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
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/api/docs/?lang={language}")
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")

    found = [
        f"{fault['id']}: {node['target']}"
        for fault in Axe().run(page).response["violations"]
        for node in fault["nodes"]
    ]
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    assert (found, loud, wider) == ([], [], 0)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("main .members__row").count() > 300
