"""Templates are filled in as Jekyll fills them in, which is asked itself."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from isomer.read import read_source
from isomer.verify import jekyll
from tests.isomer.read.sources import write

PEOPLE = """
- {name: Zoe Tan, role: chair, n: 3, board: true, tags: [a, b]}
- {name: adam lim, role: member, n: 10}
- {name: Bea, n: 2, tags: [b]}
"""
FRONT = "---\ntitle: A “title” & more\nlist: [b, A, c, 1]\nflag: false\nempty: ''\n---\n"
TEMPLATES = (
    # Text that is cut.
    "{{ 'a b' | truncatewords: 2 }}|{{ 'a b c' | truncatewords: 2 }}|{{ 'a  b' | truncatewords }}",
    "{{ ' a b' | truncatewords: 2 }}|{{ ' a b c' | truncatewords: 2 }}",
    "{{ 'a b ' | truncatewords }}",
    "{{ 'a b c' | truncatewords: 2, '!' }}|{{ 'a b c' | truncatewords: 0 }}",
    "{{ 'abcdef' | truncate: 5 }}|{{ 'abcde' | truncate: 5 }}|{{ 'abcdef' | truncate: 2 }}",
    "{{ 'abcdef' | truncate: 4, '' }}|{{ 'abcdef' | truncate: 3, ', x' }}|{{ 'a' | truncate }}",
    "{{ 'a,b,,c,,' | split: ',' | size }}|{{ ',a' | split: ',' | join: '-' }}",
    "{{ 'a b  c' | split: ' ' | join: '-' }}|{{ 'abc' | split: '' | join: '-' }}",
    "{{ ',,' | split: ',' | size }}|{{ '' | split: ',' | size }}|{{ ' a ' | split: ' ' | size }}",
    # Signs of HTML.
    """{{ "it's <b> & 'c'" | escape }}|{{ "&lt; & it's" | escape_once }}""",
    """{{ "it's <b> & 'c'" | xml_escape }}""",
    # What is no text.
    "{{ true | append: '!' }}|{{ 'a' | append: false }}|{{ 'a' | prepend: nil }}",
    "{{ nil | upcase }}",
    "{{ site.data.people | map: 'tags' }}|{{ site.data.people | map: 'board' | join: '+' }}",
    "{{ page.flag }}|{{ page.nothing }}|{{ page.list }}|{{ page.list | join }}",
    # Numbers.
    "{{ 2.5 | round }}|{{ 3.5 | round }}|{{ -2.5 | round }}|{{ 2.567 | round: 2 }}",
    "{{ '7.5' | round }}",
    "{{ 1234567 | round: -2 }}|{{ 3 | round: 2 }}|{{ 1.1 | plus: 2.2 }}|{{ 5 | divided_by: 2 }}",
    # Lists.
    "{{ page.list | push: 'z' | join }}|{{ page.list | pop | join }}",
    "{{ page.list | pop: 2 | join }}",
    "{{ page.list | shift | join }}|{{ page.list | unshift: 'z' | join }}",
    "{{ site.data.people | where_exp: 'one', 'one.n > 2' | map: 'name' | join: ',' }}",
    "{{ site.data.people | where_exp: 'x', \"x.role == 'chair' or x.n == 2\" | map: 'n' }}",
    "{% assign one = site.data.people | find: 'role', 'member' %}{{ one.name }}",
    "{% assign one = site.data.people | find_exp: 'x', 'x.n > 2' %}{{ one.name }}",
    "{% assign groups = site.data.people | group_by: 'board' %}"
    "{% for one in groups %}{{ one.name }}:{{ one.size }};{% endfor %}",
    "{% assign groups = site.data.people | group_by_exp: 'x', 'x.name | size' %}"
    "{% for one in groups %}{{ one.name }}:{{ one.items[0].name }};{% endfor %}",
    "{{ site.data.people | where: 'tags', 'b' | map: 'name' }}",
    "{{ site.data.people | where: 'board', true | map: 'name' }}",
    "{{ site.data.people | where: 'role', nil | map: 'name' }}",
    "{{ site.data.people | sort: 'role' | map: 'n' | join }}",
    "{{ site.data.people | sort: 'role', 'last' | map: 'n' | join }}",
    # Days.
    "{{ '2020-05-06' | date: '%-m/%-d/%y %j %A %^a %b %h %e %C %P' }}|{{ '' | date: '%Y' }}",
    "{{ 'May 6 2020' | date: '%F' }}|{{ '6 May 2020' | date: '%F' }}|{{ 'none' | date: '%Y' }}",
    "{{ 1588723200 | date: '%Y-%m' }}|{{ '1588723200' | date: '%Y-%m' }}",
    "{{ '7/6/2020' | date: '%F' }}",
    "{{ '2020-05-06' | date: '' }}|{{ '2020-05-01' | date: '%^B %-e' }}",
    "{{ '2020-05-21' | date_to_string: 'ordinal' }}",
    "{{ '2020-05-12' | date_to_long_string: 'ordinal' }}",
    "{{ '2020-05-03' | date_to_string: 'ordinal', 'US' }}|{{ '2020-05-03' | date_to_long_string }}",
    # Names and words.
    "{{ 'A b_c.d É' | slugify }}|{{ 'A b_c.d É' | slugify: 'pretty' }}|{{ 'தமிழ் x' | slugify }}",
    "{{ 'A b_c.d É' | slugify: 'raw' }}|{{ 'A b_c.d É' | slugify: 'ascii' }}",
    "{{ 'A b' | slugify: 'none' }}|{{ 'a b c' | number_of_words }}",
    "{{ '研究 ab' | number_of_words: 'cjk' }}|{{ 'ab c' | number_of_words: 'auto' }}",
    # Addresses.
    "{{ 'a b/c' | relative_url }}|{{ '/x?y=z#é' | relative_url }}",
    "{{ 'https://a.sg/x' | relative_url }}",
    "{{ '' | relative_url }}|{{ 'mailto:a@b.sg' | relative_url }}|{{ '/a%20b/' | relative_url }}",
    # Markdown.
    "{{ '**b** -- \"c\"' | markdownify }}|{{ nil | markdownify }}",
    "{{ '# a' | markdownify }}|{{ page.title | markdownify | strip_html }}",
    # The address of a document, in which a browser would write some signs otherwise.
    "{% for one in site.c %}{{ one.url }}\n{% endfor %}",
    "{% for one in site.posts %}{{ one.url }}\n{% endfor %}{{ page.url }}",
    # Documents of a collection that waits for its day are named, posts are not.
    "{{ site.c | map: 'title' | join: ',' }}|{{ site.posts | map: 'title' | join: ',' }}",
)
FILES = {
    "_config.yml": "title: Agency\npermalink: none\ncollections:\n  c:\n    output: true\n",
    "_data/people.yml": PEOPLE,
    "_c/a.md": "---\ntitle: A\n---\n",
    "_c/b.md": "---\ntitle: B\ndate: 2999-01-01\n---\n",
    "_c/d.md": "---\ntitle: D\ndate: 2024-01-01\n---\n",
    "_c/Grö ße/x & (y), 50%25 #+'!.md": "---\ntitle: E\n---\n",
    "_c/f.md": "---\ntitle: F\npermalink: /Grö ße/x & (y)/50%25/[z]/\n---\n",
    "_c/தமிழ் g.md": "---\ntitle: G\npermalink: /:collection/f ü/:title/:name/\n---\n",
    "_posts/2024-01-02-c.md": "---\ntitle: C\n---\n",
    "_posts/2023-01-02-Größe (a) & b.md": "---\ntitle: C2\ncategories: [A b, É]\n---\n",
    "_posts/2999-01-02-d.md": "---\ntitle: D\n---\n",
}


@pytest.mark.jekyll
def test_templates_give_what_jekyll_gives(tmp_path: Path) -> None:
    bodies = {f"p/{number}.html": one for number, one in enumerate(TEMPLATES)}
    root = write(tmp_path, FILES | {path: f"{FRONT}{body}\n" for path, body in bodies.items()})
    theirs = jekyll.rendered(root, datetime.date.today()).by_path
    ours = {one.path: one.body for one in read_source(root).documents}
    differences = [
        (body, (theirs[path].html or theirs[path].error).strip(), ours[path].strip())
        for path, body in bodies.items()
        if theirs[path].html is None or theirs[path].html.strip() != ours[path].strip()
    ]
    assert differences == []
