"""Strategies for repositories that nobody wrote: any mix of what the format knows."""

from __future__ import annotations

from hypothesis import strategies as st

Files = dict[str, str | bytes]

CONFIG = "title: Agency\nurl: https://www.agency.gov.sg\nresources_name: news\n"
HOME = "---\nlayout: homepage\ntitle: Agency\npermalink: /\n---\n"
SENTENCES = st.sampled_from(
    [
        "Plain words stand here.",
        "A **bold** word and an *italic* one.",
        "See [the first](/about/page-0/) and [elsewhere](https://example.org/a).",
        "Write to [us](mailto:us@example.org).",
        "Café, naïve, 研究 and தமிழ்.",
        "A gone [link](/gone/) and a [file](/files/a.pdf).",
    ]
)
PIECES = st.one_of(
    SENTENCES,
    st.sampled_from(["## A heading", "### A smaller heading", "---"]),
    st.lists(SENTENCES, min_size=1, max_size=3).map(lambda s: "\n".join(f"* {one}" for one in s)),
    st.lists(SENTENCES, min_size=1, max_size=3).map(
        lambda s: "\n".join(f"{number}. {one}" for number, one in enumerate(s, 3))
    ),
    st.just("| Name | Day |\n|---|---|\n| Anna | Monday |\n| Ben | Friday |"),
    st.just("> Somebody said so."),
    st.just("![A mark](/images/mark.svg)"),
    st.just("<details><summary>Question</summary><p>Answer.</p></details>"),
    st.just('<marquee class="x">Markup nobody foresaw</marquee>'),
)
# Words come first: by a tag at the beginning, the tests take a body for HTML.
BODIES = st.lists(PIECES, max_size=5).map(lambda parts: "\n\n".join(["Words.", *parts]))
TITLES = st.text("abc äé中 &'\"", min_size=1, max_size=20).map(lambda t: f"T{t.strip()}")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def _document(title: str, body: str, **keys: str) -> str:
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    lines = [f'title: "{quoted}"', *(f"{name}: {value}" for name, value in keys.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


@st.composite
def repositories(draw: st.DrawFn) -> Files:
    """Draw the files of a repository: pages, a collection with groups, a room with posts."""
    files: Files = {
        "_config.yml": CONFIG,
        "index.md": HOME,
        "images/mark.svg": SVG,
        "files/a.pdf": b"%PDF-1.4 nothing",
    }
    names = []
    for number in range(draw(st.integers(1, 4))):
        keys = {"permalink": f"/about/page-{number}/"}
        group = draw(st.sampled_from(["", "Group one", "Group two"]))
        if group:
            keys["third_nav_title"] = group
        if draw(st.integers(0, 7)) == 0:
            keys["published"] = "false"
        if draw(st.integers(0, 7)) == 0:
            # Two documents claim one address.
            keys["permalink"] = "/about/page-0/"
        names.append(f"{number}-page.md")
        files[f"_about/{names[-1]}"] = _document(draw(TITLES), draw(BODIES), **keys)
    order = "".join(f"      - {name}\n" for name in names)
    files["_about/collection.yml"] = (
        f"collections:\n  about:\n    output: true\n    order:\n{order}"
    )
    for number in range(draw(st.integers(0, 2))):
        path = draw(st.sampled_from([f"/single-{number}/", f"/Odd Place/{number}.html"]))
        files[f"pages/single-{number}.md"] = _document(draw(TITLES), draw(BODIES), permalink=path)
    if draw(st.booleans()):
        files["news/index.html"] = _document("News", "", layout="resources")
        files["news/updates/index.html"] = _document("Updates", "", layout="resources-alt")
        for number in range(draw(st.integers(0, 3))):
            day = draw(st.sampled_from(["2020-01-02", "2021-05-06", "2099-01-01"]))
            name = f"news/updates/_posts/{day}-post-{number}.md"
            files[name] = _document(draw(TITLES), draw(BODIES), layout="post", date=day)
    if draw(st.booleans()):
        files["_redirects"] = "/old /about/page-0/ 301\n/away https://example.org/ 302\n"
    if draw(st.booleans()):
        files["_data/navigation.yml"] = "links:\n- title: About\n  collection: about\n"
    return files
