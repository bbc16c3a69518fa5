"""What somebody may have meant by a word that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches

from deskhand.domain.phrases import phrase

LONGEST_SHOWN = 60


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like this one, or None where none does."""
    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(word[:200].casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` for the end of a sentence, or nothing."""
    found = closest(word, known)
    return phrase("; did you mean `{found}`?", found=found) if found else ""


def listed(names: Iterable[str]) -> str:
    """The names in backquotes, with commas; `none` where there are none."""
    return ", ".join(f"`{name}`" for name in names) or phrase("none")


def shortened(text: str, longest: int = LONGEST_SHOWN) -> str:
    """The text on one line, cut where it is long; half a character, which nothing can print, is a `?`."""
    line = " ".join(text.encode(errors="replace").decode().split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
