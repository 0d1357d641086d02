"""Small repositories that hold what no real site beside the checkout shows (reference, 9.1)."""

from __future__ import annotations

from tests.isomer.unseen.survival import Files
from tests.pictures import PDF, SVG, picture

HOME = "---\nlayout: homepage\ntitle: Agency\npermalink: /\nsections: []\n---\n"
CONFIG = (
    "title: Agency\nurl: https://www.agency.gov.sg\nremote_theme: org/template@next-gen\n"
    "permalink: none\nresources_name: news\n"
)
FOOTER = "show_reach: true\ncontact_us: /contact-us/\n"


def page(title: str, permalink: str = "", body: str = "Body text.", **keys: str) -> str:
    lines = [f"title: {title}"]
    if permalink:
        lines.append(f"permalink: {permalink}")
    lines += [f"{key}: {value}" for key, value in keys.items()]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


def collection(name: str, *order: str) -> str:
    listed = "".join(f"\n      - {entry}" for entry in order)
    listed = f"\n    order:{listed}" if order else ""
    return f"collections:\n  {name}:\n    output: true{listed}\n"


def base(**more: str | bytes) -> Files:
    return {"_config.yml": CONFIG, "index.md": HOME, "_data/footer.yml": FOOTER, **more}


HERO = """---
layout: homepage
title: Agency
description: >-
  First paragraph

  second paragraph
image: /images/logo.svg
permalink: /
notification: We <b>moved</b> to <a href="/about/us/">another house</a>
sections:
  - hero:
      variant: {variant}
      size: sm
      alignment: right
      backgroundColor: gray
      background: /images/wide (1).png
      title: Hero<br>title
      subtitle: Hero <i>subtitle</i>
      button: Press
      url: /about/us
      dropdown:
        title: I want to
        options:
          - {{title: Option one, url: /about/us/}}
          - {{title: Option two, url: "https://other.gov.sg"}}
          - {{title: "", url: ""}}
      key_highlights:
        - {{title: Highlight, description: Words, url: /about/us/}}
        - {{title: "", description: "", url: ""}}
  - listing:
      title: Our partners
      entries:
        - {{url: "https://partner.sg", image: /images/logo.svg}}
  - secondary_cta:
      title: Call us
  - announcements:
      title: Announced
      announcement_items:
        - title: First item
          date: 04 September 2022
          announcement: Announcement text
          link_text: Read on
          link_url: /about/us/
  - infobar:
      title: Band
    infopic:
      title: Forgotten dash
      description: Picture words
---
"""


def odd_features(variant: str = "side") -> Files:
    """What section 9 of the format reference lists."""
    navigation = (
        "logo: /images/logo.svg\nlinks:\n- title: About\n  collection: about\n"
        "- title: Ghost\n  collection: ghost\n- title: News\n  resource_room: true\n"
        "- title: Sub\n  url: /about/us/\n  sublinks:\n  - title: Inner\n    url: /about/us\n"
        "  - title: Outer\n    url: https://other.gov.sg\n    external: true\n"
    )
    footer = (
        "copyright_agency: Ministry of Examples\nnavlinks:\n- title: Only here\n  url: /about/us/\n"
        "links:\n- title: One\n  url: https://one.sg\nsocial_media:\n  tiktok: https://tiktok.com/@a\n"
    )
    accordion = (
        '<div data-type="detailGroup" class="isomer-accordion-group isomer-accordion'
        ' isomer-accordion-gray"><details class="isomer-details"><summary>Gray <b>question</b>'
        '&nbsp;</summary><div data-type="detailsContent" class="isomer-details-content">'
        "<p>Gray answer</p><table><tbody><tr><td>cell</td></tr></tbody></table></div>"
        "</details></div>"
    )
    formsg = (
        '<div class="formsg-wrapper"><div style="padding:1em">If the form is not loaded, open'
        ' <a href="https://form.gov.sg/5f">this link</a>.</div><iframe id="iframe"'
        ' src="https://form.gov.sg/5f" style="width:100%;height:500px"></iframe>'
        "<div>Powered by forms</div></div>"
    )
    instagram = (
        '<div class="instagram-wrapper"><blockquote class="instagram-media" data-instgrm-permalink='
        '"https://www.instagram.com/p/abc/"><a href="https://www.instagram.com/p/abc/">A photo'
        '</a></blockquote><script async src="//www.instagram.com/embed.js"></script></div>'
    )
    return {
        "_config.yml": CONFIG,
        "index.md": HERO.format(variant=variant),
        "_redirects": "/old-place /about/us/ 301\n/away https://other.gov.sg 302\n# note\nbad\n",
        "_data/navigation.yml": navigation,
        "_data/footer.yml": footer,
        "images/logo.svg": SVG,
        "images/wide (1).png": picture(size=(400, 100)),
        "_about/collection.yml": collection("about"),
        "_about/1-us.md": b"\xef\xbb\xbf" + page("Us", "/about/us/", accordion).encode(),
        "_about/2-a.md": page("A", "/about/a/", formsg, third_nav_title="Group"),
        "_about/3-b.md": page("B", "/about/b/", instagram, third_nav_title="Other"),
        "_about/4-c.md": page(
            "C", "/about/c/", "Text[^1]\n\n[^1]: A note.", third_nav_title="Group"
        ),
        "pages/twice.md": "---\ntitle: First\ntitle: Second\npermalink: /twice/\n---\nBody\n",
        "pages/damaged.md": page(
            "Board\u00e2\u20ac\u2122s work", "/damaged/", "It\u00e2\u20ac\u2122s so."
        ),
        "pages/lone.md": "---\r\ntitle: Lines\rpermalink: /lone/\r\n---\r\nOne\r\ntwo",
        "news/index.html": page("Newsroom", "", "", layout="resources"),
        "news/_posts/2022-01-02-straight.md": page("Straight in the room"),
    }


def first_generation() -> Files:
    """A site of the older theme (reference, 3.3, 4.1, 5.1)."""
    return {
        "_config.yml": "title: Old\nremote_theme: org/template\npermalink: none\n"
        "resources_name: insights\nfuture: true\n"
        "collections:\n  network:\n    output: true\n  empty:\n    output: true\n",
        "index.md": "---\ntitle: Old agency\npermalink: /\n---\nOffice closed *today*\n",
        "_data/homepage.yml": "agency-logo: /images/a.png\nhero-title: Big title\n"
        "hero-subtitle: Small title\nhero-banner: /images/banner .png\n"
        "button:\n- text: Go\n  url: /network/XNode\n"
        "key-highlights:\n- title: KH\n  description: D\n  url: /network/XNode\n"
        "info-sections:\n- section-title: Info\n  section-description: Long words\n"
        "  section-more-button: More\n  section-more-button-url: /network/XNode\n",
        "_data/navigation.yml": "- title: Network\n  url: /network/XNode\n  sub-links:\n"
        "  - title: Node\n    url: /network/XNode\n  - title: Away\n    url: https://away.sg\n"
        "- title: Insights\n  url: /insights/\n",
        "_data/footer.yml": "- title: Contact\n  url: /contact-us/\n",
        "_data/contact-us.yaml": "agency-name: Old\n",
        "images/banner .png": picture(),
        "images/desktop[5779].png": picture(colour="red"),
        "images/Screen Shot 2020-01-09 at 2.13.46 PM.png": picture(colour="blue"),
        "images/a.png": picture(colour="green"),
        "files/report (final) v1.2.PDF": PDF,
        "_network/1-node.md": page(
            "Node",
            "/network/XNode",
            "<font color='#a9a9a9'><b>Owner:</b></font> somebody\n\n<center>middle</center>\n\n"
            "<b><h4>Block in inline</h4>after</b>\n\n<!--\n## Hidden section\n-->\n\n## Seen\n\n"
            '<input type="checkbox" id="t1" class="toggle"><label for="t1" class="lbl-toggle">'
            "Question one</label><div class='answer'>Answer one</div>\n\n"
            "![shot](/images/Screen Shot 2020-01-09 at 2.13.46 PM.png)\n"
            '<img src= "/images/desktop[5779].png">\n\n<p align="justify">Justified</p>',
            layout="leftnav-page-content",
            second_nav_title="Nodes",
            collection_name="network",
        ),
        "_network/2-hdb.md": page(
            "Housing & Board", "/network/Housing & Development Board", layout="simple-page"
        ),
        "_network/3-pad.md": page("Pad", "/network/padang&co", second_nav_title="Nodes"),
        "_network/ignore.md": "no front matter",
        "insights/index.html": page("Insights", "", "", layout="resources"),
        "insights/latest-news/index.html": page("Latest news", "", "", layout="resources-alt"),
        "insights/latest-news/_posts/2020-06-9-water.md": page(
            "Ours — <br>A <b>Water</b> Source", "/insights/latest-news/water", date="2020-06-9"
        ),
        "insights/latest-news/_posts/2020-07-01-away.md": page(
            "Elsewhere", "https://paper.sg/a?b=c#d", "", layout="post"
        ),
        "insights/latest-news/_posts/2050-01-01-future.md": page(
            "From tomorrow", "/insights/latest-news/tomorrow/"
        ),
        "insights/latest-news/_posts/2020-05-10It-changed.md": "---\ntitle: A: b: c\n---\nText\n",
        "google123.html": "google-site-verification: google123.html",
        "practice.md": page("Practice", "/practice/"),
    }


def big_room() -> Files:
    """A resource room with everything that posts were made of (reference, 1.4)."""
    files = base()
    files["_config.yml"] = CONFIG.replace("news", "News")
    files["_data/navigation.yml"] = "links:\n- title: Media\n  resource_room: true\n"
    files["News/index.html"] = page("Media", "", "", layout="resources")
    files["News/empty/index.html"] = page("Empty", "", "", layout="resources-alt")
    files["News/News/_posts/2021-01-01-same-name.md"] = page("Same name as room")
    files["News/news/_posts/2021-01-01-other-case.md"] = page("Other case")
    files["News/in-the-news/_posts/2021-01-01-post-No permalink (a, b).md"] = page("Not linked")
    posts = "News/in-the-news/_posts/"
    crlf = page("Release", "/News/release/", "Line one\n\n* item one\n* item two").replace(
        "\n", "\r\n"
    )
    files[f"{posts}2021-07-12-release.md"] = crlf
    files[f"{posts}2021-07-12-web.md"] = page(
        "Web page", "", "", layout="post", file_url="https://paper.sg/story"
    ).rstrip("\n")
    files[f"{posts}2021-07-13-file-doc.md"] = page(
        "Document", "", "", layout="file", file_url="/files/doc a---b.pdf"
    )
    files[f"{posts}2021-07-13-link-host.md"] = page(
        "No scheme",
        "",
        "",
        layout="link",
        external="www.sfa.gov.sg/x",
        file_url="/files/doc a---b.pdf",
    )
    files[f"{posts}2021-07-14-link-both.md"] = page(
        "Both", "", "", layout="link", external="https://a.sg", file_url="/files/none.pdf"
    )
    files[f"{posts}2021-07-14-nothing.md"] = page("Nothing at all", "", "", image="")
    files[f"{posts}2021-07-15-outside.md"] = page("Outside", "/elsewhere/outside/")
    files[f"{posts}2021-07-16-long.md"] = page("Word " * 42, f"/News/{'long-' * 38}x/")
    files[f"{posts}2021-07-17-twin.md"] = page("Twin")
    files["News/blog/_posts/2021-07-17-twin.md"] = page("Twin")
    files[f"{posts}2021-07-18-null.md"] = page("Null", "", "Words.", image="", date="2021-07-18")
    files["2023-02-10-stray.md"] = page("Stray", "", "", layout="post", file_url="https://s.sg")
    files["News/in-the-news/_posts/ignore.md"] = "x"
    files["files/doc a---b.pdf"] = PDF
    return files


def _folding_bodies() -> tuple[str, str, str]:
    """Return what unfolds on a click, as three hands write it."""
    tabs = "".join(
        f'<div class="tab"><input id="q-{n}" type="checkbox"><label class="tab-label" for="q-{n}">'
        f'Tab {n}</label><div class="tab-content">Content {n}</div></div>'
        for n in range(3)
    )
    accordions = "".join(
        f'<div class="isomer-accordion"><details class="isomer-details"><summary>Number {n}'
        f"</summary><div><p>Part {n}</p><h3></h3><ul><li><p>point</p></li></ul></div></details>"
        "</div>"
        for n in range(19)
    )
    jekyllcodex = (
        '<ul class="jekyllcodex_accordion"><li><input id="a1" type="checkbox"><label for="a1">Ask'
        "</label><div><p>Told</p></div></li></ul>"
    )
    return tabs, accordions, jekyllcodex


def bodies() -> Files:
    """Bodies of several hands: code samples, cards, films, accordions (reference, 6.3)."""
    tabs, accordions, jekyllcodex = _folding_bodies()
    cards = (
        '<div class="isomer-card-grid"><a rel="noopener" href="/b/one/" class="isomer-card">'
        '<div class="isomer-card-image"><div class="isomer-image-wrapper"><img src="/images/p.png">'
        '</div></div><div class="isomer-card-body"><div class="isomer-card-title">Card title</div>'
        '<div class="isomer-card-description">Card words</div><div class="isomer-card-link">Go'
        '</div></div></a><div class="isomer-card"><div class="isomer-card-body"><div class='
        '"isomer-card-title">Second</div></div></div></div>'
    )
    film = (
        '<video width="320" controls><source src="https://github.com/a/b.mp4" type="video/mp4">'
        "Your browser shows no films</video>"
        '<div class="bp-youtube"><iframe src="https://www.youtube.com/embed/x?si=y"></iframe></div>'
    )
    table = (
        "<table><tbody><tr><th rowspan='1' colspan='1'><p>Head</p></th><th><p>Two</p></th></tr>"
        "<tr><td colspan='2'><p>wide</p><ul><li>in a cell</li></ul></td></tr>"
        "<tr><td><img src='/images/p.png'></td><td>r<sup>2</sup></td></tr></tbody></table>"
    )
    zero_width = "<p>to\u200bken \u200bserver\u200b</p><p>soft\u00adhyphen</p>"
    code = (
        "## Samples\n\nWrite `<br>` or:\n\n"
        '```html\n<div class="row">\n  <b>code</b>\n</div>\n```\n\n'
        "    <p>indented sample</p>\n\n"
        "| Left | Right |\n|:-----|------:|\n| `a` | b \\| c | over |\n"
        "| one |\n\n1. first\n   - nested `x`\n   - more\n2. second\n\n"
        "&lt;escaped&gt; tags and a&nbsp;blank\n\n"
        "<style>.tg {color: red}</style>\n\n> quoted **bold**\n> - list\n\n*[ABC]: letters\n"
    )
    links = (
        "<p>A <a rel=noopener target=_blank>link without address</a>, <a href=''>an empty one</a>,"
        " <a href='mailto: a@b.sg'>mail</a>, <a name='here'></a><a href='#here'>jump</a>, "
        "<a href='/b/one'>page</a> <a href='https://www.agency.gov.sg/b/one/'>own</a> "
        "<a href='/covid'>application</a> <a href='/files/x (1)%20y.pdf'>file</a></p>"
    )
    files = base()
    files["_b/collection.yml"] = collection("b", "one.md", "missing.md", "sub/.keep")
    names = {
        "one": tabs, "two": accordions, "three": jekyllcodex, "four": cards, "five": film,
        "six": table, "seven": zero_width, "eight": code, "nine": links,
        "ten": "Intro line\n* one\n* two\n  * deeper\n\n{:start=\"7\"}\n7. seven\n8. eight\n",
        "eleven": "<h1>Title</h1>\n</div>\n<p>text</br>more\n<ol start=4><li>x</ol>",
        "twelve": f"{tabs}\n\n## Mixed\n\n{jekyllcodex}\n\n* a\n* b\n\n{table}\n",
    }  # fmt: skip
    for name, body in names.items():
        files[f"_b/{name}.md"] = page(name.title(), f"/b/{name}/", body)
    files["images/p.png"] = picture()
    files["files/x (1) y.pdf"] = PDF
    return files


def odd_places() -> Files:
    """Documents that claim places of others, and places that nobody described (1.2 and 1.3)."""
    files = base()
    files["_data/navigation.yml"] = "links:\n- title: Shelf\n  collection: shelf\n"
    files["_shelf/collection.yml"] = collection("shelf", "gone.md", "z.md", "Sub/.keep", "Sub/b.md")
    files["_shelf/index.md"] = page("Shelf itself", "/shelf/")
    files["_shelf/a.md"] = page("Not in the order", "/shelf/a/")
    files["_shelf/z.md"] = page("Z", "/shelf/z/")
    files["_shelf/Sub/.keep"] = ""
    files["_shelf/Sub/index.md"] = page("Sub itself", "/shelf/sub/", third_nav_title="Sub")
    files["_shelf/Sub/b.md"] = page("B", "", third_nav_title="Sub")
    files["_unlisted/collection.yml"] = collection("unlisted")
    files["_unlisted/u.md"] = page("U", "/u/")
    files["_admin/collection.yml"] = collection("admin")
    files["_admin/a.md"] = page("Reserved", "/admin/a/")
    files["_admin/b.md"] = page("Reserved too")
    files["_hollow/collection.yml"] = "collections:\n  hollow:\n    output: true\n    order: []\n"
    files["_undeclared/x.md"] = page("X", "/undeclared/x/")
    files["pages/home-again.md"] = HOME.replace("permalink: /", "permalink: /again/")
    files["pages/root.md"] = page("Claims the root", "/")
    files["pages/post-clash.md"] = page("Page of the clash", "/news/a/clash/")
    files["pages/room-clash.md"] = page("Where the room is", "/news/")
    files["pages/media-clash.md"] = page("Where a file is", "/files/a.pdf")
    files["pages/section-clash.md"] = page("Where the section is", "/unlisted/")
    files["pages/hidden.md"] = page("Hidden", "/hidden/", published="false")
    files["pages/none.md"] = page("No permalink")
    files["pages/Search.md"] = page("Own search", "/search/")
    files["pages/case.md"] = page("Case", "/Case/Page")
    files["pages/case2.md"] = page("Case", "/case/page/")
    files["news/index.html"] = page("News", "", "", layout="resources")
    files["news/a/index.html"] = page("A", "", "", layout="resources-alt")
    files["news/a/_posts/2021-01-01-clash.md"] = page("Post of the clash", "/news/a/clash/")
    files["news/a/_posts/2055-01-01-later.md"] = page("Later", "/news/a/later/")
    files["empty-room/index.html"] = page("Empty room", "", "", layout="resources")
    files["files/a.pdf"] = PDF
    files["images/x.png"] = picture()
    return files


def bare() -> Files:
    """No home page, no settings, no data."""
    return {"pages/only.md": page("Only", "/only/"), "_a/x.md": page("X", "/a/x/")}
