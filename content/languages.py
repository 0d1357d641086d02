"""The languages that a page can be in, and what the words of old sources say of them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# BCP 47 tags with the names that editors read: Singapore's own first, then those that its
# public information is often translated into. All are written from left to right, which is
# what the style sheet can set.
LANGUAGES: tuple[tuple[str, str], ...] = (
    ("en", "English"),
    ("zh-Hans", "Chinese (simplified)"),
    ("zh-Hant", "Chinese (traditional)"),
    ("ms", "Malay"),
    ("ta", "Tamil"),
    ("bn", "Bengali"),
    ("my", "Burmese"),
    ("fil", "Filipino"),
    ("hi", "Hindi"),
    ("id", "Indonesian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("th", "Thai"),
    ("vi", "Vietnamese"),
)
# The Open Graph protocol wants a territory with each language. These are the ones that
# those who read the tag know; there is no better one for Singapore.
TERRITORIES = {
    "en": "en_GB", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "ms": "ms_MY", "ta": "ta_IN",
    "bn": "bn_IN", "my": "my_MM", "fil": "tl_PH", "hi": "hi_IN", "id": "id_ID", "ja": "ja_JP",
    "ko": "ko_KR", "th": "th_TH", "vi": "vi_VN",
}  # fmt: skip

_TRADITIONAL = {"hant", "tw", "hk", "mo"}
_OTHER_NAMES = {"chinese": "zh-Hans", "mandarin": "zh-Hans", "tl": "fil", "tagalog": "fil"}
_KNOWN = {code.lower(): code for code, _ in LANGUAGES}
_NAMES = {name.lower(): code for code, name in LANGUAGES}
_PARTS = re.compile(r"[^a-z]+")
# How much of a text must be in a script, and how much text there must be, to say so.
_MOST, _LETTERS = 0.6, 20
# Enough of a text to know, however long it is.
_LOOKED_AT = 20_000
_MARKUP = re.compile(r"<[^<>]*>|\]\([^()]*\)|&\w+;|https?://\S+")


def page_languages() -> list[tuple[str, str]]:
    """Return the choices of a page's language; ``""`` stands for that of the website."""
    return [("", "The language of the website"), *LANGUAGES]


def site_languages() -> list[tuple[str, str]]:
    """Return the choices of a website's language."""
    return list(LANGUAGES)


def language_code(written: object) -> str:
    """Return the tag for a language as a source writes it, ``""`` if it is none of ours.

    Tags in any case and with any region (``"en_SG"``, ``"zh-CN"``, ``"zh-Hant-HK"``) and
    English names (``"Tamil"``) are understood. Chinese without a script is the simplified
    one that Singapore writes.
    """
    text = str(written).strip().lower() if isinstance(written, str) else ""
    if text in _NAMES:
        return _NAMES[text]
    first, *rest = [*_PARTS.split(text.partition(".")[0]), ""]
    if first == "zh":
        return "zh-Hant" if _TRADITIONAL & set(rest) else "zh-Hans"
    return _KNOWN.get(first) or _OTHER_NAMES.get(first, "")


@lru_cache(maxsize=10_000)
def _script_of_letter(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def script_of(text: str) -> str:
    """Return ``"Chinese"`` or ``"Tamil"``, if most letters of a text are of that script, or ``""``.

    Tags and addresses of the markup do not count. Letters that Japanese and Korean mix
    with Chinese ones count against Chinese.
    """
    words = _MARKUP.sub(" ", text[:_LOOKED_AT])
    if words.isascii():
        return ""
    names = [_script_of_letter(letter) for letter in words if letter.isalpha()]
    if len(names) < _LETTERS:
        return ""
    for script, name in (("CJK", "Chinese"), ("TAMIL", "Tamil")):
        if names.count(script) >= _MOST * len(names):
            return name
    return ""
