"""Statistics services: none by default, each exactly its own hosts, and only where it may run."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page, Site

from navigation.models import SiteIdentity
from navigation.statistics import SERVICES, started_services, statistics_policy

IDS = {
    "google_analytics_4": "G-ABC1234",
    "google_tag_manager": "GTM-ABC1234",
    "facebook_pixel": "1234567890",
    "linkedin_insights": "123456",
}
EVERYTHING = {**IDS, "google_analytics": "UA-12345-1"}


def served(
    site: Site, path: str = "/", **fields: Any
) -> tuple[str, dict[str, set[str]], list[Any]]:
    """Return the markup of a page, its policy, and the services it starts."""
    SiteIdentity.objects.update_or_create(site=site, defaults={"name": "Institute", **fields})
    response = Client().get(path)
    markup = response.content.decode()
    header = response.headers["Content-Security-Policy"]
    policy = {part.split()[0]: set(part.split()[1:]) for part in header.split(";")}
    element = BeautifulSoup(markup, "html5lib").select_one("script[data-services]")
    return markup, policy, json.loads(str(element["data-services"])) if element else []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        EVERYTHING,
        {"analytics_enabled": True},
        {"analytics_enabled": True, "google_analytics": "UA-12345-1"},
        {"wogaa_enabled": True},
        {"is_government": True, "analytics_enabled": True},
    ],
)
def test_nothing_is_loaded_unless_switched_on(site: Site, fields: dict[str, Any]) -> None:
    markup, policy, services = served(site, **fields)
    assert services == []
    assert "statistics" not in markup
    assert not any(known in markup for known in EVERYTHING.values())
    assert not any("://" in source for sources in policy.values() for source in sources)


@pytest.mark.parametrize("name", sorted(IDS))
@pytest.mark.parametrize("path", ["/", "/search/", "/no-such-page/"])
def test_each_service_adds_exactly_its_hosts(site: Site, name: str, path: str) -> None:
    before = served(site, path, analytics_enabled=True)[1]
    fields = {"analytics_enabled": True, "google_analytics": "UA-12345-1", name: IDS[name]}
    _, policy, services = served(site, path, **fields)
    service = next(one for one in SERVICES if one.name == name)
    assert services == [
        {"name": name, "id": IDS[name], "script": service.script.format(id=IDS[name])}
    ]
    added = {key: policy[key] - before.get(key, set()) for key in policy}
    assert {key: hosts for key, hosts in added.items() if hosts} == {
        key: set(hosts) for key, hosts in service.hosts.items()
    }


def test_the_governments_service_is_for_government_sites(site: Site) -> None:
    _, policy, services = served(site, is_government=True, wogaa_enabled=True)
    assert [one["name"] for one in services] == ["wogaa"]
    assert services[0]["script"] == "https://assets.wogaa.sg/scripts/wogaa.js"
    assert policy["script-src"] == {"'self'", "https://assets.wogaa.sg"}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("google_analytics_4", "UA-12345-1"),
        ("google_analytics_4", 'G-ABC"><script>'),
        ("google_tag_manager", "G-ABC1234"),
        ("facebook_pixel", "your pixel"),
        ("linkedin_insights", "12345&x=https://elsewhere.example.org"),
    ],
)
def test_what_is_no_id_of_the_service_is_not_used(site: Site, name: str, written: str) -> None:
    assert served(site, analytics_enabled=True, **{name: written})[2] == []


def test_all_services_together_name_each_host_once(site: Site) -> None:
    _, _, services = served(site, analytics_enabled=True, **EVERYTHING)
    assert [one["name"] for one in services] == list(IDS)
    identity = SiteIdentity.for_site(site)
    policy = statistics_policy(started_services(identity))
    for hosts in policy.values():
        assert len(hosts) == len(set(hosts))


def test_previews_are_not_counted(site: Site, home: Page) -> None:
    served(site, analytics_enabled=True, **IDS)
    response = home.make_preview_request()
    assert "data-services" not in response.rendered_content
