"""A repository of the format reference for each seed: the same files for the same seed."""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.isomer.generated import liquid
from tests.isomer.generated.html_bodies import Html
from tests.isomer.generated.markdown_bodies import Markdown
from tests.isomer.generated.writer import Places
from tests.pictures import PDF, SVG, picture

Files = dict[str, str | bytes]

CONFIG = (
    "title: Agency\nurl: https://www.agency.gov.sg\nremote_theme: org/template@next-gen\n"
    "{style}baseurl: ''\nresources_name: {room}\n"
)
DEFAULTS = "defaults:\n  - scope:\n      path: ''\n    values:\n      layout: page\n"
FILES = ("/files/report.pdf", "/files/Annual Report (2020).pdf", "/files/sub/b.pdf")
PICTURES = ("/images/a.png", "/images/b c.png", "/images/d(1).jpg", "/images/sub/logo.svg")
# What a permalink may ask of a page, and of a document of a collection.
OF_PAGES = ("/{}/:basename:output_ext", "/{}/:path/:basename/")
OF_DOCUMENTS = (
    "/:title-{}/",
    "/docs-{}/:name/",
    "/:collection/{}/:path/",
    "/{}/:categories/:title",
)
# Without a date of its own, a document has that of the build.
OF_DATED = ("/:year/{}-:slug:output_ext", "/:year/:month/:i_day/{}-:title/")
OF_COLLECTIONS = ("/t/:name/", "/:collection/:path/", "/tools/:title", "pretty")
COLOURS = ("teal", "red", "blue")


def repository(seed: int) -> Files:
    """Return the files of a seed, by path."""
    return _Repository(random.Random(seed)).files()


class _Repository:
    def __init__(self, source: random.Random) -> None:
        self.random = source
        self.one = source.choice
        self.room = source.choice(("news", "News", "resources", "media"))
        self.number = 0
        self.found: Files = {}
        # Pages that are there in any case, for links.
        self.pages = [
            "/",
            "/about/us/",
            "/about/Our-Work/",
            f"/{self.room}/",
            "/plain",
            "/old.html",
        ]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def files(self) -> Files:
        self._settings()
        self._collections()
        self._pages()
        if self.chance(0.8):
            self._rooms()
        return self.found

    def body(self) -> tuple[str, str]:
        """Return a body and its ``variant``, which need not fit."""
        places = Places(self.pages, FILES, PICTURES)
        if self.chance(0.4):
            return Html(self.random, places).body(), self.one(("tiptap", "tiptap", ""))
        text = Markdown(self.random, places).body()
        if self.chance(0.2):
            text = f"{text}\n{liquid.piece(self.random)}\n"
        return text, self.one(("", "", "markdown", "tiptap"))

    def document(
        self, path: str, permalink: str | None, body: str | None = None, **keys: str
    ) -> None:
        """Add a document: its front matter in any order, its lines ended in any way."""
        self.number += 1
        text, variant = self.body() if body is None else (body, "")
        values: dict[str, str] = {"title": self._title(), **keys}
        if permalink is not None:
            values["permalink"] = permalink
        if variant:
            values["variant"] = variant
        if self.chance(0.3):
            values["description"] = self.one(('""', "Short words", "'It''s: quoted'"))
        self.found[path] = self._written(path, values, text)

    def _title(self) -> str:
        number = self.number
        return self.one(
            (
                f"Page {number}",
                f"Page {number} & more",
                f'"Recall: page {number}"',
                f"Folded page\n  {number}",
                f"'It''s {number}'",
                f"Ours — <br>page {number}",
            )
        )

    def _written(self, path: str, values: Mapping[str, str], text: str) -> str:
        if "permalink" not in values and self.chance(0.1):
            # Without front matter.
            return text
        entries = list(values.items())
        self.random.shuffle(entries)
        front = "".join(f"{key}: {value}\n" for key, value in entries)
        whole = f"---{self.one(('', '', '  '))}\n{front}---\n{text}"
        if self.chance(0.1):
            whole = whole.replace("\n", "\r\n")
        # Lists of templates would lack a document of a collection that is one of the exceptions.
        may_have_mark = not path.startswith("_") and self.chance(0.1)
        return f"\ufeff{whole}" if may_have_mark else whole

    def _settings(self) -> None:
        config = CONFIG.format(room=self.room, style=self._style()) + (
            DEFAULTS if self.chance(0.8) else ""
        )
        if self.chance(0.2):
            config += "future: true\n"
        self.found |= {
            "_config.yml": config,
            "index.md": "---\nlayout: homepage\ntitle: Agency\npermalink: /\nsections: []\n---\n",
            "_data/footer.yml": "show_reach: true\ncontact_us: /contact-us/\n",
            "_data/people.yml": liquid.PEOPLE,
            "_data/navigation.yml": "links:\n- title: About\n  collection: about\n"
            "- title: News\n  resource_room: true\n- title: Plain\n  url: /plain\n",
            "_includes/part.html": liquid.PART,
            "images/sub/logo.svg": SVG,
        }
        for path, colour in zip(PICTURES, COLOURS, strict=False):
            kind = "JPEG" if path.endswith("jpg") else "PNG"
            self.found[path[1:]] = picture(kind, colour)
        for number, path in enumerate(FILES):
            self.found[path[1:]] = PDF + b"%" * number

    def _style(self) -> str:
        """Return how posts and pages without a permalink get their addresses; most say none."""
        styles = (
            "pretty",
            "date",
            "ordinal",
            "weekdate",
            "/:categories/:title/",
            "/:year/:title",
            "/posts/:title:output_ext",
            "/:categories/:year-:month-:day-:slug.html",
        )
        if self.chance(0.7):
            return "permalink: none\n"
        return self.one(("", *(f"permalink: {style}\n" for style in styles)))

    def _collections(self) -> None:
        names = ["1-us.md", "Our work.md"]
        self.document("_about/1-us.md", "/about/us/")
        self.document("_about/Our work.md", "/about/Our-Work/")
        for number in range(self.random.randint(0, 3)):
            group = self.one(("", "Group one/", "Group two/"))
            name = (
                f"{group}{number}-{self.one(('page', 'Long name', 'x.1', 'Größe', 'a,b & c'))}.md"
            )
            keys = {"third_nav_title": group.rstrip("/")} if group else {}
            if self.chance(0.15):
                keys["published"] = self.one(("false", "true", '"false"', "0", "no"))
            if self.chance(0.1):
                keys["slug"] = "own-slug"
            if self.chance(0.15):
                keys["date"] = self.one(("2021-03-04", "2020-06-09 10:00 PM", "2099-01-01"))
            patterns = OF_DATED if "date" in keys else OF_DOCUMENTS
            self.document(f"_about/{name}", self._permalink(*patterns), **keys)
            names.append(name)
        self.random.shuffle(names)
        listed = "".join(f"      - {name}\n" for name in names if self.chance(0.9))
        order = f"    order:\n{listed}" if listed and self.chance(0.8) else ""
        self.found["_about/collection.yml"] = f"collections:\n  about:\n    output: true\n{order}"
        if self.chance(0.3):
            pattern = self.one(("", "", *(f"    permalink: {one}\n" for one in OF_COLLECTIONS)))
            config = f"collections:\n  tools:\n    output: true\n{pattern}"
            self.found["_config.yml"] = f"{self.found['_config.yml']!s}{config}"
            self.document("_tools/One tool.md", self.one((None, "/tools/one/")))
            self.document("_tools/sub/two.md", self.one((None, "/tools/:title/")))
        if self.chance(0.2):
            self.document("_undeclared/gone.md", "/undeclared/")

    def _permalink(self, *patterns: str) -> str | None:
        """Return a permalink of any kind, or of a pattern that the kind of document knows."""
        n = self.number
        if self.chance(0.15):
            return self.one(patterns).format(n)
        return self.one(
            (
                None,
                None,
                *(f"/about/page-{n}/", f"/about/page-{n}/", f"/page-{n}", f"/Upper/Page-{n}/"),
                *(f"/page-{n}.html", f"/With blank {n}/", f"/this & that {n}/", f"/a/b/c-{n}/"),
                *("false", f"no-slash-{n}/", f"/dot.{n}/", f"/x-{n}/index.html"),
                *(f"/file-{n}.htm", "/about/us/"),
                # Of a page Jekyll takes no empty one.
                None if patterns == OF_PAGES else '""',
                f"/%20coded-{n}/",
                f"//double-{n}//x/",
                f'"/q?{n}/"',
                f"/hash#{n}/",
            )
        )

    def _pages(self) -> None:
        self.document("pages/plain.md", "/plain")
        self.document("pages/old.md", "/old.html")
        for number in range(self.random.randint(0, 3)):
            name = f"{number}-{self.one(('page', 'Long name', 'x.1', 'Größe'))}"
            keys = {"published": "false"} if self.chance(0.1) else {}
            extension = self.one(("md", "md", "md", "html", "markdown"))
            body = (
                None
                if extension != "html"
                else Html(self.random, Places(self.pages, FILES, PICTURES)).body()
            )
            self.document(f"pages/{name}.{extension}", self._permalink(*OF_PAGES), body, **keys)
        if self.chance(0.3):
            self.document("stray.md", self.one((None, "/stray/")))
        if self.chance(0.2):
            self.document("misc/extra.md", self.one((None, "/extra/")))
        if self.chance(0.2):
            self.document("_drafts/draft.md", "/draft/")
        if self.chance(0.3):
            contact = (
                "---\nlayout: contact_us\ntitle: Contact us\npermalink: /contact-us/\n"
                "agency_name: Agency\nlocations:\n- title: Office\n  address:\n  - 1 Road\n"
                "contacts:\n- title: Us\n  content:\n  - phone: 6123 4567\n"
                "  - email: us@a.sg\n---\n"
            )
            self.found["pages/contact-us.md"] = contact

    def _rooms(self) -> None:
        room = self.room
        self.found[f"{room}/index.html"] = "---\nlayout: resources\ntitle: Newsroom\n---\n"
        categories = self.random.sample(("updates", "press-releases", room, "In Depth"), 2)
        for category in categories:
            folder = f"{room}/{category}"
            index = f"---\nlayout: resources-alt\ntitle: {category}\n---\n"
            if self.chance(0.8):
                self.found[f"{folder}/index.{self.one(('html', 'html', 'md'))}"] = index
            for number in range(self.random.randint(0, 3)):
                self._post(folder, number)

    def _post(self, folder: str, number: int) -> None:
        day = self.one(("2020-01-02", "2021-5-6", "2022-12-31", "2023-02-10", "2099-01-01"))
        name = self.one(
            ("post-First words", "a (b), c & d", "plain", "file-Doc", "Größe", "UPPER_case", "x.y")
        )
        path = f"{folder}/_posts/{self.one(('', '', '', 'deeper/'))}{day}-{name}-{number}.md"
        n = self.number
        permalink = self.one(
            (
                None,
                None,
                f"/{folder}/post-{n}/",
                f"/{folder}/post-{n}/",
                f"/elsewhere-{n}/",
                f"/:year/:title-{n}/",
                f"/:categories/:title-{n}/",
                f"/:year/:month/:day/:slug-{n}.html",
                f"/:short_year-{n}/:i_day/:title/",
                "https://paper.sg/story?a=b",
                "date",
                "pretty",
            )
        )
        keys = {"layout": self.one(("post", "post", "file", "link"))}
        if self.chance(0.3):
            keys["date"] = self.one(
                ("2021-07-08", "2020-06-9", "2019-01-02 10:00:00 +0800", '"2021-01-01"')
            )
        if self.chance(0.15):
            keys["published"] = self.one(("false", "true"))
        if self.chance(0.1):
            keys["slug"] = "Own Slug"
        if self.chance(0.1):
            keys[self.one(("categories", "category"))] = self.one(
                ("extra", "Two Words", "[one, two]")
            )
        if keys["layout"] == "file":
            keys["file_url"] = self.one(FILES)
        if keys["layout"] == "link":
            keys["external"] = self.one(("https://a.sg/b", "www.b.sg"))
        body = "" if keys["layout"] != "post" and self.chance(0.8) else None
        self.document(path, permalink, body, **keys)
