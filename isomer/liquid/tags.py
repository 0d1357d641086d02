"""The tags that Jekyll and Isomer add to Liquid: ``include``, ``link``, ``accordion``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TextIO

from liquid import BlockNode, Node, RenderContext, Token, TokenStream
from liquid.builtin.expressions import parse_primitive, tokenize
from liquid.builtin.output import Output, OutputNode
from liquid.exceptions import TemplateNotFoundError
from liquid.expression import Expression
from liquid.parser import get_parser
from liquid.tag import Tag
from liquid.token import TOKEN_EOF, TOKEN_EXPRESSION, TOKEN_TAG

from isomer.liquid.words import written

# Under this name a template finds what its rendering needs beside the names of the page.
RENDERING = "$rendering"

_FILE = re.compile(r"\s*(\{\{.*?\}\}|[^\s{}=]+)")
# Each begins where a word does and gives nothing back, so that a text is read once.
_PARAMETER = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[\w.\[\]"'-]++)""")


def written_in(stream: TokenStream) -> tuple[Token, str]:
    """Return the token of a tag and the text after its name. The stream stands on the last token
    of the tag, as the parser wants it."""
    token = stream.current
    if stream.peek.kind != TOKEN_EXPRESSION:
        return token, ""
    stream.next()
    return token, stream.current.value


class WrittenNode(OutputNode):
    """A value, as Ruby writes it."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(written(self.expression.evaluate(context)))


class WrittenTag(Output):
    node_class = WrittenNode


class IncludeNode(Node):
    """A file of ``_includes`` with parameters, which it reads as ``include.NAME``."""

    def __init__(
        self, token: Token, text: str, file: Expression | str, given: dict[str, Expression]
    ) -> None:
        super().__init__(token)
        self.text, self.file, self.given = text, file, given

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        name = self.file if isinstance(self.file, str) else str(self.file.evaluate(context))
        try:
            template = context.env.get_template(name, context=context)
        except TemplateNotFoundError:
            # The theme's files are not in the repository.
            written = f"{{% include {self.text} %}}"
            context.resolve(RENDERING).note(written)
            return buffer.write(written)
        given = {key: value.evaluate(context) for key, value in self.given.items()}
        with context.extend({"include": given}, template=template):
            template.render_with_context(context, buffer, partial=True)
        return 1


class IncludeTag(Tag):
    name, block = "include", False

    def parse(self, stream: TokenStream) -> Node:
        token, text = written_in(stream)
        found = _FILE.match(text)
        name = found[1] if found else ""
        file: Expression | str = name
        if name.startswith("{{"):
            file = parse_primitive(self.env, TokenStream(tokenize(name[2:-2], token)))
        rest = text[found.end() :] if found else ""
        given = {
            key: parse_primitive(self.env, TokenStream(tokenize(value, token)))
            for key, value in _PARAMETER.findall(rest)
        }
        return IncludeNode(token, text, file, given)


class AddressNode(Node):
    """The address of a document that is named by its file."""

    def __init__(self, token: Token, tag: str, text: str) -> None:
        super().__init__(token)
        self.tag_name, self.text = tag, text.strip()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        rendering = context.resolve(RENDERING)
        address = rendering.address_of(self.tag_name, self.text)
        if address is None:
            address = f"{{% {self.tag_name} {self.text} %}}"
            rendering.note(address)
        return buffer.write(address)


class LinkTag(Tag):
    name, block = "link", False

    def parse(self, stream: TokenStream) -> Node:
        token, text = written_in(stream)
        return AddressNode(token, self.name, text)


class PostUrlTag(LinkTag):
    name = "post_url"


class AccordionNode(Node):
    """Isomer's block that folds out."""

    def __init__(self, token: Token, title: str, block: BlockNode) -> None:
        super().__init__(token)
        self.title, self.block = title.strip(), block

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        attribute = "" if context.resolve(RENDERING).in_html else ' markdown="1"'
        buffer.write(f"\n\n<details{attribute}><summary>{escape(self.title)}</summary>\n\n")
        self.block.render(context, buffer)
        buffer.write("\n\n</details>\n\n")
        return 1

    def children(
        self, static_context: RenderContext, *, include_partials: bool = True
    ) -> Iterable[Node]:
        yield self.block


class AccordionTag(Tag):
    name, end = "accordion", "endaccordion"

    def parse(self, stream: TokenStream) -> Node:
        token, text = written_in(stream)
        stream.next()
        block = get_parser(self.env).parse_block(stream, frozenset((self.end, TOKEN_EOF)))
        if stream.current.kind == TOKEN_EOF:
            return AccordionNode(token, text, block)
        stream.expect(TOKEN_TAG, value=self.end)
        return AccordionNode(token, text, block)


TAGS = (WrittenTag, IncludeTag, LinkTag, PostUrlTag, AccordionTag)
