"""Addresses of the software; everything else is a page.

What only this software has lies below ``/-/``; what browsers and machines look for at one place
only is there. ``content.addresses.paths.reserved_segments`` knows the first segment of each.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import urlpatterns as wagtail_urlpatterns

from content.views import document, media, page_or_file
from navigation.views import colours
from resources.views import LatestItemsFeed, listing_feed
from scri.views import all_pages, favicon, healthz, page_or, robots, security, stored_file
from search.views import search, suggest

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
    path(".well-known/security.txt", security, name="security"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("feed.xml", LatestItemsFeed(), name="feed"),
    path("-/theme/<slug:digest>.css", colours, name="colours"),
    path("-/suggestions/", suggest, name="search-suggestions"),
    path("-/django-admin/", admin.site.urls),
    path(f"{settings.ADMIN_PATH}/", include(wagtailadmin_urls)),
    re_path(rf"^{re.escape(settings.DOCUMENTS_PATH)}/(\d+)/(.*)$", document, name="document"),
    path(f"{settings.DOCUMENTS_PATH}/", include(wagtaildocs_urls)),
]

if settings.SERVE_MEDIA:
    urlpatterns += [
        re_path(r"^-/media/(?P<path>.*)$", stored_file, {"document_root": settings.MEDIA_ROOT})
    ]

# Wagtail's own addresses for private pages, then its serve view under a pattern that
# admits what old permalinks hold: dots, blanks, capitals, a missing trailing slash.
urlpatterns += [pattern for pattern in wagtail_urlpatterns if pattern.name != "wagtail_serve"]
# A page may have one of these addresses. If none has, the software answers.
urlpatterns += [
    path("sitemap/", page_or(all_pages), name="all_pages"),
    path("search/", page_or(search, asked="q"), name="search"),
    re_path(r"^(.+/)feed\.xml$", listing_feed, name="listing_feed"),
]
# An address that ends like a file's name is a page, or else a file of the old site.
urlpatterns += [
    re_path(r"^((?:images|files)/.*|.*\.(?!html?$)[A-Za-z0-9]{2,7})$", media, name="media")
]
urlpatterns += [re_path(r"^(.*)$", page_or_file, name="wagtail_serve")]

handler403 = "scri.views.forbidden"
handler404 = "scri.views.page_not_found"
handler500 = "scri.busy.failed"
