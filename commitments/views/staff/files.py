"""A file of a draft, for those who may see the draft."""

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from commitments.models import StoredFile
from commitments.views.files import answer_file
from commitments.views.staff._page import StaffRequest


@require_safe
@login_required
def file_detail(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Unseen is 404: nobody learns whether a file exists."""
    return answer_file(get_object_or_404(StoredFile.objects.visible_to(request.user), pk=pk))
