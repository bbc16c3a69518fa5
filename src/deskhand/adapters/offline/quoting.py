"""What customers write themselves: without the agent's question that they quote, and without their signature."""

import re
from functools import lru_cache

_QUOTED_LINE = re.compile(r"(?m)^[ \t]*>.*(?:\n|$)")
_SIGNATURE = re.compile(
    r"\n[ \t]*(?:--+|__+|"
    r"(?:(?:(?:kind|best|warm|many) )?regards|best wishes|best|cheers|sincerely"
    r"|yours(?: sincerely| faithfully| truly)?|mit freundlichen gr(?:ü|ue)(?:ß|ss)en"
    r"|(?:viele|liebe|beste|sch(?:ö|oe)ne|freundliche) gr(?:ü|ue)(?:ß|ss)e|mfg|vg|lg)"
    r"[ \t]*[,.!]?|"
    r"(?:sent from my|get outlook for|von meinem|gesendet von)\b[^\n]*)[ \t]*(?:\n|$)",
    re.IGNORECASE,
)
FEWEST_WORDS = 2
"""Words of a question that is recognised where it is quoted."""
LONGEST = 1_000


def own_words(text: str, question: str) -> str:
    """The text without lines that are quoted, and without the question that it begins with; empty where that is all."""
    written = _QUOTED_LINE.sub("", text) if ">" in text else text
    quoted = _quoted(question[:LONGEST]) if len(question.split()) >= FEWEST_WORDS else None
    return quoted.sub("", written, count=1) if quoted is not None else written


def without_signature(text: str) -> str:
    """The text up to where a signature begins; the whole text where nothing would be left."""
    found = _SIGNATURE.search(text)
    return text[: found.start()].rstrip() if found and text[: found.start()].strip() else text


@lru_cache(maxsize=256)
def _quoted(question: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in question.split())
    return re.compile(rf"^[\s\"“„'«]*{words}[\s\"”“'»:–-]*", re.IGNORECASE)
