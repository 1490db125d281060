"""From where a program asks."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from rest_framework.request import Request

NOWHERE = "0.0.0.0"


def address_of(request: Request | HttpRequest) -> str:
    """The address that asks, behind as many proxies as are trusted (`TRUSTED_PROXIES`)."""
    plain = request._request if isinstance(request, Request) else request
    try:
        return str(get_adapter().get_client_ip(plain))
    except PermissionDenied:
        return NOWHERE
