"""The page of results."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import Page

from content.models import ContactPage
from tests.factories import make_page, make_section
from tests.resources.rooms import make_article, make_link, make_room
from tests.search.sites import make_file, page_saying, soup, text, titles, titles_in


def test_title_counts_more_than_heading_and_heading_more_than_text(home: Page, client: Client):
    filler = "Words about other things. " * 20
    page_saying(home, "In the text", f"{filler} enrolment {filler}")
    heading = [{"type": "text", "value": f"<h2>Enrolment</h2><p>{filler * 2}</p>"}]
    make_page(home, "In a heading", body=heading)
    page_saying(home, "Enrolment", filler * 2)
    assert titles(client, "enrolment") == ["Enrolment", "In a heading", "In the text"]


def test_all_words_come_first_and_some_are_said_to_be_some(home: Page, client: Client):
    page_saying(home, "Liver", "about the liver")
    page_saying(home, "Kidney", "about the kidney")
    page_saying(home, "Both", "liver and kidney")
    assert titles(client, "liver kidney") == ["Both"]
    assert "hold some" not in soup(client, "liver kidney").get_text()
    assert sorted(titles(client, "liver zebra")) == ["Both", "Liver"]
    assert "No page holds all words; these hold some." in soup(client, "liver zebra").get_text()


def test_snippet_marks_words_as_written_and_escapes_the_rest(home: Page, client: Client):
    long = "Something else stands here. " * 30
    page_saying(home, "Snippet", f"{long}The <b>Trials</b> of &lt;script&gt; in cafés. {long}")
    result = soup(client, "trial cafe").select_one(".result__text")
    assert [mark.get_text() for mark in result.select("mark")] == ["Trials", "cafés"]
    assert "<script>" in result.get_text()
    assert not result.find("script")
    assert result.get_text().startswith("… ")
    assert len(result.get_text()) < 300


def test_snippet_of_chinese_marks_the_characters(home: Page, client: Client):
    page_saying(home, "中文", "我们在新加坡进行临床试验，欢迎参加。")
    marks = soup(client, "临床试验").select("mark")
    assert [mark.get_text() for mark in marks] == ["临床试验"]


def test_query_is_escaped(home: Page, client: Client):
    said = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in said


def test_documents_are_found_by_title_and_file_name(home: Page, client: Client):
    make_file("Outline of a protocol", "study_design-v2.pdf")
    assert titles(client, "protocol outline") == ["Outline of a protocol"]
    result = soup(client, "design").select_one(".result")
    assert " ".join(result.h2.get_text().split()) == "Outline of a protocol"
    assert "PDF · 2.0" in result.get_text()


def test_item_stands_for_its_document(home: Page, client: Client):
    room, document = make_room(home), make_file("Annual report", "annual.pdf")
    make_link(room.circulars, "Annual report", "2024-05-06", document=document)
    [result] = soup(client, "annual report").select(".result")
    assert "6 May 2024" in result.get_text()
    assert "PDF · 2.0" in result.get_text()


def test_items_are_found_by_category_and_title(home: Page, client: Client):
    room = make_room(home)
    make_article(room.circulars, "New labels", "2024-05-06", body=text("Put them on."))
    assert "New labels" in titles(client, "circular labels")


def test_filters_are_links_that_keep_each_other(home: Page, client: Client):
    section = make_section(home, "Studies")
    page_saying(section, "Study one", "")
    page_saying(home, "Study alone", "")
    room = make_room(home)
    make_article(room.news, "Study news", "2024-01-01")
    make_file("Study file")
    found = soup(client, "study")
    assert "4 results for" in found.select_one(".search__count").get_text()
    kinds = {link.get_text(): link["href"] for link in found.select(".choices a")}
    assert {"Pages (2)", "News and articles (1)", "Documents (1)", "Studies (1)"} <= kinds.keys()
    of_kind = soup_of(client, kinds["Documents (1)"])
    assert titles_in(of_kind) == ["Study file"]
    assert titles(client, "study", section=str(section.pk)) == ["Study one"]
    assert titles(client, "study", section=str(section.pk), type="news") == []
    assert titles(client, "study", section="nowhere", type="nothing") == titles(client, "study")


def soup_of(client: Client, address: str):
    from bs4 import BeautifulSoup

    return BeautifulSoup(client.get(f"/search/{address}").content, "html.parser")


def test_paging_keeps_the_filters(home: Page, client: Client):
    for number in range(12):
        page_saying(home, f"Study {number}", "")
    make_file("Study file")
    first = soup(client, "study", type="pages")
    assert len(first.select("ol .result")) == 10
    following = first.select_one(".paging a[rel=next]")["href"]
    second = soup_of(client, following)
    assert len(second.select("ol .result")) == 2
    assert second.select_one("ol.rows")["start"] == "11"
    assert "page 2 of 2" in second.get_text()


def test_section_leads_to_its_first_page(home: Page, client: Client):
    section = make_section(home, "About us")
    page_saying(section, "Our role", "What we do")
    assert titles(client, "about us") == ["Our role"]


def test_nothing_found_helps(home: Page, client: Client):
    page_saying(home, "Hepatocellular carcinoma", "")
    make_page(home, "Contact us", model=ContactPage)
    help_text = soup(client, "hepatocelular").select_one(".help")
    spelling = help_text.select_one("a[href^='?q=']")
    assert spelling.get_text() == "hepatocellular"
    assert titles(client, spelling.get_text()) == ["Hepatocellular carcinoma"]
    assert help_text.find("a", string="ask us")["href"] == "/contact-us/"


def test_page_is_found_by_the_words_of_its_address_and_by_initials(home: Page, client: Client):
    make_page(home, "Questions", address="/faq/")
    page_saying(home, "Master Clinical Trials Agreement", "")
    assert titles(client, "faq") == ["Questions"]
    assert titles(client, "mcta") == ["Master Clinical Trials Agreement"]


def test_recommended_page_is_shown_whatever_the_form_of_the_words(home: Page, client: Client):
    page = page_saying(home, "Start here", "")
    query = Query.get("Cancer Trials")
    SearchPromotion.objects.create(query=query, page=page, description="The way in", sort_order=0)
    SearchPromotion.objects.create(
        query=query, external_link_url="https://www.example.org/", external_link_text="Elsewhere",
        sort_order=1,
    )  # fmt: skip
    box = soup(client, "cancer trial").select_one(".search__recommended")
    assert box.h2.get_text() == "Recommended"
    assert [link.get_text() for link in box.select("a")] == ["Start here", "Elsewhere"]
    assert "The way in" in box.get_text()
    assert not soup(client, "cancer").select(".search__recommended")


def test_searches_are_counted_only_where_a_setting_says_so(home: Page, client: Client, settings):
    page_saying(home, "Study", "")
    soup(client, "study")
    assert not Query.objects.exists()
    settings.SEARCH_COUNTS_QUERIES = True
    soup(client, "study")
    soup(client, "nothing like it")
    [hits] = QueryDailyHits.objects.all()
    assert (hits.query.query_string, hits.hits) == ("study", 1)


def test_admin_searches_by_the_same_words(home: Page, admin_client: Client):
    page_saying(home, "Café trials of COVID-19", "")
    for typed in ("cafe", "covid-19", "COVID tri", '"', "  ", "'"):
        response = admin_client.get("/admin/pages/search/", {"q": typed})
        assert response.status_code == 200
        if typed.strip("\"' "):
            assert "Café trials" in response.content.decode(), typed
    assert admin_client.get("/admin/images/", {"q": 'a"b'}).status_code == 200
    assert admin_client.get("/admin/documents/", {"q": 'a"b'}).status_code == 200


def test_page_objects_are_searched_with_all_their_text(home: Page):
    page_saying(home, "Study", "A word about enrolment")
    assert [page.title for page in Page.objects.search("enrolments")] == ["Study"]
    found = Page.objects.live().search("study zebra", operator="or").annotate_score("score")
    assert [page.title for page in found] == ["Study"]
    assert list(Page.objects.search("...")) == []


def test_whole_index_made_anew_is_the_same(home: Page):
    from wagtail.search.models import IndexEntry

    page_saying(make_section(home, "Section"), "Study", "A word")
    make_file("File")
    columns = ("content_type", "object_id", "title", "body", "autocomplete")
    before = set(IndexEntry.objects.values_list(*columns))
    call_command("update_index", verbosity=0)
    assert before
    assert before <= set(IndexEntry.objects.values_list(*columns))


@pytest.mark.parametrize("number", [3, 30])
def test_number_of_queries_does_not_grow(home: Page, client: Client, number):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    room = make_room(home)
    for count in range(number):
        page_saying(home, f"Study {count}", "")
        make_article(room.news, f"Study news {count}", "2024-01-01")
        make_link(room.circulars, f"Study link {count}", document=make_file(f"Study {count}"))
    client.get("/search/?q=study")
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/?q=study")
    assert len(queries) <= 24
    with CaptureQueriesContext(connection) as queries:
        client.get("/-/suggestions/?q=study")
    assert len(queries) <= 9
