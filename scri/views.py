"""Views that belong to no page: health, what machines ask a site for, the list of all pages,
and the pages for what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.static import serve as serve_file
from wagtail.models import Page, Site

from content.addresses.routing import serve
from content.library.private_media import private_picture, refusal, stored_name
from editors.typed import refused_form
from navigation.models import SiteIdentity
from navigation.tree import SiteTree
from scri.policy import ADMINS
from scri.security import contact_address, security_text
from scri.similar_pages import near_pages, words_of


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers; for load balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines in, except into the admin; or keep them out (``ALLOW_INDEXING``).

    Only a site that is open names its sitemap.
    """
    lines = ["User-agent: *"]
    if settings.ALLOW_INDEXING:
        sitemap = request.build_absolute_uri("/sitemap.xml")
        lines += [f"Disallow: {reverse(name)}" for name in ADMINS]
        lines += ["", f"Sitemap: {sitemap}"]
    else:
        lines.append("Disallow: /")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """Say where security problems are reported, as RFC 9116 wants it said.

    The address is that of "Report Vulnerability" in the footer.

    Raises:
        Http404: if the footer names none.
    """
    contact = contact_address(request)
    if not contact:
        raise Http404("Nobody has said where to report security problems.")
    text = security_text(request, contact, SiteIdentity.for_request(request).language)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the site's icon, or to the neutral one, by a redirect.

    Browsers, feed readers and search engines ask for this path without reading a page.
    An editor may choose another icon, so the answer is kept for a day at most.
    """
    site = Site.find_for_request(request)
    own = "" if site is None else SiteIdentity.for_site(site).icon_url
    headers = {"Cache-Control": "public, max-age=86400"}
    return HttpResponseRedirect(own or static("favicon.ico"), headers=headers)


def page_or(
    view: Callable[[HttpRequest], HttpResponse], asked: str = ""
) -> Callable[[HttpRequest], HttpResponse]:
    """Return a view that lets a page of the site answer if one lives at its address.

    A request that names the parameter ``asked`` is always the view's.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        path = request.path_info.lstrip("/")
        if asked in request.GET or Page.route_for_request(request, path) is None:
            return view(request)
        return serve(request, path)

    return answer


def all_pages(request: HttpRequest) -> HttpResponse:
    """List the pages of the site for people.

    Pages in no menu are in it, too; types that come in hundreds are not, since their room lists
    them (``BasePage.in_navigation_tree``).

    Raises:
        Http404: if the request belongs to no site.
    """
    tree = SiteTree.for_request(request)
    if tree is None:
        raise Http404("There is no site at this host.")
    canonical = request.build_absolute_uri(request.path)
    return render(request, "all_pages.html", {"tree": tree.root, "canonical_here": canonical})


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in plain words that nothing is at this address, with a way on."""
    tree = SiteTree.for_request(request)
    near = [] if tree is None else near_pages(tree, request.path)
    context = {"words": " ".join(words_of(request.path))[:100], "near": near}
    return render(request, "404.html", context, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the visitor may not see this, without saying what it is."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do when a form was too old, or sent without cookies.

    The reason is for those who run the site and stands in their log. A form of the admin comes
    back with what was typed.
    """
    if request.path.startswith(reverse("wagtailadmin_home")):
        return refused_form(request)
    return render(request, "403_csrf.html", status=403)


def stored_file(request: HttpRequest, path: str, document_root: str) -> HttpResponseBase:
    """Serve a stored picture to whoever may see its collection. Documents have a view of
    Wagtail's own, which asks who may see them and keeps active content from running; their
    files are not found here.

    With ``MEDIA_ACCEL`` the web server in front sends the file (``X-Accel-Redirect``).

    Raises:
        Http404: if there is no such file, or it is a document's.
    """
    name = stored_name(path)
    if name.startswith("documents/"):
        raise Http404("Documents are served at their own address.")
    private = private_picture(path)
    if private is not None and (refused := refusal(request, private)) is not None:
        return refused
    response: HttpResponseBase
    if settings.MEDIA_ACCEL:
        response = HttpResponse(headers={"X-Accel-Redirect": settings.MEDIA_ACCEL + quote(name)})
        del response["Content-Type"]
    else:
        response = serve_file(request, path, document_root)
    if private is not None:
        add_never_cache_headers(response)
    return response
