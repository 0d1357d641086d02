"""Making every size of every picture that public pages ask for, before a visitor does.

The pages themselves say what they need: each is rendered, and the one function that shows
pictures notes what it is asked for (:func:`content.rendering.pictures.collecting`). Sizes are made
by several threads, which touch no row; the rows are written by the one that called.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from wagtail.images.models import Filter
from wagtail.models import Page, Site

from content.failures import of_storage
from content.library.picture_files import DAMAGED
from content.library.stored_files import lost_files
from content.models import SiteImage, SiteRendition
from content.rendering.pictures import collecting

Progress = Callable[[str], None]
MAXIMUM_THREADS = 4
# Each holds a decoded picture, so that no more wait than can be worked on soon.
WAITING = 2 * MAXIMUM_THREADS
# Decoded, such a picture takes some 15 MB or more, and twice that while it is made smaller.
ALONE_PIXELS = 4 * 1024 * 1024


@dataclass
class Prepared:
    """What came of it: pictures that pages show, files that were made, and pictures that can't
    be read, each with a message that names it."""

    pictures: int = 0
    files: int = 0
    problems: list[str] = field(default_factory=list)


def prepare_pictures(progress: Progress = lambda text: None) -> Prepared:
    """Make what is missing of the pictures that live pages of all sites ask for.

    Done twice, the second time makes nothing. A picture that can't be read becomes a message.

    Raises:
        OSError: if the disk is full or can't be written.
    """
    wanted = needed(progress)
    # A row without a file would be shown as a broken picture for ever.
    SiteRendition.objects.filter(pk__in=lost_files(SiteRendition, image__in=wanted)).delete()
    done = Prepared(pictures=len(wanted))
    missing = list(_missing(wanted))
    for number, (image, result) in enumerate(_made(missing), 1):
        progress(f"Making sizes of picture {number} of {len(missing)}: {image.title}")
        if isinstance(result, str):
            done.problems.append(
                f"The picture “{image.title}” (number {image.pk}) can't be read: {result}."
                " Upload it again in the admin, under Images."
            )
        else:
            done.files += _store(image, result)
    return done


def needed(progress: Progress = lambda text: None) -> dict[int, set[str]]:
    """Return the filters that live pages of all sites ask for, by the id of a picture."""
    with collecting() as wanted:
        for site in Site.objects.select_related("root_page"):
            pages = site.root_page.get_descendants(inclusive=True).live().specific()
            request = _visit(site)
            for number, page in enumerate(pages.iterator(chunk_size=100), 1):
                progress(f"Asking page {number} for its pictures: {page.title}")
                _serve(page, request)
    return wanted


def _serve(page: Page, request: HttpRequest) -> None:
    """Render a page as a visitor gets it, if there is anything to show."""
    try:
        response = page.serve(request)
        if hasattr(response, "render"):
            response.render()
    except (Http404, PermissionDenied):
        # Such as a link item whose target is gone: no page, so no picture.
        return


def _visit(site: Site) -> HttpRequest:
    """Return a visitor's request to a site; one for all pages, so that the menu is read once."""
    named = (name for name in settings.ALLOWED_HOSTS if name[:1] not in ("*", "."))
    host = next(named, "localhost")
    request: Any = RequestFactory(SERVER_NAME=host).get("/")
    request.user = AnonymousUser()
    # Where Wagtail itself keeps it; the host of a request from a command means nothing.
    request._wagtail_site = site
    return request  # type: ignore[no-any-return]


def _missing(wanted: dict[int, set[str]]) -> Iterator[tuple[SiteImage, list[Filter]]]:
    """Yield the pictures that lack sizes, with the filters that are missing."""
    known = SiteImage.objects.prefetch_renditions().in_bulk(list(wanted))
    for number, specs in wanted.items():
        image = known.get(number)
        if image is None:
            continue
        filters = [Filter(spec) for spec in sorted(specs)]
        there = image.find_existing_renditions(*filters)
        if lacking := [one for one in filters if one not in there]:
            yield image, lacking


def _made(
    missing: Sequence[tuple[SiteImage, list[Filter]]],
) -> Iterator[tuple[SiteImage, list[SiteRendition] | str]]:
    """Yield the unsaved sizes of each picture, or why there are none, in order."""
    workers = min(os.cpu_count() or 1, MAXIMUM_THREADS)
    with ThreadPoolExecutor(workers) as pool:
        running: list[tuple[SiteImage, Future[list[SiteRendition] | str]]] = []
        for image, filters in missing:
            if image.width * image.height > ALONE_PIXELS:
                # Several of these at once would take more memory than a server has to spare.
                for before, future in running:
                    yield before, future.result()
                running.clear()
                yield image, pool.submit(_sizes, image, filters).result()
                continue
            running.append((image, pool.submit(_sizes, image, filters)))
            if len(running) >= WAITING:
                first, future = running.pop(0)
                yield first, future.result()
        for image, future in running:
            yield image, future.result()


def _sizes(image: SiteImage, filters: Sequence[Filter]) -> list[SiteRendition] | str:
    """Make sizes of a picture without a query; this runs in a thread of its own."""
    try:
        with image.open_file() as opened:
            data = opened.read()
        return [image.generate_rendition_instance(one, BytesIO(data)) for one in filters]
    except DAMAGED as error:
        if of_storage(error) and not isinstance(error, PermissionError):
            raise
        return str(error) or type(error).__name__


def _store(image: SiteImage, made: Sequence[SiteRendition]) -> int:
    """Store files and rows; what a visit has made in the meantime stays. Return how many."""
    there = set(image.renditions.values_list("filter_spec", "focal_point_key"))
    new = [one for one in made if (one.filter_spec, one.focal_point_key) not in there]
    for one in new:
        _free_name(one)
    SiteRendition.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _free_name(made: SiteRendition) -> None:
    """Remove a file that stands where a size is to be stored and that no row has: a process died
    between storing it and writing its row."""
    field = made._meta.get_field("file")
    name = field.generate_filename(made, made.file.name)
    if not SiteRendition.objects.filter(file=name).exists():
        field.storage.delete(name)
