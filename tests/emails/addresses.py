"""The addresses that mails link to, while the pages behind them do not matter."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import include, path


def page(request, slug):
    return HttpResponse(slug)


staff = (
    [
        path("commitments/<slug:slug>/", page, name="commitment-detail"),
        path("commitments/<slug:slug>/updates/add/", page, name="update-create"),
    ],
    "staff",
)
urlpatterns = i18n_patterns(
    path("commitments/<slug:slug>/", page, name="commitment-detail"),
    path("staff/", include(staff)),
)
