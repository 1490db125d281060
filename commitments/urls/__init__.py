"""Every address of the product: public and staff pages by noun, and what has no language."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from commitments.api import routes as api
from commitments.urls import citizens, public, staff
from commitments.views import calendars, demo, feeds, health, mail, releases
from commitments.views.public import errors, sitemap

without_language: list[URLPattern | URLResolver] = [
    # health
    path("healthz", health.health, name="healthz"),
    path("healthz/reminders", health.health_reminders, name="healthz-reminders"),
    path("healthz/webhooks", health.health_webhooks, name="healthz-webhooks"),
    # api
    *api.routes,
    # calendars
    path("calendar/all.ics", calendars.whole_ics, name="whole-calendar"),
    path("calendar/programmes/<slug:slug>.ics", calendars.programme_ics, name="programme-calendar"),
    path(
        "calendar/organisations/<slug:slug>.ics",
        calendars.organisation_ics,
        name="organisation-calendar",
    ),
    path(
        "calendar/commitments/<slug:slug>.ics", calendars.commitment_ics, name="commitment-calendar"
    ),
    path("calendar/people/<str:token>.ics", calendars.person_ics, name="person-calendar"),
    # feeds
    path("feeds/<str:language>/changes.atom", feeds.feed, name="feed"),
    path("feeds/<str:language>/commitments.atom", feeds.search_feed, name="search-feed"),
    path(
        "feeds/<str:language>/commitments/<slug:slug>.atom",
        feeds.commitment_feed,
        name="commitment-feed",
    ),
    path(
        "feeds/<str:language>/organisations/<slug:slug>.atom",
        feeds.organisation_feed,
        name="organisation-feed",
    ),
    path(
        "feeds/<str:language>/programmes/<slug:slug>.atom",
        feeds.programme_feed,
        name="programme-feed",
    ),
    path(
        "feeds/<str:language>/programmes/<slug:programme>/priorities/<slug:slug>.atom",
        feeds.priority_feed,
        name="priority-feed",
    ),
    # releases of the open data
    path("data/catalogue.jsonld", releases.catalogue, name="data-catalogue"),
    path("data/latest/<path:path>", releases.latest_file, name="latest-file"),
    path("data/releases/<slug:name>/<path:path>", releases.release_file, name="release-file"),
    # search engines
    path("robots.txt", sitemap.robots_txt, name="robots"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemaps/<slug:name>-<int:number>.xml", sitemap.sitemap_part, name="sitemap-part"),
    # mail
    path("mail/mute/<str:token>/", mail.mail_mute, name="mail-mute"),
    # demonstration
    path("demo/mail/", demo.mailbox, name="demo-mailbox"),
    path("demo/mail/<str:name>/<int:number>/", demo.mail_page, name="demo-mail-page"),
    # looking glass
    path("admin/", admin.site.urls),
]

pages: list[URLPattern | URLResolver] = [
    *public.routes,
    re_path(rf"^(?P<reference>{errors.REFERENCE})/?$", errors.by_reference),
    *citizens.routes,
    path("staff/", include((staff.routes, "staff"))),
    path("staff/", include(staff.account)),
]

NOUNS = sorted({str(found.pattern).partition("/")[0] for found in public.routes} - {""})
old: list[URLPattern | URLResolver] = [
    re_path(rf"^(?P<rest>(?:{'|'.join(NOUNS)})(?:/.*)?)$", errors.without_language),
    re_path(rf"^(?P<reference>{errors.REFERENCE})/?$", errors.by_reference),
]
"""Addresses without a language that were typed, or stood in links of long ago."""
