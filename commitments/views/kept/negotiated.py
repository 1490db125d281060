"""What an answer of the API depends on beside its address: the form and the language preferred."""

from django.http import HttpRequest
from django.utils.http import parse_http_date_safe

from commitments.rules.negotiation import JSON, OPEN, form_for, language_for

API = "/api/v"
_LANGUAGES = ("vi", "en")


def kind_of(request: HttpRequest) -> str:
    """Which of the answers at this address: empty for the usual one, and everywhere else."""
    if not request.path_info.startswith(API):
        return ""
    form = form_for(request.META.get("HTTP_ACCEPT", ""))
    kind = "" if form == JSON else f"{form or 'none'} "
    if _by_language(request):
        kind += language_for(request.META.get("HTTP_ACCEPT_LANGUAGE", ""), _LANGUAGES) + " "
    return kind


def varies_by(request: HttpRequest) -> list[str]:
    """The headers that caches have to look at."""
    if not request.path_info.startswith(API):
        return ["Accept-Encoding"]
    names = ["Accept", "Accept-Encoding"]
    return [*names, "Accept-Language"] if _by_language(request) else names


def keeps_language(request: HttpRequest) -> bool:
    """Whether the answer really is another one in another language of the reader's."""
    return request.path_info.startswith(API) and _by_language(request)


def open_to(request: HttpRequest) -> dict[str, str]:
    """What lets pages of other hosts read the answer."""
    return OPEN if request.path_info.startswith(API) else {}


def is_as_new(request: HttpRequest, changed: str | None) -> bool:
    """Whether who asks by an instant has the answer already; a tag, where there is one, decides."""
    asked = request.META.get("HTTP_IF_MODIFIED_SINCE")
    if not asked or not changed or "HTTP_IF_NONE_MATCH" in request.META:
        return False
    since, at = parse_http_date_safe(asked), parse_http_date_safe(changed)
    return since is not None and at is not None and at <= since


def _by_language(request: HttpRequest) -> bool:
    """Whether the reader left the language to what the browser says."""
    return bool(request.META.get("QUERY_STRING")) and request.GET.get("lang") == "auto"
