"""Required links that visitors do not find in a site's footer, for who may change footers."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse
from wagtail import hooks
from wagtail.models import Site

from care.findings import Finding
from care.kinds import ACTIONS_HOOK, FINDINGS_HOOK, FOOTER_LINK, KINDS_HOOK, Kind
from care.models import CareItem
from navigation.uses import missing_links

KIND = Kind(
    FOOTER_LINK,
    "Required links that the footer lacks",
    "Give the link a target that visitors can reach, in the footer.",
    permission="navigation.change_footer",
)


@hooks.register(KINDS_HOOK)
def register_kind() -> list[Kind]:
    """The one kind that is about no page: its items hang on the home page."""
    return [KIND]


@hooks.register(FINDINGS_HOOK)
def findings(ids: Collection[int] | None) -> Iterator[tuple[int, Finding]]:
    """Yield what footers lack, by the home page of their site, if that is among the pages."""
    if ids is not None and not Site.objects.filter(root_page__in=ids).exists():
        return
    for one in missing_links():
        root = one.site.root_page_id
        if ids is None or root in ids:
            text = f"“{one.label}” {one.why}, in the footer “{one.footer.name}”."
            detail = {"footer": one.footer.pk}
            yield root, Finding(FOOTER_LINK, "", text, f"{one.site.pk} {one.name}", detail)


@hooks.register(ACTIONS_HOOK)
def actions(item: CareItem) -> Iterator[tuple[str, str]]:
    """Where it is mended."""
    if item.kind == FOOTER_LINK:
        address = reverse("wagtailsnippets_navigation_footer:edit", args=[item.detail["footer"]])
        yield "Open the footer", address
