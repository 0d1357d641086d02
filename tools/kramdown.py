"""Compare our reader of Markdown with kramdown itself.

`make kramdown` calls this. It reads the inputs of kramdown's own tests, the Markdown bodies of the
real sites in ../shared/cases, and generated bodies, and prints of each kind how many have the
same words and how many the same tree, and how many are shown in another way on purpose
(``isomer/convert/tree/improvements.py``).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy

import django

from tests.isomer.kramdown.agreement import agreement, cases, ours
from tests.isomer.kramdown.generated import body
from tests.isomer.read.sources import SHARED

GENERATED = 10_000
SHOWN = 20


def bodies_of_cases() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each Markdown body of the real sites."""
    from isomer.convert import is_html
    from isomer.read import open_source

    for case in sorted(
        one for one in (SHARED / "cases").iterdir() if (one / "_config.yml").exists()
    ):
        with open_source(case, lambda text: None) as source:
            for one in source.documents:
                if one.body.strip() and not is_html(one.path):
                    yield f"{case.name}/{one.path}", one.body


def is_improved(text: str) -> bool:
    """Tell whether the importer shows a body in another way than kramdown."""
    from isomer import kramdown
    from isomer.convert import improve

    nodes = kramdown.read(text).nodes
    return kramdown.to_html(improve(deepcopy(nodes))) != kramdown.to_html(nodes)


def compare(kind: str, bodies: Iterator[tuple[str, str, str]]) -> bool:
    """Print how far we agree on bodies with their names and kramdown's HTML; tell whether all
    have the same words."""
    counts: Counter[str] = Counter()
    differing = []
    for name, text, html in bodies:
        how = agreement(ours(text), html)
        counts[how] += 1
        counts["improved"] += is_improved(text)
        if how != "tree":
            differing.append(f"  {name}: {'same words' if how == 'words' else 'other words'}")
    total = counts["tree"] + counts["words"] + counts["none"]
    if total:
        words, trees = (counts["tree"] + counts["words"]) / total, counts["tree"] / total
        print(
            f"{kind}: {total}, words equal {words:.2%}, tree equal {trees:.2%}, "
            f"known improvements {counts['improved']}"
        )
    print("\n".join(differing[:SHOWN]))
    return not counts["none"]


def main() -> int:
    """Compare, and return 1 if a word differs in a body that a person wrote."""
    parser = argparse.ArgumentParser(description="Compare our reader of Markdown with kramdown.")
    parser.add_argument(
        "generated",
        nargs="?",
        type=int,
        default=GENERATED,
        help="how many bodies to make up (default: %(default)s)",
    )
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scri.settings.test")
    django.setup()
    from isomer.verify import ruby

    running = ruby()
    if running is None:
        print("Install Ruby with kramdown first: apt install ruby-kramdown-parser-gfm")
        return 1

    def judged(bodies: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
        for name, text in bodies:
            html = running.html(text)
            if html is not None:
                yield name, text, html

    same = True
    if SHARED.is_dir():
        same = compare("Inputs of kramdown's tests", cases())
        same = compare("Bodies of real sites", judged(bodies_of_cases())) and same
    compare("Generated bodies", judged((f"seed {n}", body(n)) for n in range(arguments.generated)))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
