"""From bytes to clean text (format reference, 0.1 and 8.1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isomer.read.encoding import decode_text, repair_mojibake

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "read"

LATIN_WORD = st.from_regex(r"[a-z]?[a-zàáâäåæçèéêëìíîïñòóôöøùúûü]{1,8}[a-z]", fullmatch=True)
CAPITALS_WORD = st.from_regex(r"[A-Z][A-ZÀÁÄÅÇÈÉÊÍÓÖÚÜ]{1,8}[A-Z]", fullmatch=True)
OTHER_WORD = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0x0B80, max_codepoint=0x0BFF),
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    ),
    max_size=8,
)
WORD = st.one_of(LATIN_WORD, CAPITALS_WORD, OTHER_WORD)
CORRECT_TEXT = st.lists(
    st.tuples(st.sampled_from(["", "“", "‘", "– "]), WORD, st.sampled_from(["", "’", "”", "…"])),
    max_size=12,
).map(lambda words: " ".join("".join(word) for word in words))


def damaged(text: str) -> str:
    """Read the UTF-8 bytes of ``text`` as Windows-1252, the five undefined bytes as controls."""
    return "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode()
    )


def rules(data: bytes) -> list[str]:
    return [message.rule for message in decode_text(data, "page.md").messages]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
        (b"one\rtwo\r", "one\ntwo\n"),
        (b"one\r\ntwo\nthree\rfour", "one\ntwo\nthree\nfour"),
        (b"\xef\xbb\xbf---\n", "---\n"),
        ("ï»¿---\n".encode(), "---\n"),
        (b"", ""),
        ("a\u2028b\x0bc".encode(), "a\u2028b\x0bc"),
    ],
)
def test_line_ends_and_byte_order_marks(data: bytes, text: str) -> None:
    assert decode_text(data, "page.md").text == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "title".encode("utf-16"),
        b"\x01\x02\x03\x04\x05abc",
        b"---\ntitle: x\0\n---\n",
    ],
)
def test_a_file_that_is_not_text_is_left_out_with_a_message(data: bytes) -> None:
    decoded = decode_text(data, "page.md")
    assert decoded.text is None
    assert [message.rule for message in decoded.messages] == ["file-not-text"]


def test_utf_16_is_named_in_the_message() -> None:
    (message,) = decode_text("title".encode("utf-16"), "page.md").messages
    assert "UTF-16" in message.text


def test_invalid_bytes_become_replacement_characters_and_name_their_lines() -> None:
    decoded = decode_text(b"fine\r\nbad \xff\nfine \xef\xbf\xbd\ncut \xe2\x80", "page.md")
    assert decoded.text == "fine\nbad \ufffd\nfine \ufffd\ncut \ufffd"
    (message,) = decoded.messages
    assert (message.rule, message.place) == ("encoding-damaged", "line 2")
    assert message.text.startswith("2 places")
    assert "lines 2, 4" in message.text


def test_mojibake_fixture() -> None:
    decoded = decode_text((FIXTURES / "mojibake.md").read_bytes(), "mojibake.md")
    assert decoded.text == (
        "---\ntitle: The clinic’s café\n---\nNurses said “yes” today.\n"  # the last sign needs 9D
    )
    (message,) = decoded.messages
    assert (message.rule, message.place) == ("encoding-repaired", "")
    assert message.text.startswith("4 places were repaired")
    assert "“clinicâ€™s” is now “clinic’s” (line 2)" in message.text
    assert "(line 4)" in message.text


def test_correct_characters_fixture_is_untouched() -> None:
    data = (FIXTURES / "correct-characters.md").read_bytes()
    decoded = decode_text(data, "page.md")
    assert decoded.text == data.decode()
    assert decoded.messages == ()


@pytest.mark.parametrize(
    "text",
    [
        "it’s “so” – and…",
        "Où étiez-vous, Zoë?",
        "ÀÉÎ",
        "GROẞE STRAẞE, große Straße",
        "KNÍŽKA, ÚŽASNÝ, náš…",
        "SÃO PAULO, IRMÃ»",
        "CAFÉ’S, CAFÉ–BAR, NESCAFÉ®, LIBERTÉ\u00a0ET",
        "10×–20×",
        "£5, €6, 7°, ½, Â",
        "欢迎“光临”",
        "தமிழ் வணக்கம்",
        "🙂👩‍⚕️",
        "\u200b\ufeff",
    ],
)
def test_correct_text_is_untouched(text: str) -> None:
    repaired = repair_mojibake(text)
    assert repaired.text == text
    assert repaired.count == 0


@pytest.mark.parametrize(
    "text",
    [
        "it’s “so” – and…",
        "déjà vu à Orléans, Škoda, mới, bộ, số, nước",
        "£5 – 20\u00a0°C ≥ ½",
        "TGFβ1, IFNλ, κ, TNF-α",
        "欢迎光临",
        "வணக்கம்",
        "привет и пока",
        "🙂",
    ],
)
@pytest.mark.parametrize("times", [1, 2, 3])
def test_damage_is_undone_however_often_it_was_done(text: str, times: int) -> None:
    broken = text
    for _ in range(times):
        broken = damaged(broken)
    assert repair_mojibake(broken).text == text


def test_repair_is_per_run_so_correct_text_beside_damage_stays() -> None:
    assert repair_mojibake("中文 “itâ€™s” தமிழ் fête").text == "中文 “it’s” தமிழ் fête"


def test_the_message_stays_short_however_much_was_repaired() -> None:
    (message,) = decode_text(("itâ€™s\n" * 5000).encode(), "page.md").messages
    assert message.text.startswith("5,000 places were repaired")
    assert message.text.endswith("; and more.")
    assert len(message.text) < 800
    long_run = decode_text(damaged("欢" * 5000).encode(), "page.md")
    assert long_run.text == "欢" * 5000
    assert len(long_run.messages[0].text) < 800


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_message_and_always_the_same(data: bytes) -> None:
    decoded = decode_text(data, "page.md")
    assert decoded == decode_text(data, "page.md")
    assert decoded.text is not None or decoded.messages
    assert decoded.text is None or "\r" not in decoded.text


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFF), max_size=60))
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repair_mojibake(text).text
    assert repair_mojibake(once).text == once
    again = repair_mojibake(damaged(text)).text
    assert repair_mojibake(again).text == again


@given(st.text("ÃÂâ€™œ“”éÉÅ×»…š¢\u009d\u00a0 aAbB1", max_size=30))
def test_repairing_twice_is_repairing_once_also_for_likely_damage(text: str) -> None:
    once = repair_mojibake(text).text
    assert repair_mojibake(once).text == once


@given(CORRECT_TEXT)
def test_text_that_is_right_already_is_never_changed(text: str) -> None:
    assert repair_mojibake(text).text == text


@given(st.text(st.characters(max_codepoint=0x7F), max_size=200))
def test_ascii_is_never_changed(text: str) -> None:
    assert repair_mojibake(text).text == text


def test_no_message_for_ordinary_text() -> None:
    assert rules("Plain, “quoted” and 中文.".encode()) == []
