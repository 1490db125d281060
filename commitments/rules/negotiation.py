"""Which of the forms and languages that there are suits what a program says it takes."""

from collections.abc import Iterator
from functools import lru_cache

JSON, CSV, NDJSON, XLSX = "json", "csv", "ndjson", "xlsx"
MEDIA_TYPES = {
    JSON: "application/json",
    CSV: "text/csv",
    NDJSON: "application/x-ndjson",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The forms in which the public record is answered, the first one where several suit."""
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Last-Modified, Link, Content-Disposition, RateLimit, RateLimit-Policy, Retry-After, "
        "Deprecation, Sunset"
    ),
}
"""By these headers a page of another host may read an answer, and what is said beside it."""
_ALSO = {
    "text/html": JSON,  # a browser that opens an address is shown JSON
    "application/xhtml+xml": JSON,
    "application/problem+json": JSON,
    "application/vnd.oai.openapi+json": JSON,
    "application/ndjson": NDJSON,
    "application/jsonl": NDJSON,
    "application/octet-stream": JSON,
}
_LONGEST = 1000


@lru_cache(maxsize=256)
def form_for(accept: str) -> str:
    """The form that an `Accept` likes best; empty where it takes none of them (406)."""
    ranges = list(_weighed(accept[:_LONGEST].lower()))
    if not ranges:
        return JSON
    best, weight = "", 0.0
    for form in MEDIA_TYPES:
        liked = _liking(form, ranges)
        if liked > weight:
            best, weight = form, liked
    return best


def _liking(form: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the range that names it most exactly."""
    own = MEDIA_TYPES[form]
    names = (own, *(name for name, of in _ALSO.items() if of == form))
    exact = [weight for said, weight in ranges if said in names]
    if exact:
        return max(exact)
    for wide in (f"{own.partition('/')[0]}/*", "*/*", "*"):
        for said, weight in ranges:
            if said == wide:
                return weight
    return 0.0


def _weighed(accepted: str) -> Iterator[tuple[str, float]]:
    """Each that is named, with its `q`, which is 0 where it cannot be read."""
    for part in accepted.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        try:
            value = float(weight)
        except ValueError:
            value = 0.0
        if name:
            yield name, value if 0 <= value <= 1 else 0.0


@lru_cache(maxsize=256)
def language_for(accept: str, languages: tuple[str, ...]) -> str:
    """The language that an `Accept-Language` likes best; the first where it takes none."""
    best, weight = languages[0], 0.0
    for name, liked in _weighed(accept[:_LONGEST].lower()):
        said = name.partition("-")[0]
        if said in languages and liked > weight:
            best, weight = said, liked
    return best
