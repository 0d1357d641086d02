"""Asking other hosts: what counts as an answer, manners, and never inside."""

from __future__ import annotations

import datetime
import socket
import threading
import time
from contextlib import contextmanager
from itertools import pairwise
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Site

from care.actions import dismiss
from care.checking import check_links, due, user_agent
from care.http_checker import Answer, HttpChecker
from care.links import address_key
from care.models import CareItem, LinkCheck
from care.rate_limiter import RateLimiter
from content.public_internet import is_public
from navigation.models import SiteIdentity
from tests.care.hosts import running
from tests.care.sites import page_with

TODAY = datetime.date(2026, 3, 2)


@pytest.fixture
def host():
    with running() as host:
        yield host


def asker(private=True, pause=0.0, timeout=1.0, longest=1.5):
    return HttpChecker("LinkCheck/1.0 (tests)", RateLimiter(pause), timeout, longest, private)


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("/", "answers", 200),
        ("/a b/ü?q=é#x", "answers", 200),
        ("/status/404", "failed", 404),
        ("/status/410", "failed", 410),
        ("/status/500", "failed", 500),
        ("/status/403", "unsure", 403),
        ("/status/429", "unsure", 429),
        ("/status/999", "unsure", 999),
        ("/head-refused", "answers", 200),
        ("/head-lies", "answers", 200),
        ("/head-breaks", "answers", 200),
        ("/to/status/200", "answers", 200),
        ("/to/status/404", "failed", 404),
        ("/loop", "failed", None),
        ("/cookie", "unsure", None),
        ("/file", "failed", None),
        ("/breaks", "failed", None),
        ("/silent", "failed", None),
    ],
)
def test_answers(host, path, outcome, status):
    answer = asker().ask(host.address + path)
    assert (answer.outcome, answer.status) == (outcome, status)
    assert bool(answer.problem) == (outcome != "answers")


def test_head_comes_first_and_get_only_if_needed(host):
    asker().ask(f"{host.address}/good")
    asker().ask(f"{host.address}/status/404")
    looked = [(method, path) for method, path, _ in host.asked if path != "/robots.txt"]
    assert looked == [("HEAD", "/good"), ("HEAD", "/status/404"), ("GET", "/status/404")]
    assert host.agents == {"LinkCheck/1.0 (tests)"}


def test_a_host_that_drips_is_cut_off(host):
    started = time.monotonic()
    assert asker(timeout=1, longest=0.5).ask(f"{host.address}/drip").outcome == "failed"
    assert time.monotonic() - started < 2.5


@contextmanager
def accepting():
    """A host that accepts connections and never says a word. Yields its address, for https."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"https://127.0.0.1:{server.getsockname()[1]}/"


def test_a_host_that_is_silent_during_the_handshake_is_cut_off():
    with accepting() as address:
        started = time.monotonic()
        answer = asker(timeout=20, longest=0.3).ask(address)
        assert time.monotonic() - started < 5
    assert (answer.outcome, answer.problem) == (
        "failed",
        "its host gave no answer within 20 seconds",
    )


def test_many_network_addresses_are_one_request():
    """Nobody says how many addresses a name may have, so their waits must not add up."""
    with accepting() as address:
        where = ("127.0.0.1", int(address.rstrip("/").rpartition(":")[2]))
        places = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", where)] * 50
        started = time.monotonic()
        with patch("care.http_checker.socket.getaddrinfo", return_value=places):
            answer = asker(timeout=0.4, longest=1).ask(address)
        assert time.monotonic() - started < 5
    assert answer.outcome == "failed"


@pytest.mark.django_db
def test_a_name_that_is_looked_up_for_ever_does_not_hold_up_the_run(home, host):
    ended = threading.Event()
    links_to(home, "A trial", f"{host.address}/fine", "http://slow.example/")
    real = socket.getaddrinfo

    def look_up(name, *args, **kwargs):
        if name == "slow.example":
            ended.wait(30)
        return real("127.0.0.1", *args, **kwargs)

    started = time.monotonic()
    with patch("care.http_checker.socket.getaddrinfo", look_up):
        done = check_links(asker(longest=0.3), due(), 0.5, today=TODAY)
        waited = time.monotonic() - started
        ended.set()
    assert waited < 10
    assert dict(done.outcomes) == {"answers": 1, "unsure": 1}
    assert done.left == 0
    assert LinkCheck.objects.get(outcome="unsure").problem == "asking it took too long"
    assert due() == [], "it doesn't come first in the next run"


def test_hosts_that_are_not_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert asker().ask(f"http://127.0.0.1:{port}/").problem == "its host refuses the connection"
    with patch("socket.getaddrinfo", side_effect=socket.gaierror):
        assert asker().ask("http://gone.example/").problem == "there is no host of this name"
    for address in ("http://[", "http://a:99999/", "http:///x", f"http://{'a' * 80}.example/"):
        assert asker().ask(address).outcome == "failed"


def test_robots(host):
    host.robots = "User-agent: *\nDisallow: /closed/\n"
    asking = asker()
    assert asking.ask(f"{host.address}/closed/page").outcome == "unsure"
    assert asking.ask(f"{host.address}/open").outcome == "answers"
    assert [path for _, path, _ in host.asked] == ["/robots.txt", "/open"]


def test_nothing_inside_is_asked(host):
    answer = asker(private=False).ask(f"{host.address}/")
    assert (answer.outcome, host.asked) == ("unsure", [])
    assert "private network" in answer.problem


def test_redirects_into_a_private_network_are_not_followed(host):
    """The first host counts as public, so that only the redirect leads inside."""
    with patch("care.http_checker.is_public", side_effect=lambda where: where == "127.0.0.1"):
        answer = asker(private=False).ask(f"{host.address}/inside")
    assert (answer.outcome, "private network" in answer.problem) == ("unsure", True)


def test_the_network_address_looked_at_is_the_one_that_is_asked(host):
    """A name that leads elsewhere at the second look finds nobody."""
    port = host.server_address[1]
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("203.0.113.1", port))]
    tried = []

    def connect(opened, where):
        tried.append(where[0])
        raise OSError

    with (
        patch("socket.getaddrinfo", side_effect=[public, AssertionError]),
        patch("care.http_checker.is_public", return_value=True),
        patch.object(socket.socket, "connect", connect),
    ):
        asker(private=False).ask(f"http://rebinding.example:{port}/")
    assert (tried, host.asked) == (["203.0.113.1"], [])


@pytest.mark.parametrize(
    "where",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::",
     "64:ff9b::7f00:1", "2001:0:1::1"],
)  # fmt: skip
def test_private_addresses(where):
    assert not is_public(where)


@pytest.mark.parametrize("where", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_public_addresses(where):
    assert is_public(where)


def links_to(home, title, *addresses):
    links = "".join(f'<a href="{address}">{title}</a> ' for address in addresses)
    return page_with(home, title, ("text", f"<p>{links}</p>"))


def run(addresses=None, today=TODAY, **options):
    return check_links(asker(**options), addresses or due(again=True), 60, today=today)


@pytest.mark.django_db
def test_reported_after_two_days(home, host):
    page = links_to(home, "A trial", f"{host.address}/status/404", f"{host.address}/fine")
    run()
    assert not CareItem.objects.exists()
    run()
    assert not CareItem.objects.exists(), "the same day counts once"
    done = run(today=TODAY + datetime.timedelta(days=1))
    item = CareItem.objects.get()
    assert (done.broken, item.page_id, item.kind) == (1, page.pk, "link-broken")
    assert item.place == "body.b1"
    assert "there is no such page (404), since 2 March 2026." in item.text
    with patch("care.http_checker.HttpChecker.ask", return_value=Answer("answers", 200)):
        run(today=TODAY + datetime.timedelta(days=2))
    assert not CareItem.objects.exists()


@pytest.mark.django_db
def test_dismissed_stays_dismissed_when_the_link_fails_in_another_way(home, host, superuser):
    """Two links to one address are two items, told apart by their words."""
    address = f"{host.address}/status/404"
    markup = f'<p><a href="{address}">A trial</a> and <a href="{address}">its results</a></p>'
    page_with(home, "Page", ("text", markup))
    run()
    run(today=TODAY + datetime.timedelta(days=1))
    first, second = CareItem.objects.order_by("text")
    dismiss([first], superuser, "They promised to put it back.")
    with patch(
        "care.http_checker.HttpChecker.ask", return_value=Answer("failed", 500, "it is ill (500)")
    ):
        run(today=TODAY + datetime.timedelta(days=2))
    items = CareItem.objects.order_by("text")
    assert [(one.pk, one.state) for one in items] == [(first.pk, "dismissed"), (second.pk, "open")]
    assert all("it is ill (500), since 2 March 2026." in one.text for one in items)
    assert "“A trial”" in items[0].text


@pytest.mark.django_db
def test_an_answer_between_two_failures_starts_anew(home, host):
    links_to(home, "A trial", f"{host.address}/status/500")
    run()
    LinkCheck.objects.update(failed_days=0, first_failed_on=None, last_failed_on=None)
    run(today=TODAY + datetime.timedelta(days=1))
    assert not CareItem.objects.exists()


@pytest.mark.django_db
def test_one_at_a_time_with_a_pause(home, host):
    links_to(home, "A trial", *(f"{host.address}/page/{number}" for number in range(4)))
    run(pause=0.15)
    times = [at for *_, at in host.asked]
    assert len(times) == 5  # robots.txt, then the pages
    assert host.most_at_once == 1
    assert all(later - earlier >= 0.14 for earlier, later in pairwise(times))


@pytest.mark.django_db
def test_what_is_due_and_in_which_order(home):
    def remembered(address, outcome, days):
        at = timezone.now() - datetime.timedelta(days=days)
        LinkCheck.objects.create(
            key=address_key(address), address=address, outcome=outcome, checked_at=at
        )

    names = ("new", "failed", "fresh-failure", "old", "fresh")
    addresses = {name: f"https://{name}.example/" for name in names}
    links_to(
        home, "A trial", *addresses.values(), "https://new.example/#part", "mailto:a@b.example"
    )
    remembered(addresses["failed"], "failed", 1)
    remembered(addresses["fresh-failure"], "failed", 0)
    remembered(addresses["old"], "answers", 8)
    remembered(addresses["fresh"], "answers", 2)
    assert [address for _, address in due()] == [
        addresses["new"],
        addresses["failed"],
        addresses["old"],
    ]
    assert len(due(again=True)) == 5


@pytest.mark.django_db
def test_the_command(home, host, settings, capsys):
    settings.CHECK_PRIVATE_HOSTS = True
    links_to(
        home, "A trial", f"{host.address}/status/404", *(f"{host.address}/{n}" for n in range(3))
    )
    call_command("check_links", limit=3, pause=0, timeout=1)
    said = capsys.readouterr().out
    assert "3 addresses asked" in said
    assert "1 are left for the next run." in said
    call_command("check_links", pause=0, timeout=1)
    assert "1 address asked" in capsys.readouterr().out
    assert LinkCheck.objects.count() == 4
    assert host.agents == {user_agent()}
    SiteIdentity.objects.update_or_create(
        site=Site.objects.get(), defaults={"name": "Institute\nof Trials é"}
    )
    assert "(Institute of Trials; +http://localhost)" in user_agent()


@pytest.mark.django_db
def test_time_is_bounded_and_unused_checks_go(home, host):
    LinkCheck.objects.create(
        key="gone", address="https://gone.example/", outcome="answers", checked_at=timezone.now()
    )
    links_to(home, "A trial", f"{host.address}/a")
    done = check_links(asker(), due(), 0)
    assert (done.asked, done.left) == (0, 1)
    assert not LinkCheck.objects.exists()


@pytest.mark.django_db
def test_production_never_asks_inside(settings):
    assert settings.CHECK_PRIVATE_HOSTS is False
