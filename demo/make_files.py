"""Write the files that the demo site offers for download.

Run it from anywhere with any Python::

    python demo/make_files.py

It writes three PDF files of one page each into ``demo/files/guides/``. They are
built object by object, without a library and without a date, so that the same text
gives the same bytes every time. Their text can be selected, searched and read aloud:
each heading and paragraph is tagged, and the title and language are said.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "files" / "guides"

PAGE = (595, 842)  # A4, in points
LEFT, TOP = 72, 762
LINE_CHARACTERS = 78
NOTICE = "Demo wording of a clinical research institute. This is no form of any institution."

Objects = dict[int, bytes]


@dataclass(frozen=True)
class Guide:
    """A file: its name, its title, and paragraphs below it."""

    name: str
    title: str
    paragraphs: Sequence[str]


GUIDES = (
    Guide(
        "study-outline.pdf",
        "Study outline",
        (
            "One page is enough. Answer each question in a sentence or two, and leave out"
            " whatever could identify a patient.",
            "1. Which question does the study ask?",
            "2. Who would take part, and how many people would be needed?",
            "3. What would be measured, and how often?",
            "4. Which departments would have to work together?",
            "5. When should it begin, and when would it end?",
            "6. Why does the answer matter?",
        ),
    ),
    Guide(
        "before-a-site-visit.pdf",
        "Before a site visit",
        (
            "Tick off what is ready. What is not ready on the day takes two visits.",
            "[  ] The day is agreed with everybody who is to be there.",
            "[  ] A room is booked, with a table, chairs and a network connection.",
            "[  ] The latest versions of all papers lie on the table.",
            "[  ] The visitors know where to report, and whom to call.",
            "[  ] Questions from the last visit are answered in writing.",
        ),
    ),
    Guide(
        "Words of a study.pdf",
        "Words of a study",
        (
            "Coordinator: the person who holds a study together from day to day.",
            "Feasibility: whether a study could find its people and places here.",
            "Investigator: the person who answers for a study at a site.",
            "Protocol: the paper that says what will be done, when and by whom.",
            "Site: a hospital or clinic where a study takes place.",
            "Sponsor: the organisation that begins a study and answers for it as a whole.",
        ),
    ),
)


@dataclass(frozen=True)
class Line:
    """A line of text: where it stands, how large it is, and which paragraph it belongs to."""

    text: str
    baseline: int
    size: int
    paragraph: int


def lay_out(guide: Guide) -> Iterator[Line]:
    """Yield the lines of a page. Paragraph 0 is the heading, the last one the notice."""
    yield Line(guide.title, TOP, 24, 0)
    baseline = TOP - 42
    for number, paragraph in enumerate((*guide.paragraphs, NOTICE), 1):
        for text in textwrap.wrap(paragraph, LINE_CHARACTERS):
            yield Line(text, baseline, 12, number)
            baseline -= 18
        baseline -= 10


def string(text: str) -> bytes:
    """Return a text as a PDF string in the encoding that the fonts here use."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252") + b")"


def content(lines: Sequence[Line]) -> bytes:
    """Return the drawing operators of a page, each paragraph marked with its number."""
    parts: list[bytes] = []
    for line in lines:
        tag, font = ("H1", "F2") if line.paragraph == 0 else ("P", "F1")
        begin = f"/{tag} <</MCID {line.paragraph}>> BDC BT /{font} {line.size} Tf"
        move = f"{LEFT} {line.baseline} Td"
        # A paragraph of several lines is one marked piece, so it is opened and closed once.
        is_first = not parts or line.paragraph != lines[len(parts) - 1].paragraph
        is_last = line is lines[-1] or lines[len(parts) + 1].paragraph != line.paragraph
        start = f"{begin} {move} " if is_first else f"BT /{font} {line.size} Tf {move} "
        end = b" Tj ET EMC" if is_last else b" Tj ET"
        # The blank keeps the words of two lines apart for whoever copies them.
        text = line.text if is_last else f"{line.text} "
        parts.append(start.encode("ascii") + string(text) + end)
    return b"\n".join(parts)


def objects(guide: Guide) -> Objects:
    """Return the numbered objects of a file: catalog, page, fonts, text and its structure."""
    lines = list(lay_out(guide))
    stream = content(lines)
    count = lines[-1].paragraph + 1
    pieces = [10 + number for number in range(count)]
    references = " ".join(f"{number} 0 R" for number in pieces)
    font = "<</Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding>>"
    found = {
        1: b"<</Type /Catalog /Pages 2 0 R /Lang (en-SG) /MarkInfo <</Marked true>>"
        b" /StructTreeRoot 8 0 R /ViewerPreferences <</DisplayDocTitle true>>>>",
        2: b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        3: f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Contents 4 0 R"
        " /Resources <</Font <</F1 5 0 R /F2 6 0 R>>>> /StructParents 0 /Tabs /S>>".encode(),
        4: f"<</Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream",
        5: font.format("Helvetica").encode(),
        6: font.format("Helvetica-Bold").encode(),
        7: b"<</Title " + string(guide.title) + b">>",
        8: b"<</Type /StructTreeRoot /K [9 0 R] /ParentTree"
        + f" <</Nums [0 [{references}]]>>>>".encode(),
        9: f"<</Type /StructElem /S /Document /P 8 0 R /K [{references}]>>".encode(),
    }
    for paragraph, number in enumerate(pieces):
        kind = "P" if paragraph else "H1"
        piece = f"<</Type /StructElem /S /{kind} /P 9 0 R /Pg 3 0 R /K {paragraph}>>"
        found[number] = piece.encode()
    return found


def document(guide: Guide) -> bytes:
    """Return a guide as a PDF file."""
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places: list[int] = []
    numbered = objects(guide)
    for number in sorted(numbered):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + numbered[number] + b"\nendobj\n"
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{entries}"
    trailer = f"trailer\n<</Size {len(places) + 1} /Root 1 0 R /Info 7 0 R>>"
    return data + f"{table}{trailer}\nstartxref\n{len(data)}\n%%EOF\n".encode()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for guide in GUIDES:
        data = document(guide)
        (FOLDER / guide.name).write_bytes(data)
        print(f"{guide.name}: {len(data) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
