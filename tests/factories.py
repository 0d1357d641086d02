"""Sites and pages for tests. Pages go live as editors make them: by publishing a revision."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, Site

from content.models import ContentPage, SectionPage
from home.models import HomePage


def make_home(title: str = "Home", slug: str = "") -> HomePage:
    """Return a published home page at the top of the tree."""
    return make_page(Page.get_first_root_node(), title, model=HomePage, slug=slug)


def make_site(hostname: str, root: Page | None = None) -> Site:
    """Return a further site, with a home page of its own unless one is given."""
    return Site.objects.create(
        hostname=hostname, root_page=root or make_home(hostname, hostname.replace(".", "-"))
    )


def make_section(parent: Page, title: str, **fields: Any) -> SectionPage:
    """Return a published section."""
    return make_page(parent, title, model=SectionPage, **fields)


def make_page(
    parent: Page,
    title: str,
    address: str = "",
    live: bool = True,
    model: type[Page] = ContentPage,
    **fields: Any,
) -> Any:
    """Return a page of any type below a parent, published unless ``live`` is false."""
    page = model(title=title, address=address, live=False, **fields)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    return fresh(page)


def edit(page: Page, publish: bool = True, **changes: Any) -> Any:
    """Change a page as its form does: on the latest draft, then perhaps publish it."""
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    revision = draft.save_revision()
    if publish:
        revision.publish()
    return fresh(page)


def fresh(page: Page) -> Any:
    """Return the page as it is in the database, in its own type."""
    return Page.objects.get(pk=page.pk).specific
