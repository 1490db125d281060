"""Files are only ever handed out as downloads: nothing that people brought runs in a page."""

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from commitments.models import Source, StoredFile
from commitments.services.files import is_as_kept

logger = logging.getLogger(__name__)


def answer_file(file: StoredFile) -> HttpResponseBase:
    """The bytes under the name they were given; 404 where the disk has lost or changed them.

    Whoever downloads it relies on the hash that the record states.
    """
    try:
        content = file.content.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    if not is_as_kept(file, content):
        content.close()
        logger.error("File %s is not what was handed in: its bytes changed on the disk.", file.pk)
        raise Http404
    response = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.media_type
    )
    response["Content-Length"] = str(file.size)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def source_file(request: HttpRequest, slug: str) -> HttpResponse | HttpResponseBase:
    """The file of a published source, for everybody."""
    found = Source.objects.public().filter(file__isnull=False).select_related("file")
    source = get_object_or_404(found, slug=slug)
    assert source.file is not None
    response = answer_file(source.file)
    response["ETag"] = f'"{source.file.sha256}"'
    return response
