"""The source and the page as readers saw them, each in a frame of the sign-off."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView
from wagtail.models import Site

from content.addresses.paths import normalise_path
from content.markup.html_tree import attribute, parse
from content.markup.sanitise import sanitise
from content.models import MediaPath
from isomer.models import ComparedText
from isomer.views.base import SEE_SIGN_OFF, AllowedMixin
from isomer.views.imported_page import ImportedPageMixin

SIDES = (("source", "Source as readers saw it"), ("served", "Page as visitors get it"))
# What a side may load and do: the site's own pictures and styles, nothing else.
POLICY = {
    "default-src": ["'none'"],
    "img-src": ["'self'"],
    "style-src": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-same-origin"],
}


@method_decorator(xframe_options_sameorigin, name="dispatch")
class SignOffSideView(ImportedPageMixin, AllowedMixin, TemplateView):
    """One side with its differences marked. Nothing in it runs, and its links lead nowhere."""

    permissions = SEE_SIGN_OFF
    template_name = "isomer/admin/sign_off_side.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the side.

        Raises:
            PermissionDenied: if this person may not read the page.
            Http404: if the sides were not kept.
        """
        if not self.may_read:
            raise PermissionDenied
        answer: Any = super().get(request, *args, **kwargs)
        answer._csp_config = POLICY
        return answer  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found = ComparedText.objects.filter(certificate=self.certificate).first()
        if found is None or self.certificate is None:
            raise Http404("Nothing was compared.")
        name = self.kwargs["side"]
        markup = found.source_markup if name == "source" else found.served_markup
        if name == "source" and not found.things:
            # Where something is marked, it was made safe before.
            markup = sanitise(markup).html
        return context | {
            "page_title": dict(SIDES)[name],
            "markup": shown(markup, self.certificate.address or "/", self.site),
        }


def shown(markup: str, address: str, site: Site) -> str:
    """Return the markup of a side with the site's own pictures and with links that lead nowhere.

    Pictures are looked up by the paths of the old site; one that was not imported leaves its
    alternative text. ``address`` is that of the page, which relative addresses start from.
    """
    tree = parse(markup)
    pictures = [tag for tag in tree.find_all("img") if isinstance(tag, Tag)]
    paths = {id(tag): _path(attribute(tag, "src"), address) for tag in pictures}
    rows = MediaPath.objects.filter(site__root_page=site.root_page_id, path__in=paths.values())
    stored = {row.path: row.image.file.url for row in rows.select_related("image") if row.image}
    for tag in pictures:
        path = paths[id(tag)]
        url = stored.get(path) or (attribute(tag, "src") if _is_stored(path) else "")
        for name in ("srcset", "sizes", "loading"):
            del tag[name]
        if url:
            tag["src"] = url
        else:
            tag.replace_with(f"[picture: {attribute(tag, 'alt') or path}]")
    for tag in tree.find_all("source"):
        tag.decompose()
    for tag in tree.find_all("a", href=True):
        if isinstance(tag, Tag):
            tag["title"] = f"leads to {attribute(tag, 'href')}"
            del tag["href"]
            tag["class"] = "side-link"
    return str(tree.decode_contents())


def _path(source: str, address: str) -> str:
    try:
        return normalise_path(urlsplit(urljoin(address, source)).path)
    except ValueError:  # brackets that enclose no IP address
        return ""


def _is_stored(path: str) -> bool:
    prefix = settings.MEDIA_URL
    return path.startswith(prefix if prefix.startswith("/") else "//")
