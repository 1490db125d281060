"""A step from one page to the next, or on the same page: taken, and only then looked at.

A click alone returns before the answer is there, so that a busy machine would look at the page
left behind, or at none.
"""

from contextlib import contextmanager

from playwright.sync_api import expect

LISTEN = """control => {
  const root = document.documentElement;
  delete root.dataset.answered;
  addEventListener("htmx:afterSettle", ({detail}) => {
    if (detail.requestConfig?.elt.contains(control)) root.dataset.answered = "yes";
  });
}"""


def follow(page, control):
    """Press what leads to another page, or to this one again with its errors, and wait for it."""
    with page.expect_navigation():
        control.click()


@contextmanager
def answered(page, control):
    """What is done to the control here is answered in its page; after it the answer stands there."""
    control.evaluate(LISTEN)
    yield
    expect(page.locator("html")).to_have_attribute("data-answered", "yes")
    settled(page)


def swap(page, control):
    """Press what is answered in its page, and wait for the answer."""
    with answered(page, control):
        control.click()


def settled(page):
    """Buttons fade while something is asked for; a fault is one that stays."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
