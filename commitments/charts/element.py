"""One element of a drawing; what stands in it is escaped, so that no text becomes mark-up."""

from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, tostring

from django.utils.safestring import SafeString, mark_safe

NAMESPACE = "http://www.w3.org/2000/svg"


def tag(name: str, *children: "Element | str | None", **attributes: Any) -> Element:
    """`tag("line", x1=0, stroke_width=2, class_="chart__grid")`; None leaves out."""
    made = Element(
        name, {_name(key): _spelled(of) for key, of in attributes.items() if of is not None}
    )
    for child in children:
        if isinstance(child, str):
            made.text = (made.text or "") + child
        elif child is not None:
            made.append(child)
    return made


def written(drawing: Element) -> SafeString:
    """The drawing as it stands in a page."""
    return mark_safe(tostring(drawing, encoding="unicode"))


def _name(key: str) -> str:
    return "viewBox" if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _spelled(value: Any) -> str:
    """Places to a tenth: nobody sees more, and everybody would load it."""
    if isinstance(value, float | Decimal):
        return f"{value:.1f}".removesuffix(".0").replace("-0", "0") if value == 0 else _short(value)
    return str(value)


def _short(value: float | Decimal) -> str:
    return f"{value:.1f}".removesuffix(".0")
