"""Bodies in HTML, as the rich editor and as hands wrote them."""

from __future__ import annotations

from collections.abc import Callable

from tests.isomer.generated.writer import DEEPEST, Writer


class Html(Writer):
    """Writes HTML, as the rich editor and as hands wrote it."""

    def body(self) -> str:
        blocks = [self.block(0) for _ in range(self.random.randint(2, 7))]
        return self.one(("\n", "", "\n\n")).join(blocks) + self.one(("\n", "<p></p>", ""))

    def block(self, depth: int) -> str:
        flat: tuple[Callable[[int], str], ...] = (self.paragraph, self.paragraph, self.heading)
        if depth >= DEEPEST:
            return self.paragraph(depth)
        deep = (
            self.odd,
            self.list,
            self.list,
            self.table,
            self.figure,
            self.accordion,
            self.film,
            self.quote,
            self.hidden,
            self.box,
            self.cards,
        )
        return self.one((*flat, *deep))(depth + 1)

    def marked(self, words: str) -> str:
        short = self.words(1, 3)
        link = f'<a href="{self.address()}" rel="noopener" target="_blank">'
        return self.one(
            (
                f"<strong>{short}</strong>",
                f"<em>{short}</em>",
                f"<u>{short}</u>",
                f"<s>{short}</s>",
                f"x<sup>{self.random.randint(1, 9)}</sup>",
                f"<mark>{short}</mark>",
                f"{link}{short}</a>",
                f"{link}<u>{short}</u></a>",
                f"<b>{link}{short}</a></b>",
                f"<a>{short}</a>",
                f'<a href="">{short}</a>',
                f"{short}<br>{short}",
                "a&nbsp;b",
                f"<span style='font-size:12px'>{short}</span>",
                "**no bold**",
                "&lt;sample&gt;",
                f'{link}<img src="{self.picture()}" alt="{self.name()}"></a>',
                f'<img src="{self.picture()}" alt="{self.name()}">',
                f"<code>{short}</code>",
                f'<span style="visibility: hidden">{short}</span>',
                f"<font>{short}</font>",
                f"<strong>{short}</strong>{short}",
                f"<sub>{short}</sub>",
                f"{short}&nbsp;",
                f'<a href="{self.address()}"><h4>{short}</h4></a>',
                f"<small>{short}</small>",
                f'{link}<img src="{self.picture()}" alt="">{short}</a>',
                f"<ins>{short}</ins>",
                f"<img src='/images/gone.png' alt='{self.name()}'>",
                f"<i>{short}</i>",
                "<br>",
                f'<img src="/images/B%20C.PNG" alt="{self.name()}">',
                f"<q>{short}</q>",
                "{{ x }}",
                f"<a name='part'></a>{short}",
                f"<button>{short}</button>",
                "<wbr>",
                "<o:p></o:p>",
                f'<a class="bp-button is-secondary" href="{self.address()}">{short}</a>',
            )
        )

    def paragraph(self, depth: int) -> str:
        line = self.line()
        return self.one(
            (
                f"<p>{line}</p>",
                f"<p>{line}</p>",
                f'<p align="justify">{line}</p>',
                "<p></p>",
                f"<p>{line}<br><br>{self.words()}</p>",
                f"<p>{line}\n{self.words()}</p>",
            )
        )

    def heading(self, depth: int) -> str:
        level = self.random.randint(1, 6)
        text = self.one((self.words(1, 4), f"<strong>{self.words(1, 4)}</strong>", self.line(2)))
        return f"<h{level}>{text}</h{level}>"

    def list(self, depth: int) -> str:
        tag, attributes = self.one(
            (("ul", ""), ("ol", ""), ("ol", ' start="4"'), ("ul", " class=tight"))
        )
        entries = []
        for _ in range(self.random.randint(1, 4)):
            text = self.one((f"<p>{self.line(2)}</p>", self.line(2)))
            if depth < DEEPEST and self.chance(0.35):
                text += self.one((self.list, self.block))(depth + 1)
            kind = self.one(("", "", "", "", "", ' value="9"', ' style="list-style-type:none"'))
            entries.append(f"<li{kind}>{text}</li>")
        return f"<{tag}{attributes}>{''.join(entries)}</{tag}>"

    def table(self, depth: int) -> str:
        """Return a table with merged cells, headings at the top or beside, lists in cells."""
        width, open_cells = self.random.randint(1, 4), [0] * 4
        heading = self.chance(0.6)
        rows = []
        for place in range(self.random.randint(1, 4)):
            cells, column = [], 0
            while column < width:
                if open_cells[column]:
                    open_cells[column] -= 1
                    column += 1
                    continue
                free = next((n for n in range(column, width) if open_cells[n]), width) - column
                across = self.random.randint(1, free) if self.chance(0.2) else 1
                down = 2 if self.chance(0.15) else 1
                open_cells[column : column + across] = [down - 1] * across
                tag = "th" if heading and place == 0 else "td"
                inside = self.one((self.line(2), f"<p>{self.line(2)}</p>", self.words(), ""))
                if self.chance(0.1) and depth < DEEPEST:
                    inside += self.one((self.list, self.figure, self.film))(DEEPEST)
                spans = f' rowspan="{down}" colspan="{across}"'
                cells.append(f"<{tag}{spans}>{inside}</{tag}>")
                column += across
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f'<table style="minWidth: 50px"><tbody>{"".join(rows)}</tbody></table>'

    def figure(self, depth: int) -> str:
        image = (
            f'<img style="width: 50%" alt="{self.one(("", self.name()))}" src="{self.picture()}">'
        )
        return self.one(
            (
                f'<div class="isomer-image-wrapper">{image}</div>',
                image,
                f'<a class="isomer-image-wrapper" href="{self.address()}">{image}</a>',
                f"<figure>{image}<figcaption>{self.words()}</figcaption></figure>",
            )
        )

    def accordion(self, depth: int) -> str:
        inner = self.block(depth + 1) + self.block(depth + 1)
        title = self.one((self.words(), f"<strong>{self.words()}</strong>"))
        number = self.random.randint(1, 99)
        return self.one(
            (
                f'<div data-type="detailGroup" class="isomer-accordion-group isomer-accordion">'
                f'<details class="isomer-details"><summary>{title}</summary><div data-type='
                f'"detailsContent" class="isomer-details-content">{inner}</div></details></div>',
                f"<details><summary>{title}</summary>{inner}</details>",
                f'<ul class="jekyllcodex_accordion"><li><input id="a{number}" type="checkbox">'
                f'<label for="a{number}">{title}</label><div>{inner}</div></li></ul>',
            )
        )

    def film(self, depth: int) -> str:
        frame = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
        return self.one(
            (f'<div class="bp-youtube">{frame}</div>', f'<div class="iframe-wrapper">{frame}</div>')
        )

    def quote(self, depth: int) -> str:
        return f"<blockquote>{self.paragraph(depth)}</blockquote>"

    def odd(self, depth: int) -> str:
        """Return what few people write."""
        inner, words = self.block(depth + 1), self.words()
        return self.one(
            (
                f"<dl><dt>{words}</dt><dd>{inner}</dd></dl>",
                f"<pre>{words}\n  {words}</pre>",
                words,
                f"<center>{inner}</center>",
                f"<section><h2>{words}</h2>{inner}</section>",
                "<hr>",
                f"<b><h4>{words}</h4>{words}</b>",
                f"<font size='4'>{inner}</font>",
                "</div>",
                f"<table><caption>{words}</caption><thead><tr><th>{words}</th><th>{words}</th></tr>"
                f"</thead><tbody><tr><td>{words}</td><td>{words}</td></tr></tbody></table>",
                f"<div><details open><summary>{words}</summary>{inner}</details>{inner}</div>",
                f"<ul>{self.list(DEEPEST)}<li>{words}</li></ul>",
                f"<div>{words}{inner}{words}</div>",
                f'<div class="tab"><input id="q1" type="checkbox"><label for="q1">'
                f'{words}</label><div class="tab-content">{inner}</div></div>',
                f"<ol type='a'><li>{words}</li>"
                f"<li>{words}<ol type='i'><li>{words}</li></ol></li></ol>",
                f"<p>{words}<ul><li>{words}</li></ul>{words}</p>",
                f"<article>{inner}</article>",
                f"<fieldset><legend>{words}</legend>{inner}</fieldset>",
                f"<address>{words}</address>",
            )
        )

    def hidden(self, depth: int) -> str:
        how = self.one(
            (
                "hidden",
                'style="display:none"',
                'style="visibility:hidden"',
                'style="display : NONE;"',
            )
        )
        return f"<div {how}>{self.paragraph(depth)}</div>"

    def box(self, depth: int) -> str:
        name = self.one(("row", "col", "x"))
        return f'<div class="{name}">{self.block(depth + 1)}{self.block(depth + 1)}</div>'

    def cards(self, depth: int) -> str:
        cards = "".join(
            f'<a href="{self.address()}" class="isomer-card"><div class="isomer-card-body">'
            f'<div class="isomer-card-title">{self.words()}</div>'
            f'<div class="isomer-card-description">{self.words()}</div></div></a>'
            for _ in range(self.random.randint(1, 3))
        )
        return f'<div class="isomer-card-grid">{cards}</div>'
