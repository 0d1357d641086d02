"""Kept markup of old pages, as visitors get it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from wagtail.models import Site

from content.models import MediaPath, SiteImage
from content.rendering.kept_markup import with_heading_steps, with_stored_pictures
from tests.pictures import picture


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<h1>a</h1><h2>b</h2><h3>c</h3>", "<h1>a</h1><h2>b</h2><h3>c</h3>"),
        (
            '<h1 class="x">a</h1><h4>b</h4><h4>c</h4>',
            '<h1 class="x">a</h1><h4 aria-level="2">b</h4><h4 aria-level="2">c</h4>',
        ),
        (
            "<h1>a</h1><h4>b</h4><h3>c</h3><h5 id='d'>d</h5>",
            '<h1>a</h1><h4 aria-level="2">b</h4><h3 aria-level="2">c</h3>'
            "<h5 id='d' aria-level=\"3\">d</h5>",
        ),
        ("<h1>a</h1><header>b</header><hr>", "<h1>a</h1><header>b</header><hr>"),
    ],
)
def test_headings_go_down_in_single_steps(markup, expected):
    assert with_heading_steps(markup) == expected


def test_headings_of_a_template_part():
    template = "{% load content_tags %}{% headings %}<h1>{{ a }}</h1><h3>b</h3>{% endheadings %}"
    shown = Template(template).render(Context({"a": "<"}))
    assert shown == '<h1>&lt;</h1><h3 aria-level="2">b</h3>'


@pytest.mark.django_db
def test_pictures_of_the_library_have_size_and_wait(home, django_assert_num_queries):
    site = Site.objects.get(is_default_site=True)
    file = SimpleUploadedFile("one.png", picture())
    image = SiteImage.objects.create(title="One", file=file)
    paths = ["/images/One.png", "/images/a picture.png"]
    for path in paths:
        MediaPath.objects.create(site=site, path=path, image=image)
    markup = (
        '<p><img src="/images/One.png" alt="A &quot;map&quot;" id="map">'
        '<img src="/images/a%20picture.png"><img src="/images/none.png" title="&lt;"></p>'
    )
    with_stored_pictures(markup, site)
    with django_assert_num_queries(3):
        shown = with_stored_pictures(markup, site)
    assert shown.count('width="') == 2
    assert shown.count('height="') == 2
    assert shown.count('loading="lazy"') == 3
    assert 'alt="A &quot;map&quot;"' in shown
    assert '<img id="map" ' in shown
    assert '<img src="/images/none.png" alt="" loading="lazy" title="&lt;">' in shown
    assert ".webp" in shown


@pytest.mark.django_db
def test_markup_without_pictures_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert with_stored_pictures("<p>a</p>", None) == "<p>a</p>"
        assert "loading" in with_stored_pictures('<img src="/images/a.png">', None)
