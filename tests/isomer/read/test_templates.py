"""Jekyll's template language in bodies: filled in from the whole site (format reference, 6.1)."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from isomer.read import read_source
from isomer.source import SourceSite
from tests.isomer.read.sources import PAGE, write

FRONT = "---\ntitle: A page\npermalink: /a/\nbrochures: [One, Two]\nwhen: 2024-03-05\n---\n"
SITE = {
    "index.md": "---\nlayout: homepage\ntitle: Home\npermalink: /\n---\n",
    "_config.yml": "title: Agency\npermalink: none\nemail: us@example.org\nresources_name: news\n"
    "collections:\n  people:\n    output: true\n",
    "_data/members.yml": "- {name: Bee, order: 2, board: true}\n- {name: Ann, order: 1}\n",
    "_data/deep/fees.csv": "what,fee\nEntry,5\n",
    "_includes/card.html": "<b>{{ include.title }}</b>{% if include.more %}, more{% endif %}",
    "_people/x.md": "---\ntitle: X\npermalink: /people/x/\n---\nText.\n",
    "_people/y.md": "---\ntitle: Y\npermalink: /people/y/\npublished: false\n---\nText.\n",
    "news/index.html": "---\nlayout: resources\ntitle: News\n---\n",
    "news/press/_posts/2024-01-02-post-old.md": "---\ntitle: Old\n---\nOld.\n",
    "news/press/_posts/2024-02-03-post-new.md": "---\ntitle: New\n---\nNew.\n",
}


def site_with(folder: Path, body: str, name: str = "pages/a.md") -> SourceSite:
    return read_source(write(folder, SITE | {name: FRONT + body}))


def read(folder: Path, body: str, name: str = "pages/a.md") -> tuple[str, list[tuple[str, str]]]:
    """Return what became of a body, and the messages about it."""
    site = site_with(folder, body, name)
    [document] = [one for one in site.documents if one.path == name]
    said = [(one.rule, one.text) for one in site.messages if one.path == name]
    return document.body.strip(), said


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a]({{ site.baseurl }}/x/)", "[a](/x/)"),
        ("[a]({{ '/files/a.pdf' | absolute_url }})", "[a](/files/a.pdf)"),
        ('[a]({{"/b c/"|relative_url}})', "[a](/b%20c/)"),
        ("a {% comment %}hidden{% endcomment %}b", "a b"),
        ("a {% raw %}{{ kept }}{% endraw %} b", "a {{ kept }} b"),
        ("{{ page.title }}, {{ site.title }}", "A page, Agency"),
        ("{{ page.subtitle }}|", "|"),
        ("{% for d in site.data.members %}{{ d.name }};{% endfor %}", "Bee;Ann;"),
        ("{% assign all = site.data.members | sort: 'order' %}{{ all | map: 'name' | join: ' ' }}",
         "Ann Bee"),
        ("{% assign b = site.data.members | where: 'board', true %}{{ b.first.name }}", "Bee"),
        ("{% for row in site.data.deep.fees %}{{ row.what }}{{ row.fee }}{% endfor %}", "Entry5"),
        ("{% for b in page.brochures %}{{ forloop.index }} {{ b }} {% endfor %}", "1 One 2 Two"),
        ("{% if page.brochures.size > 1 %}many{% else %}few{% endif %}", "many"),
        ("{% unless page.none %}shown{% endunless %}", "shown"),
        ("{% for p in site.posts %}[{{ p.title }}]({{ p.url }}) {% endfor %}",
         "[New](/news/press/post-new.html) [Old](/news/press/post-old.html)"),
        ("{{ site.categories.press | size }} {{ site.people | map: 'title' | join: ',' }}", "2 X"),
        ("a {% include card.html title=page.title more='more' %} b", "a <b>A page</b>, more b"),
        ("[x]({% link _people/x.md %}) {% post_url 2024-01-02-post-old %}",
         "[x](/people/x/) /news/press/post-old.html"),
        ("{{ page.when | date: '%-d %B %Y' }}, {{ page.when | date_to_string }}",
         "5 March 2024, 05 Mar 2024"),
        ("{{ site.data.members | jsonify }}",
         '[{"name":"Bee","order":2,"board":true},{"name":"Ann","order":1}]'),
        ("{% assign g = site.data.members | group_by: 'board' %}{{ g.size }}", "2"),
        ("{{ 'A b' | slugify }} {{ page.brochures | array_to_sentence_string }}",
         "a-b One and Two"),
        # What is no template is no business of this.
        ("{::comment}x{:/comment} { { x } } {%x", "{::comment}x{:/comment} { { x } } {%x"),
    ],
)  # fmt: skip
def test_filled_in(tmp_path: Path, body: str, expected: str) -> None:
    text, said = read(tmp_path, body)
    assert text == expected
    assert [rule for rule, _ in said if rule != "template-unreadable"] == []


def test_accordions_may_nest_and_end_with_the_body(tmp_path: Path) -> None:
    body = (
        "{% accordion One & two %}\n**b**\n{% accordion Inner %}\ndeep\n{% endaccordion %}\nafter"
    )
    text, said = read(tmp_path, body)
    assert text.count('<details markdown="1"><summary>') == text.count("</details>") == 2
    assert "<summary>One &amp; two</summary>" in text
    assert said == []
    text, _ = read(tmp_path / "html", "{% accordion A %}x{% endaccordion %}", "pages/b.html")
    assert text.startswith("<details><summary>A</summary>")


@pytest.mark.parametrize(
    ("body", "shown", "said"),
    [
        ("{% include none.html a='b' %}", "{% include none.html a='b' %}",
         ("template-mark-kept", "{% include none.html a='b' %}")),
        ("{% post_url 2000-01-01-none %}", "{% post_url 2000-01-01-none %}",
         ("template-mark-kept", "{% post_url 2000-01-01-none %}")),
        ("at {{ site.time }}.", "at .", ("template-value-missing", "site.time")),
        ("{{ layout.name }}|", "|", ("template-value-missing", "layout.name")),
        ("{% endaccordion %} {{ page.title }}", "{% endaccordion %} A page",
         ("template-mark-kept", "{% endaccordion %}")),
        ("{% gallery a %}", "{% gallery a %}", ("template-mark-kept", "{% gallery a %}")),
        ("{{ page.title | rot13 }}", "{{ page.title | rot13 }}",
         ("template-mark-kept", "{{ page.title | rot13 }}")),
        ("{% for i in (1..1000) %}{% for j in (1..1000) %}x{% endfor %}{% endfor %}",
         "{% for i in (1..1000) %}{% for j in (1..1000) %}x{% endfor %}{% endfor %}",
         ("template-unreadable", "loop iteration limit reached")),
    ],
)  # fmt: skip
def test_what_can_not_be_evaluated_is_named(
    tmp_path: Path, body: str, shown: str, said: tuple[str, str]
) -> None:
    text, messages = read(tmp_path, body)
    assert text == shown
    assert said in messages


def test_a_data_file_that_a_page_shows_is_not_called_left_out(tmp_path: Path) -> None:
    def left_out(site: SourceSite) -> list[str]:
        return [one.path for one in site.messages if one.rule == "data-file-not-read"]

    assert left_out(site_with(tmp_path / "no", "Text.")) == [
        "_data/members.yml", "_data/deep/fees.csv",
    ]  # fmt: skip
    assert left_out(site_with(tmp_path / "yes", "{{ site.data.members | size }}")) == []


def test_posts_before_their_day_and_hidden_pages_are_not_shown(
    tmp_path: Path,
) -> None:
    later = "---\ntitle: {}\ndate: 2999-01-01\n---\nLater.\n"
    write(tmp_path, {"_people/z.md": later.format("Z")})
    write(tmp_path, {"news/press/_posts/2024-03-04-later.md": later.format("Later")})
    body = "{{ site.people | map: 'title' }}{{ site.posts | map: 'title' }}"
    assert read(tmp_path, body)[0] == "XZNewOld"


def test_an_address_begins_with_one_slash(tmp_path: Path) -> None:
    for name, permalink in (("b", "b/"), ("c", "//c//d/"), ("e", "https://example.org/e")):
        write(tmp_path, {f"pages/{name}.md": f"---\npermalink: {permalink}\n---\n"})
    body = "{% for one in site.pages %}{{ one.url }} {% endfor %}"
    assert read(tmp_path, body)[0] == "/a/ /b/ /c/d/ https://example.org/e /news/ /"


def test_of_the_posts_of_one_day_the_last_file_comes_first(tmp_path: Path) -> None:
    names = ("news/a/_posts/2024-05-06-b.md", "news/b/_posts/2024-05-06-a.md")
    write(tmp_path, {name: f"---\ntitle: {name[5]}\n---\n" for name in names})
    assert read(tmp_path, "{{ site.posts | map: 'title' }}")[0] == "baNewOld"


def test_files_outside_the_includes_are_not_taken_in(tmp_path: Path) -> None:
    for name in ("../_config.yml", "/etc/passwd", "{{ page.title }}"):
        text, _ = read(tmp_path, f"{{% include {name} %}}")
        assert "Agency" not in text
        assert "root:" not in text


def test_a_loose_document_has_its_own_front_matter(tmp_path: Path) -> None:
    site = read_source(
        write(tmp_path, {"a.md": PAGE + "{{ page.title }}{% for a in site.pages %}{% endfor %}"})
    )
    assert "{{" not in site.documents[0].body


def test_a_source_is_read_as_of_a_day(tmp_path: Path) -> None:
    """What a list of posts shows depends on the day, so a later check reads as the import did."""
    write(tmp_path, {"news/press/_posts/2024-03-04-later.md": "---\ntitle: Later\n---\nText.\n"})
    write(tmp_path, SITE | {"pages/a.md": FRONT + "{{ site.posts | map: 'title' }}"})
    days = (datetime.date(2024, 3, 3), datetime.date(2024, 3, 4), datetime.date(2024, 3, 4))
    digests = [read_source(tmp_path, today=day).digest for day in days]
    assert digests[0] != digests[1] == digests[2]
