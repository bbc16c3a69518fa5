"""Text in small letters without accents, letter for letter: what is found in it stands there in the text too."""

import unicodedata

_SAME = {
    **{code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)},
    **dict.fromkeys(map(ord, "’‘`´"), "'"),
    **dict.fromkeys(map(ord, "–—‐‑−"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2009\t\r\n"), " "),
    ord("ł"): "l", ord("Ł"): "l", ord("ø"): "o", ord("Ø"): "o", ord("æ"): "a",
}  # fmt: skip


def _plain_letter(code: int) -> str:
    letter = unicodedata.normalize("NFKD", chr(code))[0].lower()
    return letter[0]


_TABLE = {**{code: _plain_letter(code) for code in (*range(0xC0, 0x180), *range(0x1E00, 0x1F00))}, **_SAME}


def fold(text: str) -> str:
    """The text as plain small letters, exactly as long as before; ß stays."""
    return text.translate(_TABLE)
