"""The files of releases, whole or in part, and the catalogue that machines find them by."""

import re
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments.models import Release
from commitments.reports.packages.catalogue import WHOLE, catalogue_of
from commitments.reports.packages.dictionary import worded
from commitments.services.releases import folder_of
from commitments.text.canonical import canonical
from commitments.text.digests import repr_digest

FOR_EVER = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "public, no-cache"
JSON_LD = "application/ld+json"
GONE = 410
GONE_SAYS = _("The files of release {name} were removed on {day}. The newest: {newest}")
PIECE = 1 << 16
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@require_safe
def release_file(request: HttpRequest, name: str, path: str) -> HttpResponseBase:
    """One file of a release, which never changes; 410 where the release was put away."""
    release = get_object_or_404(Release, name=name)
    said = next((one for one in release.files if one["path"] == path), None)
    if said is None:
        raise Http404
    if release.removed_on:
        return _open_to_all(HttpResponse(_gone(release), "text/plain; charset=utf-8", GONE))
    headers = {
        "ETag": f'"{said["sha256"]}"',
        "Cache-Control": FOR_EVER,
        "Accept-Ranges": "bytes",
        "Repr-Digest": repr_digest(said["sha256"]),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if headers["ETag"] in parse_etags(request.headers.get("If-None-Match", "")):
        return _open_to_all(HttpResponse(status=304, headers=headers))
    answer = _content(request, release, said, headers["ETag"])
    for header, value in headers.items():
        answer[header] = value
    return _open_to_all(answer)


@require_safe
def latest_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """To the same file of the newest release."""
    release = Release.objects.there().first()
    if release is None or path not in {one["path"] for one in release.files}:
        raise Http404
    answer = HttpResponseRedirect(reverse("release-file", args=[release.name, path]))
    answer["Cache-Control"] = ASKED_EACH_TIME
    return _open_to_all(answer)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """All releases that are there, as a DCAT catalogue in JSON-LD."""
    said = catalogue_of(list(Release.objects.there()))
    answer = HttpResponse(canonical(said), content_type=JSON_LD)
    answer["Cache-Control"] = ASKED_EACH_TIME
    return _open_to_all(answer)


def _gone(release: Release) -> str:
    newest = f"{settings.SITE_URL}{reverse('latest-file', args=[WHOLE])}"
    words = {"name": release.name, "day": f"{release.removed_on:%Y-%m-%d}", "newest": newest}
    return "".join(f"{said.format(**words)}\n" for said in worded(GONE_SAYS).values())


def _open_to_all(answer: HttpResponseBase) -> HttpResponseBase:
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _content(
    request: HttpRequest, release: Release, said: dict[str, Any], etag: str
) -> HttpResponseBase:
    """Raises Http404 where the disk has lost the file or holds another."""
    path = folder_of(release.name) / said["path"]
    try:
        content = path.open("rb")
    except OSError as lost:
        raise Http404 from lost
    size = path.stat().st_size
    if size != said["bytes"]:
        content.close()
        raise Http404
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        asked = ""
    part = _part(asked, size)
    if part is None:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = part
    answer = StreamingHttpResponse(_pieces(content, first, last), said["media_type"])
    answer["Content-Length"] = str(last - first + 1)
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(release, said["path"])}"'
    if (first, last) != (0, size - 1):
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer


def _file_name(release: Release, path: str) -> str:
    """The archive is saved under the name of its release; all else as it is called in it."""
    name = path.rpartition("/")[2]
    return f"{name[:-4]}-{release.name}.zip" if name.endswith(".zip") else name


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """The first and last byte that are asked for; None where there are none. Everything, where
    nothing is asked, or several parts or in words of another kind (RFC 9110)."""
    found = _RANGE.fullmatch(asked)
    if found is None or not any(found.groups()) or not size:
        return 0, size - 1
    first, last = found.groups()
    if not first:
        wanted = min(int(last), size)
        return (size - wanted, size - 1) if wanted else None
    if int(first) >= size:
        return None
    end = min(int(last), size - 1) if last else size - 1
    return (int(first), end) if end >= int(first) else (0, size - 1)


def _pieces(content: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with content:
        content.seek(first)
        left = last - first + 1
        while left and (piece := content.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
