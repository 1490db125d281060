"""The root of all addresses: pages under a language, API and health without (design §8)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from commitments import urls

handler429 = "commitments.views.staff._library.too_many"
handler404 = "commitments.views.public.errors.not_found"
handler500 = "commitments.api.errors.server_error"
urlpatterns = [
    path("", RedirectView.as_view(url="/vi/")),
    *urls.without_language,
    *i18n_patterns(path("", include(urls.pages))),
    *urls.old,
]
