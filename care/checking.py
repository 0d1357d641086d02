"""Asking other hosts for the addresses that pages lead to, and remembering what came of it."""

from __future__ import annotations

import datetime
import queue
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, Min, OuterRef
from django.utils import timezone
from wagtail.models import Site

from care.http_checker import Answer, HttpChecker
from care.items import follow_links
from care.models import LinkCheck, LinkUse
from care.rate_limiter import RateLimiter
from content.markup.links import host_of, resolve_address

Outcome = LinkCheck.Outcome
HOSTS_AT_ONCE = 8
# How many times the longest time of one request is waited for answers when the time is up; an
# address may take several requests.
GRACE = 3
# What answered is asked again after a week, what did not on the next day. Somewhat less than a
# day, so that a nightly run that begins a little earlier asks again.
AGAIN_AFTER = datetime.timedelta(days=7)
AGAIN_AFTER_FAILURE = datetime.timedelta(hours=20)


@dataclass
class Checked:
    """What a run did: how many addresses had each outcome, and how many are left for another."""

    outcomes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    left: int = 0
    broken: int = 0

    @property
    def asked(self) -> int:
        """How many addresses were asked."""
        return sum(self.outcomes.values())


def user_agent() -> str:
    """Return how the check names itself to other hosts: what it is, and whose."""
    site = Site.objects.filter(is_default_site=True).first()
    # A header is one line of ASCII; people write the name of the site.
    words = str(settings.WAGTAIL_SITE_NAME).encode("ascii", "ignore").decode().split()
    name = " ".join(words)
    return f"LinkCheck/1.0 ({name}; +{site.root_url if site else settings.WAGTAILADMIN_BASE_URL})"


def due(again: bool = False, now: datetime.datetime | None = None) -> list[tuple[str, str]]:
    """Return ``(key, address)`` of what should be asked: what never was, then what failed, then
    the rest, the oldest first. With ``again`` everything is due."""
    now = now or timezone.now()
    used = LinkUse.objects.exclude(external="").values("external").annotate(at=Min("address"))
    addresses = {row["external"]: row["at"] for row in used.order_by("external")}
    checks = {
        key: (outcome, checked_at)
        for key, outcome, checked_at in LinkCheck.objects.values_list(
            "key", "outcome", "checked_at"
        )
    }
    found = []
    for key, address in addresses.items():
        outcome, checked_at = checks.get(key, ("", None))
        failed = outcome == Outcome.FAILED
        pause = AGAIN_AFTER_FAILURE if failed else AGAIN_AFTER
        if checked_at is None:
            found.append((0, now, key, address))
        elif again or checked_at <= now - pause:
            found.append((1 if failed else 2, checked_at, key, address))
    return [(key, resolve_address(address, "/")) for _, _, key, address in sorted(found)]


def check_links(
    asker: HttpChecker,
    addresses: Sequence[tuple[str, str]],
    seconds: float,
    progress: Callable[[str], None] = lambda text: None,
    today: datetime.date | None = None,
) -> Checked:
    """Ask addresses, remember what came of each, and bring the care list up to date.

    Hosts are asked side by side, each by one thread. After ``seconds`` nothing new is asked;
    what was left comes first next time. The run ends soon after that, whatever hosts do.
    """
    done = Checked(left=len(addresses))
    changed: set[str] = set()
    today = today or timezone.localdate()
    for key, address, answer in _answers(asker, addresses, time.monotonic() + seconds):
        check = LinkCheck.objects.filter(key=key).first()
        was_broken = check is not None and check.is_broken
        check = remember(check, key, address, answer, today)
        if was_broken or check.is_broken:
            changed.add(key)
        done.outcomes[answer.outcome] += 1
        done.left -= 1
        progress(f"{done.asked} of {len(addresses)}: {address}")
    in_use = LinkUse.objects.filter(external=OuterRef("key"))
    LinkCheck.objects.exclude(Exists(in_use)).delete()
    pages = LinkUse.objects.filter(external__in=changed).values_list("page_id", flat=True)
    follow_links(set(pages))
    done.broken = sum(check.is_broken for check in LinkCheck.objects.filter(failed_days__gt=0))
    return done


def remember(
    check: LinkCheck | None, key: str, address: str, answer: Answer, today: datetime.date
) -> LinkCheck:
    """Write what came of asking an address on a day. Several failures on one day are one."""
    check = check or LinkCheck(key=key)
    check.address = address
    check.outcome, check.status = answer.outcome, answer.status
    check.problem = answer.problem[:300]
    check.checked_at = timezone.now()
    if answer.outcome != Outcome.FAILED:
        check.failed_days, check.first_failed_on, check.last_failed_on = 0, None, None
    elif check.last_failed_on != today:
        check.failed_days += 1
        check.first_failed_on = check.first_failed_on or today
        check.last_failed_on = today
    check.save()
    return check


def _answers(
    asker: HttpChecker, addresses: Sequence[tuple[str, str]], end: float
) -> Iterator[tuple[str, str, Answer]]:
    """Yield what addresses answer as it comes. No thread but this one uses the database.

    What is still being asked some time after ``end`` is given up, and so is its thread: nothing
    ends a look-up of a name from outside.
    """
    hosts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, address in addresses:
        hosts[host_of(address)].append((key, address))
    waiting = deque(hosts.values())
    results: queue.Queue[tuple[str, str, Answer] | None] = queue.Queue()
    asking: dict[str, str] = {}

    def work() -> None:
        try:
            while True:
                try:
                    group = waiting.popleft()
                except IndexError:
                    return
                for key, address in group:
                    if time.monotonic() > end:
                        return
                    asking[key] = address
                    try:
                        answer = asker.ask(address)
                    finally:
                        del asking[key]
                    results.put((key, address, answer))
        finally:
            results.put(None)

    threads = [
        threading.Thread(target=work, daemon=True) for _ in range(min(HOSTS_AT_ONCE, len(hosts)))
    ]
    for thread in threads:
        thread.start()
    running = len(threads)
    given_up_at = end + GRACE * asker.longest
    while running:
        try:
            result = results.get(timeout=max(0, given_up_at - time.monotonic()))
        except queue.Empty:
            break
        if result is None:
            running -= 1
        else:
            yield result
    # Remembered, or they would come first in each run and keep others from being asked. That
    # the host is at fault is not certain: it may be our own look-up of names.
    for key, address in list(asking.items()):
        yield key, address, Answer(Outcome.UNSURE, None, "asking it took too long")


def asker_for(pause: float, timeout: float) -> HttpChecker:
    """Return an asker by the settings of the project."""
    return HttpChecker(
        user_agent(),
        RateLimiter(pause),
        timeout=timeout,
        longest=2 * timeout,
        private=settings.CHECK_PRIVATE_HOSTS,
    )
