"""What the document of the API says of each address."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema, extend_schema_view

View = TypeVar("View", bound=type)


def worded(tag: str, every: Any, one: Any = None, *, about: Any = None) -> Callable[[View], View]:
    """Name the list and the single row of a noun, and say `about` the list what is not plain."""
    operations = {"list": extend_schema(tags=[tag], summary=every, description=about or "")}
    if one:
        operations["retrieve"] = extend_schema(tags=[tag], summary=one, description="")
    return extend_schema_view(**operations)
