"""Files for evidence: handed in first, named by their id in a piece of evidence then."""

from hashlib import sha256
from typing import BinaryIO, cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from commitments.api.errors import BODY, Problem
from commitments.api.own import document
from commitments.api.own.deeds import Made, OwnView, holder_of, is_rehearsed, run
from commitments.api.own.serializers import OwnFileSerializer
from commitments.api.own.shapes import Faults
from commitments.errors import Refusal
from commitments.models import Scope, StoredFile
from commitments.rules.files import look_into
from commitments.services.files import keep_evidence

MEDIA_TYPE = "multipart/form-data"
NOT_A_FORM = _("Please send the file as “Content-Type: multipart/form-data”, in the part “file”.")
NO_FILE = _("Please send the file in the part “file”.")


class OwnFiles(OwnView):
    scopes = {"POST": Scope.WRITE}

    @document.write(
        _("Hand in a file for evidence"),
        OwnFileSerializer,
        status=201,
        about=_("It becomes public together with the update that names its id."),
    )
    def post(self, request: Request) -> HttpResponse:
        upload = _upload(request)
        said = b"%s\0%s" % (_digest(upload), (upload.name or "").encode())

        def keep(_raw: bytes) -> Made:
            try:
                kept = _judged(upload) if is_rehearsed(request) else _kept(request, upload)
            except Refusal as refused:
                faults = Faults()
                for one in refused.refusals:
                    faults.note("/file", one.code, one.text)
                raise Problem("invalid-body", BODY, faults) from refused
            status = 200 if is_rehearsed(request) else 201
            return Made(status, dict(OwnFileSerializer(kept).data))

        return run(request, keep, body=said)


def _upload(request: Request) -> "UploadedFile[bytes]":
    plain = request._request
    if plain.content_type != MEDIA_TYPE:
        raise Problem("unsupported-media-type", NOT_A_FORM)
    try:
        found = plain.FILES.getlist("file")
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        found = []
    if len(found) != 1:
        faults = Faults()
        faults.note("/file", "missing", NO_FILE)
        raise Problem("invalid-body", BODY, faults)
    return found[0]


def _digest(upload: "UploadedFile[bytes]") -> bytes:
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.digest()


def _kept(request: Request, upload: "UploadedFile[bytes]") -> StoredFile:
    return keep_evidence(
        content=upload,
        name=upload.name or "",
        by=holder_of(request),
        most=settings.EVIDENCE_MAX_BYTES,
        now=timezone.now(),
    )


def _judged(upload: "UploadedFile[bytes]") -> StoredFile:
    """What it would be kept as; nothing is written."""
    size = upload.size or 0
    content = cast(BinaryIO, upload)
    looked = look_into(upload.name or "", content, size, most=settings.EVIDENCE_MAX_BYTES)
    digest = _digest(upload).hex()
    return StoredFile(name=looked.name, media_type=looked.media_type, size=size, sha256=digest)
