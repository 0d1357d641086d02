"""What the tests of addresses ask of a site."""

from __future__ import annotations

from typing import Any

from django.test import Client
from wagtail.models import Page

HOPS = 10


def trail(client: Client, path: str, host: str = "testserver") -> list[str]:
    """Follow redirects to the end; return each status with where it leads, the final one alone.

    ``["301 /x/", "200"]`` is one permanent redirect to a page that answers.
    """
    steps: list[str] = []
    seen = {path}
    while len(steps) < HOPS:
        response = get(client, path, host)
        if response.status_code not in (301, 302):
            return [*steps, str(response.status_code)]
        path = response["Location"]
        steps.append(f"{response.status_code} {path}")
        assert path not in seen, f"a circle: {steps}"
        seen.add(path)
        if path.startswith("http"):
            host, path = path.split("://", 1)[1].split("/", 1)
            path = f"/{path}"
    raise AssertionError(f"no end: {steps}")


def get(client: Client, path: str, host: str = "testserver") -> Any:
    """Ask for a path letter for letter; the client would take ``//a`` for a host name."""
    exact: dict[str, Any] = {"PATH_INFO": path} if path.startswith("//") else {}
    return client.get(path, headers={"host": host}, **exact)


def heading(client: Client, path: str, host: str = "testserver") -> str:
    """Return what stands in the first ``<h1>`` of the page at a path."""
    response = client.get(path, headers={"host": host})
    assert response.status_code == 200, f"{path} answers {response.status_code}"
    return response.content.decode().split("<h1", 1)[1].split(">", 1)[1].split("</h1>")[0].strip()


def problems() -> list[object]:
    """Return what is wrong with the page tree, and with the paths derived from it."""
    found: list[object] = [item for group in Page.find_problems() for item in group]
    for page in Page.objects.filter(depth__gt=1):
        parent = page.get_parent()
        if page.url_path != f"{parent.url_path}{page.slug}/":
            found.append((page.pk, page.url_path))
    return found
