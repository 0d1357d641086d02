"""What pages ask of the old site's template language."""

from __future__ import annotations

import random

PIECES = (
    "{{ site.title }}",
    "{{ page.title }}",
    "![A mark]({{ site.baseurl }}/images/a.png)",
    '[A report]({{ "/files/report.pdf" | relative_url }})',
    '<a href="{{ "/files/report.pdf" | absolute_url }}">The same</a>',
    "{% for one in site.data.people %}\n* {{ one.name }}, {{ one.role | upcase }}\n{% endfor %}",
    "{% for person in site.data.people limit:1 %}{{ forloop.index }} {{ person.name }}{% endfor %}",
    "{% assign n = site.data.people | size %}{% if n > 1 %}Many: {{ n }}{% else %}Few{% endif %}",
    "{% unless page.nothing %}Unless {{ page.nothing | default: 'nothing' }}{% endunless %}",
    "{% comment %}Nobody sees this{% endcomment %}Seen",
    "{% raw %}{{ literal }}{% endraw %}",
    "{{ 'a,b,c' | split: ',' | reverse | join: ' ' }}",
    "{% assign sorted = site.data.people | sort: 'name' %}{{ sorted | map: 'name' | join: '; ' }}",
    "{% case site.title %}{% when 'Agency' %}The agency{% else %}Another{% endcase %}",
    "{% capture c %}captured **words**{% endcapture %}{{ c }} {{ c | strip_html | size }}",
    "{% for post in site.posts %}\n- [{{ post.title }}]({{ post.url }})\n{% endfor %}",
    "{% include part.html name='Given' %}",
    '<a href="{{ page.url }}">This page</a>',
    "{{ '2020-05-06' | date: '%d %B %Y' }}",
    "{% for p in site.categories.updates %}{{ p.title | strip_html | escape }} {% endfor %}",
    "{{ site.about | size }}",
    "{% for one in site.about %}[{{ one.title | strip_html }}]({{ one.url }}) {% endfor %}",
    "{% for one in site.posts limit: 2 %}{{ one.date | date: '%-d %b %Y' }} {% endfor %}",
    "{% assign who = site.data.people | where: 'role', 'chair' %}{{ who[0].name }}",
    "{% for one in site.data.people reversed %}{% if forloop.last %}and {% endif %}{{ one.name }}"
    "{% unless forloop.last %}, {% endunless %}{% endfor %}",
    "{{ page.title | strip_html | truncatewords: 2 }} {{ page.description }}",
    "{% for one in (1..3) %}{% if one == 2 %}{% continue %}{% endif %}{{ one }}{% endfor %}",
    "{{ site.categories | size }} {{ site.title | upcase }}",
    "{% assign parts = page.url | split: '/' %}{{ parts | size }} {{ parts[1] }}",
    "{% for one in site.data.people %}{% cycle 'odd', 'even' %} {{ one.name | slugify }} "
    "{% endfor %}",
    "<table>{% tablerow one in site.data.people cols:2 %}{{ one.name }}{% endtablerow %}</table>",
    "{{ site.data.people | jsonify | size }} {{ 'a b' | url_encode }} {{ '<sample>' | escape }}",
    "{% increment n %} {% increment n %} {% decrement n %}",
    "{{ site.data.people[1].name | prepend: 'Mx ' | replace: 'Adam', 'Eve' }}",
    "{% if site.data.nothing %}Some"
    "{% elsif site.data.people contains 'x' %}X{% else %}None{% endif %}",
    "{{ page.collection }} {{ page.path }} {{ page.name }}",
    "{{ 'a' | markdownify }} {{ '**b** -- c' | markdownify }}",
    "{{ 7 | divided_by: 2 }} {{ 7.0 | divided_by: 2 }}",
    "{{ 3.14159 | round: 2 }} {{ '5' | plus: 1 }}",
    "{%- if true -%} trimmed {%- endif -%} text",
    "{{ page.url }}",
    "{% for one in site.posts %}{{ one.url }} {% endfor %}",
    "{% for one in site.about %}{{ one.url }} {{ one.path }} {% endfor %}",
    "{% assign found = site.data.people | where_exp: 'one', 'one.role == \"chair\"' %}"
    "{{ found | map: 'name' | join: ', ' | truncate: 6 }}",
    "{% assign groups = site.data.people | group_by: 'role' %}"
    "{% for one in groups %}{{ one.name }} {{ one.size }} {% endfor %}",
    "{% assign x = 3 | plus: 4 | times: 2 %}{{ x }} {{ 'words' | append: ' more' | capitalize }}",
)
PEOPLE = "- name: Zoe Tan\n  role: chair\n- name: Adam Lim\n  role: member\n"
PART = "<b>Included {{ include.name }}</b>"


def piece(source: random.Random) -> str:
    """Return one thing that a page asks."""
    return source.choice(PIECES)
