"""The page form, which also explains clashes of addresses."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.html import format_html
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.base import BlockField
from wagtail.models import Page, Site

from content.addresses.index import AddressedPage, holder_of, place_problem, site_root_above
from content.addresses.moves import address_like_siblings
from content.addresses.paths import address_problem, normalise_path
from content.addresses.routing import SiteRootMixin
from content.editing.versions import VersionForm


class AddressForm(VersionForm, WagtailAdminPageForm):
    """Refuses an address, or a slug, at which another live page or the software answers."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        parent_page: Any = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Override of ``WagtailAdminPageForm.__init__``: a new page of a section is in menus
        unless somebody takes it out, as all imported ones are."""
        page, parent = kwargs.get("instance"), parent_page
        listed = parent is not None and getattr(parent.specific_class, "lists_new_pages", False)
        if listed and page is not None and page.pk is None:
            page.show_in_menus = True
        super().__init__(with_stored_line_ends(data), files, parent_page, *args, **kwargs)

    @cached_property
    def changed_data(self) -> list[str]:
        """Override of ``Form.changed_data``: a field that came back as it was shown is unchanged,
        even where less is shown than stored, such as the seconds of a time."""
        return [name for name in super().changed_data if not self._came_back(name)]

    def _came_back(self, name: str) -> bool:
        bound = self[name]
        if isinstance(bound.field, BlockField):
            return False
        shown = bound.field.widget.format_value(bound.field.prepare_value(bound.initial))
        return bool(shown == bound.data)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        root = None if self.parent_page is None else site_root_above(self.parent_page)
        if cleaned.get("address") and self._is_home(is_below_a_site=root is not None):
            self.add_error("address", "The home page lives at /. It has no other address.")
        address = cleaned.get("address") or ""
        # What is wrong with the address itself, its own validator says later.
        if root is None or (address and address_problem(address)):
            return cleaned
        site, root_path = root
        is_new = self.instance.pk is None and isinstance(self.instance, AddressedPage)
        if is_new and not address and cleaned.get("slug"):
            address = address_like_siblings(self.instance, self.parent_page, cleaned["slug"])
            cleaned["address"] = address
        if address:
            holder = holder_of(site.pk, root_path, address, self.instance)
            if holder is not None:
                self.add_error("address", clash_message(holder, "Choose another address."))
        elif cleaned.get("slug") and "address" not in self.errors:
            tree_path = self.parent_page.url_path + cleaned["slug"]
            place = normalise_path("/" + tree_path[len(root_path) :])
            problem = place_problem(site.pk, place, self.instance)
            if isinstance(problem, Page):
                problem = clash_message(problem, "Choose another slug.")
            if problem is not None:
                self.add_error("slug", problem)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """Override of ``Form.add_error``: an expiry that was there before is no error, though it
        is over. Wagtail refuses it, so that nobody could correct a word on such a page."""
        if field == "expire_at" and field not in self.changed_data:
            return
        super().add_error(field, error)

    def _is_home(self, is_below_a_site: bool) -> bool:
        """Tell a site's home page from a further page of that type below it, which has an
        address like any other (format reference, 3)."""
        page: Page = self.instance
        is_root = Site.objects.filter(root_page_id=page.pk).exists()
        return isinstance(page, SiteRootMixin) and (is_root or not is_below_a_site)


def with_stored_line_ends(data: Any) -> Any:
    """Return what a form posted with line ends as they are stored, LF: browsers send CR LF."""
    if not isinstance(data, MultiValueDict):
        return data
    changed = data.copy()
    for name, values in data.lists():
        changed.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return changed


def slug_message(title: str, slug: str) -> str:
    """Return a sentence for whoever moved a page to a place where its slug was taken."""
    return f"Another page lives at that place, so “{title}” has the slug {slug} now."


def clash_message(holder: Page, remedy: str) -> str:
    """Return a sentence, with a link, that names the page which holds an address."""
    return format_html(
        'The page “<a href="{}">{}</a>” already lives there. {}',
        reverse("wagtailadmin_pages:edit", args=[holder.pk]),
        holder.get_admin_display_title(),
        remedy,
    )
