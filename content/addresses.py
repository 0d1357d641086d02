"""Public addresses: where a page answers, apart from where it stands in the tree.

Editors arrange pages in folders; the public and search engines know addresses.
A page may carry an ``address`` (the permalink of the old site, letter for
letter). With one it lives exactly there; without one it lives at its place in
the tree, as any Wagtail page.

* ``AddressedPage.address`` is an ordinary field: it is in forms, drafts and
  revisions.
* ``PageAddress`` is the published index: which path leads to which page. It is
  written when a page goes live.
* ``url_path`` stays Wagtail's own. Everything that builds a link must use a
  specific page (``page.specific.url``) or :func:`address_map`.

Overrides of Wagtail functions, each watched by a test that fails when the
original changes: ``Page.get_url_parts``, ``Page.route`` (site root only),
``Page.with_content_json``, ``wagtail.views.serve``.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any, ClassVar
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, Site
from wagtail.signals import post_page_move
from wagtail.url_routing import RouteResult

logger = logging.getLogger(__name__)

ADDRESS_LENGTH = 500

# First segments that belong to the software. Only the project's own URL
# configuration can say which; a test compares the two.
RESERVED_SEGMENTS = frozenset(
    {
        "_util",
        "admin",
        "django-admin",
        "documents",
        "healthz",
        "media",
        "robots.txt",
        "search",
        "sitemap.xml",
        "static",
        "theme",
    }
)

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f?#\\]|//|/\.{1,2}(/|$)")


def normalise_path(path: str) -> str:
    """Return the form under which a path is looked up.

    Percent-escapes are decoded once, letters are composed (Unicode NFC), runs of
    slashes become one, the leading slash is there and the trailing one is not:
    ``"/a%20b/"`` gives ``"/a b"``. The root is ``""``. Case is kept, as the old
    sites kept it (format reference, 1.3).
    """
    decoded = unicodedata.normalize("NFC", unquote(path))
    segments = [segment for segment in decoded.split("/") if segment]
    return "".join(f"/{segment}" for segment in segments)


def validate_address(address: str) -> None:
    """Check that an address can be reached by a browser and is not the software's own.

    Raises:
        ValidationError: with a sentence that says what to change.
    """
    if not address.startswith("/") or normalise_path(address) == "":
        raise ValidationError("Begin the address with a slash, for example /about-us/history/.")
    if _FORBIDDEN.search(address):
        raise ValidationError(
            "An address can't hold a question mark, a hash sign, a backslash, two slashes in a"
            " row, or a segment made of dots."
        )
    first = normalise_path(address).split("/")[1]
    if first.lower() in RESERVED_SEGMENTS:
        raise ValidationError(f"Addresses under /{first}/ belong to the software. Choose another.")


class PageAddress(models.Model):
    """A public path and the page that answers there.

    ``path`` is in the form of :func:`normalise_path` and unique within a site;
    ``address`` is the same path letter for letter, trailing slash included.
    """

    class Kind(models.TextChoices):
        CANONICAL = "canonical", "Where the page lives"
        OLD = "old", "Leads to the page"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=ADDRESS_LENGTH)
    address = models.CharField(max_length=ADDRESS_LENGTH)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="public_addresses")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "path"], name="one_page_per_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address} ({self.kind})"


class AddressForm(WagtailAdminPageForm):
    """The page form, which also explains clashes of addresses."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        root = site_root_above(self.parent_page or self.instance)
        if root is None:
            return cleaned
        site, root_path = root
        address = cleaned.get("address") or ""
        if address and "address" not in self.errors:
            holder = holder_of(site.pk, root_path, address, self.instance)
            if holder is not None:
                self.add_error("address", clash_message(holder, "Choose another address."))
        elif self.parent_page is not None and cleaned.get("slug"):
            tree_path = self.parent_page.url_path + cleaned["slug"]
            place = "/" + tree_path[len(root_path) :]
            if not self.instance.yields_to_addresses:
                taken = (
                    PageAddress.objects.filter(
                        site=site, path=normalise_path(place), kind=PageAddress.Kind.CANONICAL
                    )
                    .exclude(page_id=self.instance.pk)
                    .first()
                )
                if taken is not None:
                    self.add_error("slug", clash_message(taken.page, "Choose another slug."))
        return cleaned


def clash_message(holder: Page, remedy: str) -> str:
    """Return a sentence, with a link, that names the page which holds an address."""
    return format_html(
        'The page “<a href="{}">{}</a>” already lives there. {}',
        reverse("wagtailadmin_pages:edit", args=[holder.pk]),
        holder.get_admin_display_title(),
        remedy,
    )


class AddressedPage(models.Model):
    """What a page needs to live at an address of its own. Mixed into every page type."""

    address = models.CharField(
        "address",
        max_length=ADDRESS_LENGTH,
        blank=True,
        validators=[validate_address],
        help_text=(
            "Where visitors find this page, for example /about-us/history/. Leave it empty and"
            " the page is found at its place in the page tree. When you change it, the old"
            " address keeps leading here."
        ),
    )

    # Section pages give way: visitors of a section are sent on to a page anyway.
    yields_to_addresses: ClassVar[bool] = False
    base_form_class = AddressForm

    _published_address: str | None = None

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Any:
        """Remember the address as published, before a form or revision changes it."""
        instance = super().from_db(db, field_names, values)
        if "address" in field_names:
            instance._published_address = instance.address
        return instance

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Override of ``Page.with_content_json``: a draft's address is not public yet,
        and an alias never takes its original's."""
        draft = super().with_content_json(content)  # type: ignore[misc]
        draft._published_address = self._published_address
        if self.alias_of_id:  # type: ignore[attr-defined]
            draft.address = ""
        return draft

    @property
    def public_address(self) -> str:
        """The address at which visitors find this page, ``""`` if it is its place in the tree."""
        return self.address if self._published_address is None else self._published_address

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Override of ``Page.get_url_parts``, the hook Wagtail documents for custom routing."""
        parts = super().get_url_parts(request)  # type: ignore[misc]
        if parts is None or parts[2] is None or not self.public_address:
            return parts
        return parts[0], parts[1], url_of(self.public_address)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and bring the published index up to date when the live page itself is written.

        Saving a draft writes the page row with ``update_fields`` and must not
        publish the draft's address.
        """
        if self.alias_of_id:  # type: ignore[attr-defined]
            self.address = ""
        super().save(*args, **kwargs)
        if kwargs.get("update_fields") is None:
            self._published_address = self.address
            if self.live:  # type: ignore[attr-defined]
                publish_address(self)


class SiteRootMixin:
    """Routing for the page that is the root of a site."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Override of ``Page.route`` on the site's root: addresses first, then the tree.

        An address beats a tree path; an old address is honoured where the tree
        has no page that lives there.
        """
        site = Site.find_for_request(request)
        if not path_components or site is None or site.root_page_id != self.pk:  # type: ignore[attr-defined]
            return super().route(request, path_components)  # type: ignore[misc]
        path = normalise_path("/".join(path_components))
        row = PageAddress.objects.filter(site=site, path=path).select_related("page").first()
        if row is not None and row.kind == PageAddress.Kind.CANONICAL and row.page.live:
            return RouteResult(row.page.specific)
        try:
            result: RouteResult = super().route(request, path_components)  # type: ignore[misc]
        except Http404:
            result = None
        if result is not None and not (row and getattr(result[0], "public_address", "")):
            return result
        if row is not None and row.page.live:
            return RouteResult(row.page.specific)
        if result is None:
            raise Http404
        return result


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page in place of ``wagtail.views.serve``: one address answers, others lead to it.

    With and without a trailing slash are one page, as are an old address, a place
    in the tree and the address: whichever is not the page's own gives one
    permanent redirect.
    """
    result = Page.route_for_request(request, path)
    if result is not None and request.method in ("GET", "HEAD"):
        page, arguments, keywords = result
        target = None if arguments or keywords else _canonical_elsewhere(request, page)
        if target is not None:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
    # Wagtail's views need the models, and this module holds one.
    from wagtail.views import serve as wagtail_serve

    response: HttpResponse = wagtail_serve(request, path)
    return response


def _canonical_elsewhere(request: HttpRequest, page: Page) -> str | None:
    parts = page.get_url_parts(request)
    if parts is None or parts[2] is None:
        return None
    site_id, root_url, page_path = parts
    site = Site.find_for_request(request)
    if site is None or site_id != site.pk:
        return f"{root_url}{page_path}"
    return None if unquote(page_path) == request.path else str(page_path)


def url_of(address: str) -> str:
    """Return the percent-encoded URL path of an address."""
    return reverse("wagtail_serve", args=[unicodedata.normalize("NFC", unquote(address))[1:]])


def address_map(site: Site, page_ids: Sequence[int] | None = None) -> dict[int, str]:
    """Return ``{page id: URL path}`` of the pages of a site that have an address, in one query."""
    rows = PageAddress.objects.filter(site=site, kind=PageAddress.Kind.CANONICAL)
    if page_ids is not None:
        rows = rows.filter(page_id__in=page_ids)
    return {page_id: url_of(address) for page_id, address in rows.values_list("page_id", "address")}


def page_url(page: Page, request: HttpRequest | None) -> str:
    """Return the URL of any page object, specific or not, ``""`` if it has none or is not live.

    The addresses of a request's site are read once and kept on the request, so
    that a page full of links costs one query.
    """
    if not page.live:
        return ""
    site = None if request is None else Site.find_for_request(request)
    if request is None or site is None:
        return page.specific.url or ""
    if not hasattr(request, "_page_addresses"):
        request._page_addresses = address_map(site)  # type: ignore[attr-defined]
    known: dict[int, str] = request._page_addresses  # type: ignore[attr-defined]
    return known.get(page.pk) or page.get_url(request) or ""


def site_root_above(page: Page) -> tuple[Site, str] | None:
    """Return the site that a page belongs to and the ``url_path`` of its root, if any."""
    if not page.url_path:
        return None
    for root_path in Site.get_site_root_paths():
        if page.url_path.startswith(root_path.root_path):
            return Site.objects.get(pk=root_path.site_id), root_path.root_path
    return None


def holder_of(site_id: int, root_path: str, address: str, page: Page) -> Page | None:
    """Return the other live page that lives at an address, by address or by tree, if any."""
    path = normalise_path(address)
    row = (
        PageAddress.objects.filter(site_id=site_id, path=path, kind=PageAddress.Kind.CANONICAL)
        .exclude(page_id=page.pk)
        .select_related("page")
        .first()
    )
    if row is not None:
        return row.page
    in_tree = Page.objects.filter(url_path=f"{root_path}{path[1:]}/").exclude(pk=page.pk).first()
    if in_tree is None:
        return None
    specific = in_tree.specific
    if getattr(specific, "address", "") or getattr(specific, "yields_to_addresses", False):
        return None
    return in_tree


def publish_address(page: Any) -> None:
    """Write the published index for a live page.

    The page's address becomes canonical, its earlier ones become old. Where
    another page already lives at the address (two drafts may claim one address,
    and scheduled publishing asks nobody), the page goes live at its place in the
    tree instead.
    """
    root = site_root_above(page)
    if root is None:
        return
    site, root_path = root
    own = PageAddress.objects.filter(page_id=page.pk)
    if page.url_path == root_path or not page.address:
        own.filter(kind=PageAddress.Kind.CANONICAL).update(kind=PageAddress.Kind.OLD)
        return
    path = normalise_path(page.address)
    row = PageAddress.objects.filter(site=site, path=path).first()
    taken = row is not None and row.page_id != page.pk and row.kind == PageAddress.Kind.CANONICAL
    if taken:
        logger.warning("%s is taken: page %s is published without it", page.address, page.pk)
        type(page).objects.filter(pk=page.pk).update(address="")
        page.address = page._published_address = ""
        own.filter(kind=PageAddress.Kind.CANONICAL).update(kind=PageAddress.Kind.OLD)
        return
    own.filter(kind=PageAddress.Kind.CANONICAL).exclude(site=site, path=path).update(
        kind=PageAddress.Kind.OLD
    )
    wanted = {"page_id": page.pk, "address": page.address, "kind": PageAddress.Kind.CANONICAL}
    if row is None:
        PageAddress.objects.create(site=site, path=path, **wanted)
    elif any(getattr(row, name) != value for name, value in wanted.items()):
        PageAddress.objects.filter(pk=row.pk).update(**wanted)


def free_slug(page: Page, parent: Page, site: Site, root_path: str) -> str:
    """Return a slug under which a page without an address lives on no other page's address."""
    base = page.slug or slugify(page.title)
    siblings = set(parent.get_children().exclude(pk=page.pk).values_list("slug", flat=True))
    taken = set(
        PageAddress.objects.filter(site=site, kind=PageAddress.Kind.CANONICAL)
        .exclude(page_id=page.pk)
        .values_list("path", flat=True)
    )
    prefix = "/" + parent.url_path[len(root_path) :]
    slug, number = base, 1
    while slug in siblings or normalise_path(prefix + slug) in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _after_move(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Settle addresses when a page has moved, perhaps to another site.

    Pages that have an address take it along. Pages that have none and would land
    on another page's address get a free slug.
    """
    if kwargs.get("url_path_before") == kwargs.get("url_path_after"):
        return
    for page in instance.get_descendants(inclusive=True).specific():
        if not isinstance(page, AddressedPage):
            continue
        if page.address and page.live:
            publish_address(page)
        elif not page.address and not page.yields_to_addresses:
            root = site_root_above(page)
            if root is None:
                continue
            page.refresh_from_db(fields=["url_path"])
            slug = free_slug(page, page.get_parent(), *root)
            if slug != page.slug:
                page.slug = slug
                page.save(update_fields=["slug"])


def connect_signals() -> None:
    """Connect the receivers of this module; called once when the app is ready."""
    post_page_move.connect(_after_move, dispatch_uid="content.addresses.after_move")
