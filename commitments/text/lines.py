"""A text cut into lines, for pictures that cannot break it themselves."""

import textwrap


def lines(text: str, longest: int, most: int) -> list[str]:
    """At most so many lines of at most so many signs; what is left out is marked by an ellipsis."""
    return textwrap.wrap(
        " ".join(text.split()), longest, max_lines=most, placeholder=" …", break_on_hyphens=False
    )
