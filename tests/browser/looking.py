"""What is wrong with the page that a browser shows: by axe, and by its width."""

from axe_playwright_python.base import AXE_SCRIPT

RUN = """() => axe.run({resultTypes: ["violations"]}).then(({violations}) =>
  violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.target}`)))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults(page):
    """Everything that axe finds, and how much the page is wider than the screen."""
    wider = page.evaluate(WIDER)
    if not page.evaluate("'axe' in window"):  # it stays while the page stays
        page.evaluate(AXE_SCRIPT)
    return [*page.evaluate(RUN), *([f"{wider} px wider than the screen"] if wider else [])]


def faults_at(page, widths, height=900):
    """The same by the width of the screen, in pixels, where there are any."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": height})
        if said := faults(page):
            found[width] = said
    return found
