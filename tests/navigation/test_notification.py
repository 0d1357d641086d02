"""When and where the notification is shown."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from navigation.models import Notification
from tests.factories import make_page
from tests.navigation.helpers import soup_of

START = datetime.datetime(2024, 5, 1, 9, 0, tzinfo=datetime.UTC)
END = datetime.datetime(2024, 5, 2, 9, 0, tzinfo=datetime.UTC)
MOMENT = datetime.timedelta(microseconds=1)
WORDS = "<p>Closed today</p>"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [(START - MOMENT, False), (START, True), (END - MOMENT, True), (END, False)],
)
def test_the_edges_of_its_time(moment: datetime.datetime, shown: bool) -> None:
    assert Notification(text=WORDS, starts_at=START, ends_at=END).is_shown_at(moment) is shown


def test_a_time_may_be_open_at_either_side() -> None:
    assert Notification(text=WORDS).is_shown_at(START)
    assert Notification(text=WORDS, ends_at=END).is_shown_at(START - 999 * (END - START))
    assert Notification(text=WORDS, starts_at=START).is_shown_at(END + 999 * (END - START))
    assert not Notification(text="", starts_at=START).is_shown_at(END)


def test_a_time_that_ends_before_it_begins_is_refused() -> None:
    for end in (START, START - MOMENT):
        with pytest.raises(ValidationError, match="before the beginning"):
            Notification(text=WORDS, starts_at=START, ends_at=end).clean()


def test_pages_show_it_in_its_time(
    client: Client, site: Site, home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_page(home, "Plain")
    setting = Notification.objects.create(site=site, text=WORDS, starts_at=START, ends_at=END)

    def shown(moment: datetime.datetime) -> list[bool]:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return [bool(soup_of(client, path).select(".notification")) for path in ("/", "/plain/")]

    assert shown(START - MOMENT) == [False, False]
    assert shown(START) == [True, False]
    assert shown(END) == [False, False]
    Notification.objects.filter(pk=setting.pk).update(on_all_pages=True)
    assert shown(END - MOMENT) == [True, True]


def test_editors_enter_times_in_the_zone_of_the_website(
    client: Client, site: Site, home: Page, superuser: User, settings: Any
) -> None:
    client.force_login(superuser)
    url = reverse("wagtailsettings:edit", args=["navigation", "notification", site.pk])
    text = (
        '{"blocks": [{"key": "a", "type": "unstyled", "depth": 0, "text": "Closed",'
        ' "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
    )
    response = client.post(
        url, {"text": text, "starts_at": "2024-05-01 09:00", "ends_at": "2024-05-02 18:30"}
    )
    assert response.status_code == 302
    setting = Notification.objects.get(site=site)
    zone = ZoneInfo(settings.TIME_ZONE)
    assert setting.starts_at == datetime.datetime(2024, 5, 1, 9, 0, tzinfo=zone)
    assert setting.ends_at == datetime.datetime(2024, 5, 2, 18, 30, tzinfo=zone)


@pytest.mark.parametrize("text", ["", "<p></p>", '<p data-block-key="a">\xa0 </p>'])
def test_an_emptied_announcement_is_gone(text: str) -> None:
    assert not Notification(text=text).is_shown_at(timezone.now())
