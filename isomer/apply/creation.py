"""Where new pages go: the home page, free slugs, and whether a page can be written in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from wagtail.models import Page, Revision, Site

from content.addresses.index import living_at, site_root_above
from content.addresses.paths import normalise_path, place_in_tree, reserved_segments
from isomer.apply.bulk import BulkCreation, NewPage, new_instance, reserve_ids
from isomer.apply.field_values import write_fields
from isomer.messages import Message
from isomer.plan import PlannedPage

MAXIMUM_SLUG = 255


def create_home(site: Site, instance: Page) -> bool:
    """Put a home page under the tree's root and make it the root of the site.

    Wagtail's own welcome page, which every new database holds, gives way. Returns whether the
    site was made.
    """
    tree_root = Page.get_first_root_node()
    taken = set(tree_root.get_children().values_list("slug", flat=True))
    number = 1
    while instance.slug in taken:
        number += 1
        instance.slug = f"home-{number}"
    tree_root.add_child(instance=instance)
    welcome = site.root_page if site.pk else None
    site.root_page = instance
    if welcome is None:
        site.is_default_site = not Site.objects.filter(is_default_site=True).exists()
    site.save()
    if welcome is None:
        return True
    untouched = welcome.specific_class is Page and not welcome.get_children().exists()
    if untouched and welcome.depth > 1 and not welcome.revisions.exists():
        welcome.delete()
    return False


@dataclass
class Creation:
    """Creates the pages of a plan that are not there yet, the home page excepted.

    ``planned`` are all pages of the plan, ``page_ids`` the ids of those that are there, by key;
    new ones are added. Messages go to ``messages``.
    """

    site: Site
    planned: list[PlannedPage]
    page_ids: dict[str, int]
    messages: list[Message]
    _slugs: dict[int, set[str]] = field(default_factory=dict)
    _numbers: dict[tuple[int, str], int] = field(default_factory=dict)
    _living: set[str] = field(init=False)
    _taken: set[str] = field(init=False)
    _url_paths: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        root_path = site_root_above(self.site.root_page)
        self.root_path = root_path[1] if root_path else self.site.root_page.url_path
        addresses = (page.content.get("address") for page in self.planned)
        self._living = set(living_at(self.site.pk).values_list("path", flat=True))
        self._taken = {normalise_path(str(one)) for one in addresses if one} | self._living

    def one_by_one(self, new: Iterable[PlannedPage]) -> None:
        """Create the row of each page as an editor would; its content is written later."""
        for page in new:
            model: type[Page] = apps.get_model(page.page_type)
            instance = model(title=page.content["title"], live=False)
            parent_id = self.page_ids[page.parent]
            instance.slug = self._free_slug(page, model, parent_id)
            Page.objects.get(pk=parent_id).add_child(instance=instance)
            self.page_ids[page.key] = page.page_id = instance.pk

    def in_bulk(
        self,
        new: list[PlannedPage],
        values: Callable[[dict[str, Any]], Mapping[str, Any]],
        progress: Callable[[str], None],
    ) -> list[PlannedPage]:
        """Create all pages at once and return those whose content is written, too.

        ``values`` fills in planned content once all ids are known. Drafts, pages that wait for
        their day, and pages whose address is taken get a row only.
        """
        for page, pk in zip(new, reserve_ids(Page, len(new)), strict=True):
            self.page_ids[page.key] = page.page_id = pk
        held = self._held(new)
        whole = [
            page
            for page in new
            if page.live and not page.content.get("go_live_at") and page.key not in held
        ]
        ids = reserve_ids(Revision, len(whole))
        revisions = {page.key: pk for page, pk in zip(whole, ids, strict=True)}
        creation = BulkCreation(self.site)
        inside = {page.page_id for page in new}
        creation.add_parents({self.page_ids[page.parent] for page in new} - inside)
        for number, page in enumerate(new, 1):
            progress(f"Page {number} of {len(new)}: {page.content['title']}")
            model = apps.get_model(page.page_type)
            parent_id, pk = self.page_ids[page.parent], self.page_ids[page.key]
            slug = self._free_slug(page, model, parent_id)
            instance = new_instance(model, pk, page.content["title"], slug)
            if page.key in revisions:
                write_fields(instance, values(page.content))
            creation.place(NewPage(instance, parent_id, revisions.get(page.key)))
            self._url_paths[pk] = instance.url_path
        progress("Writing pages and indexes")
        creation.write()
        return whole

    def _held(self, new: Iterable[PlannedPage]) -> set[str]:
        """Return the keys of new pages at whose address another live page lives already."""
        paths = {
            page.key: normalise_path(str(page.content["address"]))
            for page in new
            if page.content.get("address")
        }
        in_tree = set(
            self.site.root_page.get_descendants().live().values_list("url_path", flat=True)
        )
        return {
            key
            for key, path in paths.items()
            if path in self._living or place_in_tree(self.root_path, path) in in_tree
        }

    def _free_slug(self, page: PlannedPage, model: type[Page], parent_id: int) -> str:
        """Return a slug no sibling has; for a page without an address also one whose place in
        the tree is nobody's address, neither now nor when this run is over."""
        siblings = self._siblings(parent_id)
        prefix = "/" + self._url_path(parent_id)[len(self.root_path) :]
        in_tree = not page.content.get("address")
        yields = getattr(model, "yields_to_addresses", False)

        def is_taken(slug: str) -> bool:
            place = normalise_path(prefix + slug)
            return slug in siblings or (in_tree and self._is_taken(place, yields))

        slug, number = page.slug, self._numbers.get((parent_id, page.slug), 1)
        while is_taken(slug):
            number += 1
            slug = f"{page.slug[: MAXIMUM_SLUG - 10]}-{number}"
        # The next sibling of that name need not try the same numbers.
        self._numbers[parent_id, page.slug] = number
        siblings.add(slug)
        if in_tree and slug != page.slug:
            text = f"it is at {slug} in its section instead of {page.slug}"
            self.messages.append(Message("address-moved-aside", page.key, text))
        return slug

    def _is_taken(self, path: str, yields: bool) -> bool:
        if path.count("/") == 1 and path[1:].lower() in reserved_segments():
            return True
        # A section gives way to addresses by itself.
        return not yields and path in self._taken

    def _siblings(self, parent_id: int) -> set[str]:
        if parent_id not in self._slugs:
            found: set[str] = set()
            if parent_id not in self._url_paths:
                children = Page.objects.get(pk=parent_id).get_children()
                found = set(children.values_list("slug", flat=True))
            self._slugs[parent_id] = found
        return self._slugs[parent_id]

    def _url_path(self, page_id: int) -> str:
        if page_id not in self._url_paths:
            self._url_paths[page_id] = str(
                Page.objects.values_list("url_path", flat=True).get(pk=page_id)
            )
        return self._url_paths[page_id]
