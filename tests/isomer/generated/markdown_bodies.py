"""Bodies as people write them in Markdown, with HTML in it."""

from __future__ import annotations

from collections.abc import Callable

from tests.isomer.generated.html_bodies import Html
from tests.isomer.generated.writer import DEEPEST, Writer


class Markdown(Writer):
    """Writes Markdown with HTML in it."""

    def body(self) -> str:
        blocks = [self.block(0) for _ in range(self.random.randint(2, 6))]
        text = self.one(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n")).join(blocks)
        ends = {
            "[r]": f'\n\n[r]: {self.one(self.places.pages)} "A title"',
            "[p]": f"\n\n[p]: {self.one(self.places.pictures).replace(' ', '%20')}",
            "[^1]": f"\n\n[^1]: {self.words()}\n",
            "HTML": "\n\n*[HTML]: Language of pages",
        }
        for mark, end in ends.items():
            if mark in text and self.chance(0.8):
                text += end
        return text + self.one(("\n", "", "\n\n"))

    def block(self, depth: int) -> str:
        simple: tuple[Callable[[], str], ...] = (self.paragraph, self.paragraph, self.heading)
        flat = (*simple, self.table, self.code, self.rule, self.figure, self.raw, self.attributed)
        if depth >= DEEPEST:
            return self.one(simple[:2])()
        if self.chance(0.4):
            return self.one((self.list, self.list, self.quote, self.terms))(depth)
        return self.one(flat)() if depth == 0 else self.one((*simple[:2], self.code))()

    def marked(self, words: str) -> str:
        short = self.words(1, 3)
        address = self.address().replace("&amp;", "&")
        return self.one(
            (
                f"**{short}**", f"*{short}*", f"_{short}_", f"***{short}***", f"~~{short}~~",
                f"`{short}`", f"[{short}]({address})", f"[{short}](<{address}>)",
                f'[{short}]({address} "{self.name()}")', f"[**{short}**]({address})",
                f'[{short}]({address}){{:target="_blank"}}', f'"{short}"', f"({short})",
                f"<b>{short}</b>", f"<u>{short}</u>", f"<sup>{self.random.randint(1, 9)}</sup>",
                f'<a href="{address}">{short}</a>', "<https://example.org/auto>",
                "<us@example.org>",
                "https://example.org/bare", r"\*not bold\*", r"\[no link\]", "&lt;sample&gt;",
                "a&nbsp;b", f'<font color="red">{short}</font>',
                f'<span style="color:red">{short}</span>', f"{short}<br>{self.words(1, 2)}",
                f"![{self.name()}]({self.picture()})",
                f"[![{self.name()}]({self.picture()})]({address})", f"{short}<!-- a note -->",
                f'<span style="display:none">{short}</span>',
                f"{short} <span hidden>{short}</span>",
                f"[{short}][r]", f"![{self.name()}][p]", f"{short}[^1]", "HTML", "[](/plain)",
                f"[{short}]({address}){{:.x}} {words}", f"**{short}**{words}", f"{words}_{short}_",
                f"<strong>*{short}*</strong>",
                f"<details><summary>{short}</summary>{words}</details>",
                f'<img src="{self.picture()}" alt="{self.name()}" width="90">', "</br>", "<br />",
                f"[{short}\n{short}]({address})", f"<a href='{address}'>**{short}**</a>", "{:.x}",
                f'<a name="part"></a>{short}', f"`<b>{short}</b>`", f"{short}</b>", "\\", "|",
                f'<a href="{address}"><h3>{short}</h3></a>', "1990. A year", "+ plus", "~80%",
            )
        )  # fmt: skip

    def paragraph(self) -> str:
        lines = [self.line() for _ in range(self.random.randint(1, 3))]
        return self.one(("\n", "\n", "  \n", "\\\n")).join(lines)

    def heading(self) -> str:
        marks = "#" * self.random.randint(1, 6)
        text = self.one((self.words(1, 5), f"**{self.words(1, 3)}**", self.line(2)))
        if self.chance(0.15):
            return f"{text}\n{self.one(('---', '==='))}"
        return f"{marks} {text}{self.one(('', '', ' ##', ' {#part}'))}"

    def rule(self) -> str:
        return self.one(("---", "***", "* * *"))

    def code(self) -> str:
        return self.one((f"```\n{self.words()}\n\n{self.words()}\n```", f"    {self.words()}"))

    def figure(self) -> str:
        return self.one(
            (
                f"![{self.name()}]({self.picture()})",
                f"![]({self.picture()})",
                f'![{self.name()}]({self.picture()}){{:width="50%"}}',
                f"![{self.name()}]({self.picture()})\n{self.words()}",
            )
        )

    def attributed(self) -> str:
        attributes = self.one(("{: .lead}", '{: style="text-align:center"}', "{: #part .x}"))
        start = self.random.randint(2, 20)
        return self.one(
            (
                f"{self.line()}\n{attributes}",
                f"{attributes}\n{self.line()}",
                f'{{:start="{start}"}}\n{start}. {self.line()}\n{start + 1}. {self.line()}',
                f"* {self.words()}\n* {self.words()}\n{attributes}",
            )
        )

    def quote(self, depth: int) -> str:
        return "> " + self.block(depth + 1).replace("\n", "\n> ")

    def terms(self, depth: int) -> str:
        return "\n".join([self.words(1, 3), *(f": {self.line()}" for _ in range(2))])

    def list(self, depth: int) -> str:
        """Return a list: numbered or not, close or loose, with lists and blocks in entries."""
        number = self.one((0, 0, 1, 1, 3))
        gap = self.one(("\n", "\n", "\n\n"))
        entries: list[str] = []
        for place in range(self.random.randint(1, 4)):
            marker = f"{number + place}. " if number else self.one(("* ", "- "))
            if entries and not number:
                marker = entries[0][:2]
            text = self.line(3)
            if depth < DEEPEST and self.chance(0.3):
                text += self.one(("\n", "\n\n")) + self.list(depth + 1)
            elif depth < DEEPEST and self.chance(0.15):
                text += "\n\n" + self.block(depth + 1)
            entries.append(marker + text.replace("\n", "\n" + " " * len(marker)))
        return gap.join(entries)

    def table(self) -> str:
        width = self.random.randint(1, 4)
        rows = [
            [self.one((self.line(2), self.words(), "")) for _ in range(width)]
            for _ in range(self.random.randint(2, 4))
        ]
        lines = ["| " + " | ".join(cell.replace("|", "") for cell in row) + " |" for row in rows]
        if self.chance(0.85):
            rules = [self.one(("---", ":--", "--:", ":-:")) for _ in range(width)]
            lines.insert(1, "|" + "|".join(rules) + "|")
        return "\n".join(lines)

    def raw(self) -> str:
        """Return a block of HTML, whose inside is not Markdown."""
        html = Html(self.random, self.places)
        inner = html.block(1)
        return self.one(
            (
                inner,
                f"<div>\n{inner}\n</div>",
                f'<div markdown="1">\n\n{self.paragraph()}\n\n{self.list(2)}\n\n</div>',
                f"<div>\n\n{self.paragraph()}\n\n</div>",
                html.accordion(1),
                html.hidden(1),
                f"<!-- {self.words()} -->",
                f"<center>{self.words()}</center>",
                f"<div>\n{self.paragraph()}\n{self.list(2)}\n</div>",
                f"<details><summary>{self.words()}</summary>\n\n{self.paragraph()}\n\n</details>",
                f'<div class="row" markdown="1">\n{self.heading()}\n\n{self.table()}\n</div>',
                f"<p>{self.line()}</p>",
                f"<section>{self.line()}",
                f"{self.paragraph()}\n{inner}\n{self.paragraph()}",
                f"<ul>\n  <li>{self.line()}</li>\n\n  <li>{self.line()}</li>\n</ul>",
                f"<font>{self.paragraph()}\n\n{self.paragraph()}</font>",
                f"<table><tr><td>\n\n{self.paragraph()}\n\n</td></tr></table>",
                f"<b><h4>{self.words()}</h4>{self.words()}</b>",
                f"<style>.x {{color: red}}</style>\n{self.paragraph()}",
                f'<input type="checkbox" id="t" class="toggle">'
                f'<label for="t">{self.words()}</label>'
                f"<div>{inner}</div>",
            )
        )
