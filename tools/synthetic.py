"""Repositories of any size for measuring, in the form that real ones have."""

from __future__ import annotations

import random
from pathlib import Path

SECTION = 40
WORDS = [
    "trial", "study", "patient", "network", "research", "data", "clinic", "hospital", "consent",
    "review", "ethics", "protocol", "sponsor", "site", "nurse", "visit", "result", "safety", "dose",
    "follow", "group", "measure", "office", "partner", "training", "support", "guide", "question",
    "answer", "meeting", "report", "summary", "record", "sample", "method", "centre", "region",
]  # fmt: skip


def write_repository(folder: Path, pages: int, pictures: int = 0, seed: int = 7) -> None:
    """Write a repository with so many pages in collections of forty, and so many pictures.

    A page has a title of two to nine words, two headings, three paragraphs and fifteen links,
    nine of them to other pages: the mean of real pages (performance anchors, section 1).
    """
    chance = random.Random(seed)
    paths = [f"/section-{number // SECTION}/page-{number}/" for number in range(pages)]
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "_config.yml", "title: Synthetic\nurl: https://example.org\n")
    _write(
        folder / "index.md",
        "---\nlayout: homepage\ntitle: Synthetic\npermalink: /\nsections:\n"
        "  - hero:\n      title: Synthetic\n---\n",
    )
    for section in range(0, pages, SECTION):
        name = f"section-{section // SECTION}"
        numbers = range(section, min(section + SECTION, pages))
        order = "".join(f"      - {number}.md\n" for number in numbers)
        _write(
            folder / f"_{name}" / "collection.yml",
            f"collections:\n  {name}:\n    output: true\n    order:\n{order}",
        )
        for number in numbers:
            title = " ".join(chance.choices(WORDS, k=chance.randint(2, 9))).capitalize()
            _write(
                folder / f"_{name}" / f"{number}.md",
                f"---\ntitle: {title} {number}\npermalink: {paths[number]}\n"
                f"description: {_sentence(chance)}\n---\n{_body(chance, paths)}",
            )
    for number in range(pictures):
        _draw(folder / "images" / f"picture-{number}.jpg", chance)


def _body(chance: random.Random, paths: list[str]) -> str:
    parts = []
    for number in range(3):
        links = [f"[{chance.choice(WORDS)}]({chance.choice(paths)})" for _ in range(3)]
        links.append(f"[{chance.choice(WORDS)}](https://example.com/{chance.randrange(99)})")
        links.append(f"[write](mailto:{chance.choice(WORDS)}@example.org)")
        sentences = [_sentence(chance) for _ in range(9)]
        text = " ".join(part for pair in zip(sentences, links, strict=False) for part in pair)
        heading = f"## {_sentence(chance)[:40].strip()}\n\n" if number else ""
        parts.append(f"{heading}{text} {' '.join(sentences[5:])}")
    return "\n\n".join(parts) + "\n"


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(6, 14))).capitalize() + "."


def _draw(path: Path, chance: random.Random) -> None:
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    noise = Image.frombytes("L", (60, 40), chance.randbytes(2400)).convert("RGB")
    noise.resize((1600, 1067)).save(path, quality=80)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
