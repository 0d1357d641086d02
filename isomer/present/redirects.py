"""The redirects of a site as they are now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from content.addresses.paths import normalise_path
from isomer.models import ImportedObject
from isomer.plan import PresentObject, PresentSite
from isomer.present.values import same_content


def read_redirects(
    site: Site,
    rows: Iterable[ImportedObject],
    imported: Callable[[ImportedObject], Mapping[str, Any]],
    present: PresentSite,
) -> None:
    """Note in ``present`` which redirects there are.

    ``rows`` remember those of earlier imports; ``imported`` gives the values that were written
    for one.
    """
    there = {redirect.pk: redirect for redirect in Redirect.get_for_site(site)}
    for row in rows:
        redirect = there.pop(row.object_id, None)
        present.redirects[row.source_path] = PresentObject(
            row.source_path,
            row.object_id,
            row.content,
            edited=redirect is not None
            and (
                normalise_path(redirect.old_path) != row.source_path
                or not same_content(redirect, imported(row))
            ),
            exists=redirect is not None,
            references=row.references,
        )
    present.other_redirects = frozenset(
        normalise_path(redirect.old_path) for redirect in there.values()
    )
