"""A step from one page to the next: pressed, and only then looked at."""


def follow(page, control):
    """Press what leads to another page (or to this one again, with its errors) and wait for it.

    A click alone returns before the answer is there, so that a busy machine would look at
    the page left behind, or at none.
    """
    with page.expect_navigation():
        control.click()
