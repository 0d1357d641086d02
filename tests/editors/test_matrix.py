"""Role × address × action: who may look and who may act, at every address that the project adds.

A new address fails the first test until somebody says here for whom it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from isomer.runs import requests
from tests.editors.addresses import our_addresses
from tests.editors.objects import make_objects, url_of
from tests.editors.people import ROLES, client_of

LETTERS = {"editor": "e", "publisher": "p", "manager": "m", "administrator": "a"}
Access = tuple[str, str]


def below(start: str, accesses: dict[Access, str]) -> dict[str, Access]:
    """Return what ``{(who may look, who may act): "view view"}`` says, by name of address."""
    return {start + name: access for access, names in accesses.items() for name in names.split()}


# Letters: (e)ditor, (p)ublisher, site (m)anager, (a)dministrator; nobody else may do anything
# anywhere. An empty text: nobody, since the address takes nothing of the kind.
MANAGERS: Access = ("ma", "ma")
LOOK: Access = ("ma", "")
ACT: Access = ("", "ma")
SNIPPET = {
    MANAGERS: "add copy delete edit",
    LOOK: "history history_results list list_results usage",
}
DRAFTS = {
    MANAGERS: "preview_on_add preview_on_edit revisions_revert revisions_unschedule unpublish",
    LOOK: "revisions_compare revisions_view",
    ACT: "lock unlock",
}
# Wagtail shows names to whoever may write in the admin.
CHOOSER = {
    ("epma", ""): "choose choose_results chosen chosen_multiple",
    MANAGERS: "create",
}
LISTING = {LOOK: "index inspect", ("", ""): "create edit delete"}

MATRIX: dict[str, Access] = {
    **below("wagtailsnippets_navigation_menu:", SNIPPET),
    **below("wagtailsnippets_navigation_menu:", DRAFTS),
    **below("wagtailsnippets_navigation_footer:", SNIPPET),
    **below("wagtailsnippets_navigation_footer:", DRAFTS),
    **below("wagtailsnippets_content_embedhost:", SNIPPET),
    **below("wagtailsnippetchoosers_navigation_menu:", CHOOSER),
    **below("wagtailsnippetchoosers_navigation_footer:", CHOOSER),
    **below("wagtailsnippetchoosers_content_embedhost:", CHOOSER),
    **below("isomer_importrun_modeladmin_", LISTING),
    **below("isomer_importmessage_modeladmin_", LISTING),
    **below("isomer_certificate_modeladmin_", LISTING),
    **below("isomer_importedobject_modeladmin_", LISTING),
    **below(
        "isomer_",
        {
            LOOK: "sign_off_record sign_off_record_json sign_off_side request_progress",
            MANAGERS: "sign_off sign_off_page requests request",
        },
    ),
    **below(
        "wagtailsettings:",
        {
            MANAGERS: "edit[siteidentity] preview_on_edit[siteidentity]"
            " edit[navigationsettings] preview_on_edit[navigationsettings]",
            ("pma", "pma"): "edit[notification] preview_on_edit[notification]",
        },
    ),
    **below("isomer_", {("epa", "epa"): "rebuild", ("epa", ""): "rebuild_side"}),
    "care_list": ("epma", "epma"),
    "content_private_files": ("pa", "pa"),
    "resources_add_files": ("epa", "epa"),
    **below(
        "editors_",
        {
            ("epma", ""): "guide guide_chapter",
            ("epma", "epma"): "form_state",
            ("", "epa"): "paste",
        },
    ),
    **below("navigation_", {LOOK: "contrast", ("epma", ""): "preview_colours"}),
    **below(
        "wagtailredirects:",
        {MANAGERS: "add delete edit start_import", LOOK: "index index_results",
         ACT: "process_import"},
    ),
    **below(
        "wagtailsearchpromotions:",
        {
            ("pa", "pa"): "add delete edit",
            ("pa", ""): "index index_results",
            ("a", ""): "search_terms search_terms_results",
            # Words of searches, which are counted only where somebody switched that on.
            ("epma", "epma"): "chooser chooserresults",
        },
    ),
}  # fmt: skip
# Forms of streams need these to be read at all.
FORM = {"entries-count": "0", "links-count": "0"}


def status(client: Client, url: str, method: str) -> int:
    """Ask as a script does, which gets 403 where a person is sent away; take back what it did."""
    data = FORM if method == "post" else {}
    with transaction.atomic():
        answer = getattr(client, method)(url, data, headers={"x-requested-with": "XMLHttpRequest"})
        transaction.set_rollback(True)
    return int(answer.status_code)


@pytest.fixture
def objects(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    monkeypatch.setattr(requests, "start_process", lambda request: None)
    return make_objects(tmp_path / "source")


def test_every_address_that_we_add_is_in_the_matrix() -> None:
    found = our_addresses()
    assert found - set(MATRIX) == set(), "say in MATRIX who may look and who may act there"
    assert set(MATRIX) - found == set(), "these addresses are gone"


@pytest.mark.parametrize("role", ROLES)
def test_who_may_look_and_who_may_act(role: str, objects: dict[str, list[Any]]) -> None:
    client = client_of(role)
    # What fails for want of proper data was let in.
    client.raise_request_exception = False
    wrong = []
    for name, (looks, acts) in MATRIX.items():
        url, letter = url_of(name, objects), LETTERS.get(role, "-")
        seen = status(client, url, "get")
        if seen not in ([200] if letter in looks else [403, 405]):
            wrong.append(f"{name} is seen with {seen}")
        done = status(client, url, "post")
        if (done not in (403, 405)) != (letter in acts):
            wrong.append(f"{name} is posted to with {done}")
    assert wrong == []


@pytest.mark.parametrize("role", ["anonymous", "visitor", "editor"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_people_who_are_sent_away_learn_where_to(
    role: str, method: str, objects: dict[str, list[Any]]
) -> None:
    client = client_of(role)
    for name in ("wagtailsettings:edit[siteidentity]", "isomer_requests", "isomer_sign_off_page"):
        answer = getattr(client, method)(url_of(name, objects))
        assert answer.status_code == 302
        home = reverse("wagtailadmin_home")
        expected = home if role == "editor" else f"{reverse('wagtailadmin_login')}?next="
        assert answer["Location"].startswith(expected)


def test_an_unknown_address_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(MATRIX, "isomer_sign_off")
    with pytest.raises(AssertionError, match="isomer_sign_off"):
        test_every_address_that_we_add_is_in_the_matrix()
