"""Every address of the product: public and staff pages by noun, and what has no language."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from commitments.api import routes as api
from commitments.urls import public, staff
from commitments.views import demo, health

without_language: list[URLPattern | URLResolver] = [
    # health
    path("healthz", health.health, name="healthz"),
    # api
    *api.routes,
    # demonstration
    path("demo/mail/", demo.mailbox, name="demo-mailbox"),
    path("demo/mail/<str:name>/<int:number>/", demo.mail_page, name="demo-mail-page"),
    # looking glass
    path("admin/", admin.site.urls),
]

pages: list[URLPattern | URLResolver] = [
    *public.routes,
    path("staff/", include((staff.routes, "staff"))),
    path("staff/", include(staff.account)),
]
