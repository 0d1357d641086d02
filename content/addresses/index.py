"""Public addresses: where a page answers, apart from where it stands in the tree.

Editors arrange pages in folders; the public and search engines know addresses.
A page may carry an ``address`` (the permalink of the old site, letter for
letter). With one it lives exactly there; without one it lives at its place in
the tree, as any Wagtail page.

* ``AddressedPage.address`` is an ordinary field: it is in forms, drafts and
  revisions.
* ``PageAddress`` is the published index: which path leads to which page. It is
  written when a page goes live. What a page that is not live once held is free
  for others.
* ``url_path`` stays Wagtail's own. Everything that builds a link must use a
  specific page (``page.specific.url``) or :func:`address_map`.
* Where pages are found after a move is in ``content.addresses.moves``.
* No two live pages live at one path. Who was there first stays; a page that
  goes live later, or is moved there, gives way (:func:`give_way_on_clash`).

How a request finds its page is in ``content.addresses.routing``, the page form in
``content.addresses.forms``, and paths as plain text in ``content.addresses.paths``.

Overrides of Wagtail functions, each watched by a test that fails when the
original changes: ``Page.get_url_parts`` and ``Page.with_content_json`` here,
``Page.route`` (site root only) and ``wagtail.views.serve`` in ``content.addresses.routing``.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.http import escape_leading_slashes
from django.utils.text import slugify
from wagtail.models import Page, Revision, Site

from content.addresses.paths import (
    ADDRESS_LENGTH,
    address_problem,
    normalise_path,
    place_in_tree,
    reserved_segments,
)
from content.once import once

logger = logging.getLogger(__name__)

# As Django writes paths (RFC 3986, 3.3).
KEPT_IN_URLS = "!$&'()*+,;=/~:@"


def validate_address(address: str) -> None:
    """Check that an address can be reached by a browser and is not the software's own.

    Raises:
        ValidationError: with a sentence that says what to change.
    """
    problem = address_problem(address)
    if problem:
        raise ValidationError(problem)


class PageAddress(models.Model):
    """A public path and the page that answers there.

    ``path`` is in the form of :func:`content.addresses.paths.normalise_path` and unique
    within a site; ``address`` is the same path letter for letter, trailing slash
    included.
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
    # A copy is another page, and two pages can't live at one address.
    exclude_fields_in_copy: ClassVar[list[str]] = ["address"]

    _published_address: str | None = None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and bring the published index up to date when the live page itself is written.

        Saving a draft writes the page row with ``update_fields`` and must not
        publish the draft's address.
        """
        page: Any = self
        if page.alias_of_id:
            self.address = ""
        fields = kwargs.get("update_fields")
        if fields is not None and "address" not in fields:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            former = _former_place(page) if page.live else None
            if page.live:
                give_way_on_clash(page)
            super().save(*args, **kwargs)
            self._published_address = self.address
            if page.live:
                publish_address(page, former)

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any
    ) -> Any:
        """Remember the address as published, before a form or revision changes it."""
        instance = super().from_db(db, field_names, values, **kwargs)
        if "address" in field_names:
            instance._published_address = instance.address
        return instance

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: Any = None,
    ) -> None:
        """Read again, and with the address what is published."""
        fields = None if fields is None else list(fields)
        super().refresh_from_db(using, fields, from_queryset)
        if fields is None or "address" in fields:
            self._published_address = self.address

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Override of ``Page.with_content_json``: a draft's address is not public yet,
        and an alias never takes its original's."""
        draft = super().with_content_json(content)  # type: ignore[misc]
        draft._published_address = self.public_address
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


def yields_to_addresses(page: Page) -> bool:
    """Tell whether a page of any class, specific or not, gives way to addresses of others."""
    return bool(getattr(page.specific_class, "yields_to_addresses", False))


def leaves_its_place(page: Page, other: Page, lives_elsewhere: bool) -> bool:
    """Tell whether a page in the tree leaves its place to the old address of another one.

    ``lives_elsewhere`` says that it has an address of its own. A section leaves its place, too,
    unless ``other`` is a section.
    """
    return lives_elsewhere or (yields_to_addresses(page) and not yields_to_addresses(other))


def may_see(request: HttpRequest, page: Page) -> bool:
    """Tell whether a visitor may see a page that perhaps is private."""
    return all(rule.accept_request(request) for rule in page.get_view_restrictions())


def url_of(address: str) -> str:
    """Return the percent-encoded URL path of an address.

    Pages answer at any path (``scri.urls``), so this is what ``reverse`` gives for
    ``wagtail_serve``. Each request asks it for each page of a site, and ``reverse`` takes as long
    as all the rest of that.
    """
    path = unicodedata.normalize("NFC", unquote(address))[1:]
    return escape_leading_slashes(get_script_prefix() + quote(path, safe=KEPT_IN_URLS))


def rows_of(site_id: int) -> models.QuerySet[PageAddress]:
    """Return the published index of a site. Sites with one root page are one site under
    several host names, and share it."""
    return PageAddress.objects.filter(site__root_page__sites_rooted_here=site_id)


def living_at(site_id: int) -> models.QuerySet[PageAddress]:
    """Return the addresses of a site at which a live page lives."""
    return rows_of(site_id).filter(kind=PageAddress.Kind.CANONICAL, page__live=True)


def address_map(site: Site, page_ids: Sequence[int] | None = None) -> dict[int, str]:
    """Return ``{page id: URL path}`` of the pages of a site that have an address, in one query."""
    rows = living_at(site.pk)
    if page_ids is not None:
        rows = rows.filter(page_id__in=page_ids)
    return {page_id: url_of(address) for page_id, address in rows.values_list("page_id", "address")}


def addresses_for(request: HttpRequest, site: Site) -> dict[int, str]:
    """Return :func:`address_map` of a request's site, read once and kept on the request."""
    return once(request, "_page_addresses", lambda: address_map(site))


def page_url(page: Page, request: HttpRequest | None) -> str:
    """Return the URL of any page object, specific or not, ``""`` if it has none or is not live.

    A page full of links costs one query; sections and pages of other sites cost
    their own.
    """
    if not page.live:
        return ""
    site = None if request is None else Site.find_for_request(request)
    if request is None or site is None:
        return page.specific_deferred.url or ""
    known = addresses_for(request, site)
    if page.pk in known:
        return known[page.pk]
    if yields_to_addresses(page) or not page.url_path.startswith(site.root_page.url_path):
        page = page.specific_deferred
    return page.get_url(request) or ""


def site_root_above(page: Page) -> tuple[Site, str] | None:
    """Return the site that a page belongs to and the ``url_path`` of its root, if any."""
    return site_root_of(page.url_path)


def site_root_of(url_path: str) -> tuple[Site, str] | None:
    """Return the site to which a ``url_path`` belongs and that of its root, if any."""
    for root_path in Site.get_site_root_paths():
        if url_path and url_path.startswith(root_path.root_path):
            return Site.objects.get(pk=root_path.site_id), root_path.root_path
    return None


def holder_of(site_id: int, root_path: str, address: str, page: Page) -> Page | None:
    """Return the other live page that lives at an address, by address or by tree, if any."""
    path = normalise_path(address)
    row = living_at(site_id).filter(path=path).exclude(page_id=page.pk).first()
    if row is not None:
        return row.page
    in_tree = Page.objects.live().filter(url_path=place_in_tree(root_path, path))
    for other in in_tree.exclude(pk=page.pk).specific():
        if not yields_to_addresses(other) and not getattr(other, "public_address", ""):
            return other
    return None


def holder_at_destination(page: Page, destination: Page) -> Page | None:
    """Return the other live page that lives where a page would after a move, if any. A page takes
    its address along; on another site somebody else may live there."""
    root, address = site_root_above(destination), getattr(page.specific, "address", "")
    return holder_of(root[0].pk, root[1], address, page) if root and address else None


def place_problem(site_id: int, path: str, page: Page) -> Page | str | None:
    """Return what keeps a page without an address from living at its place in the tree.

    That is the page whose address is that path, or a sentence if the software
    itself answers there.
    """
    if path.count("/") == 1 and path[1:].lower() in reserved_segments():
        return address_problem(path)
    if yields_to_addresses(page):
        return None
    row = living_at(site_id).filter(path=path).exclude(page_id=page.pk).first()
    return None if row is None else row.page


def free_slug(page: Page, parent: Page, site: Site, root_path: str) -> str:
    """Return a slug under which a page without an address lives on no other page's address."""
    base = page.slug or slugify(page.title, allow_unicode=True) or "page"
    siblings = set(parent.get_children().exclude(pk=page.pk).values_list("slug", flat=True))
    prefix = "/" + parent.url_path[len(root_path) :]
    slug, number = base, 1
    while slug in siblings or place_problem(site.pk, normalise_path(prefix + slug), page):
        number += 1
        slug = f"{base[:240]}-{number}"
    return slug


def give_way_on_clash(page: Any) -> bool:
    """Make a page that goes live give way to the pages that live at its place already.

    Forms refuse such clashes, but two drafts may claim one address, and neither
    scheduled publishing nor a move asks anybody. The page goes live without its
    address, and without one it gets a free slug. Nothing is saved.

    Returns:
        Whether the address or slug was changed.
    """
    parent = page.get_parent()
    root = None if parent is None else site_root_above(parent)
    if root is None:
        return False
    site, root_path = root
    before = page.address, page.slug
    if page.address:
        path = normalise_path(page.address)
        if living_at(site.pk).filter(path=path, page_id=page.pk).exists():
            return False
        # Two who publish at once queue up here.
        Site.objects.select_for_update(no_key=True).get(pk=site.pk)
        if holder_of(site.pk, root_path, page.address, page) is None:
            return False
        logger.warning("%s is taken: page %s is published without it", page.address, page.pk)
        page.address = ""
    slug = page.slug or slugify(page.title, allow_unicode=True)
    place = normalise_path("/" + parent.url_path[len(root_path) :] + slug)
    if place_problem(site.pk, place, page):
        page.slug = free_slug(page, parent, site, root_path)
        logger.warning("%s is taken: page %s gets the slug %s", place, page.pk, page.slug)
        _tell_latest_revision(page, slug)
    return before != (page.address, page.slug)


def _tell_latest_revision(page: Any, slug: str) -> None:
    """Write the free slug into the draft as well, or the next form would offer the taken one."""
    for revision in Revision.objects.filter(pk=page.latest_revision_id):
        if revision.content.get("slug") == slug:
            content = {**revision.content, "slug": page.slug}
            Revision.objects.filter(pk=revision.pk).update(content=content)


def _former_place(page: Any) -> str | None:
    """Return the tree path at which a page lives until it gets its first address now."""
    if page.pk is None or not page.address or page.public_address:
        return None
    return Page.objects.filter(pk=page.pk, live=True).values_list("url_path", flat=True).first()


def publish_address(page: Any, former_place: str | None = None) -> None:
    """Write the published index for a live page.

    The page's address becomes canonical, its earlier ones become old, and so does
    the place in the tree (``former_place``) at which the public knew it so far.
    """
    root = site_root_above(page)
    if root is None:
        return
    site, root_path = root
    own = PageAddress.objects.filter(page_id=page.pk, kind=PageAddress.Kind.CANONICAL)
    if page.url_path == root_path or not page.address:
        own.update(kind=PageAddress.Kind.OLD)
        return
    path = normalise_path(page.address)
    own.exclude(site=site, path=path).update(kind=PageAddress.Kind.OLD)
    _write_row(site, page, page.address, PageAddress.Kind.CANONICAL)
    if former_place is not None and former_place.startswith(root_path):
        place = "/" + former_place[len(root_path) :]
        if normalise_path(place) != path:
            _write_row(site, page, place, PageAddress.Kind.OLD)


def _write_row(site: Site, page: Page, address: str, kind: PageAddress.Kind) -> None:
    wanted = {"page_id": page.pk, "address": address, "kind": kind}
    row, created = PageAddress.objects.get_or_create(
        site=site, path=normalise_path(address), defaults=wanted
    )
    if not created and any(getattr(row, name) != value for name, value in wanted.items()):
        PageAddress.objects.filter(pk=row.pk).update(**wanted)
