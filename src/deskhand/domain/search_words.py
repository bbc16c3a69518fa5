"""Words as a search compares them: without case and accents, the same on every database."""

import re
import unicodedata

LONGEST = 60
"""Characters of a word that count."""
MOST_ASKED = 8
"""Words that a search looks at."""

_WHOLE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Signs that stand for a word or a syllable each, with no space between them."""
_WORD = re.compile(f"[{_WHOLE}]|(?:(?![{_WHOLE}])[^\\W_])+")


def words_of(text: str) -> list[str]:
    """The words of a text in their order, such as `ord`, `1001` for “ORD-1001”."""
    if text.isascii():
        return [word[:LONGEST] for word in _WORD.findall(text.lower())]
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return [word[:LONGEST] for word in _WORD.findall(unicodedata.normalize("NFC", plain))]


def asked_words(text: str) -> list[str]:
    """What a search looks for: each of these has to begin a word."""
    return list(dict.fromkeys(words_of(text)))[:MOST_ASKED]
