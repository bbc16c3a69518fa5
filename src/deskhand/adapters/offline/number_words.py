"""Numbers in English and German words: "two hundred and fifty", "three and a half", "dreiundzwanzig", "zweieinhalb"."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from deskhand.adapters.offline.common_words import word_list

_ENGLISH = word_list(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """
)
_ENGLISH_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
_GERMAN = word_list(
    """
    null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn
    siebzehn achtzehn neunzehn
    """
)
_GERMAN_TENS = word_list("zwanzig dreißig vierzig funfzig sechzig siebzig achtzig neunzig")

UNITS = {
    **{word: number for number, word in enumerate(_ENGLISH)},
    **{word: number for number, word in enumerate(_GERMAN)},
    "nought": 0, "ein": 1, "eine": 1, "einen": 1, "einer": 1, "zwo": 2, "fuenf": 5, "zwoelf": 12,
    "fuenfzehn": 15,
}  # fmt: skip
TENS = {
    **{word: 10 * number for number, word in enumerate(_ENGLISH_TENS, start=2)},
    **{word: 10 * number for number, word in enumerate(_GERMAN_TENS, start=2)},
    "fourty": 40, "dreissig": 30, "fuenfzig": 50,
}  # fmt: skip
SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "millions": 1_000_000, "billion": 1_000_000_000,
    "hundert": 100, "tausend": 1_000, "millionen": 1_000_000, "mio": 1_000_000, "k": 1_000,
    "milliarde": 1_000_000_000, "milliarden": 1_000_000_000,
    "dozen": 12, "dutzend": 12,
}  # fmt: skip
ARTICLES = frozenset(word_list("a an one half ein eine einen einem einer"))
PAIRS = frozenset(word_list("couple pair"))
HALVES = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
_MANY = {f"{word}s": part for word, part in HALVES.items()} | {"viertel": Fraction(1, 4), "drittel": Fraction(1, 3)}
_MINUS = frozenset(word_list("minus negative"))
_POINT = frozenset(word_list("point comma komma"))
_NO_COUNT_BEFORE = frozenset(
    word_list("this that no which the another every any each some other wrong right same new old blue red last next")
)
"""Before "one" they make it stand for a thing."""
_NO_COUNT_AFTER = frozenset(word_list("that which who more time day moment second sec"))
"""Behind "one" they do."""
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[ -]{1,3}")
_MOST = 300
"""Words that are looked at."""


@lru_cache(maxsize=4_000)
def german(word: str) -> Fraction | None:
    """The value of a German number written in one word, such as `dreiundzwanzig` or `zweieinhalb`."""
    if not 4 <= len(word) <= 80:
        return None
    if word in ("anderthalb", "eineinhalb"):
        return Fraction(3, 2)
    if word.endswith("einhalb") and (whole := german(word[:-7]) or _small(word[:-7])):
        return whole + Fraction(1, 2)
    for scale, size in (("tausend", 1_000), ("hundert", 100)):
        before, found, after = word.partition(scale)
        if found:
            many = german(before) or _small(before) if before else Fraction(1)
            rest = german(after.removeprefix("und")) or _small(after.removeprefix("und")) if after else Fraction(0)
            return None if many is None or rest is None else many * size + rest
    unit, joined, ten = word.partition("und")
    if joined and ten in TENS and 1 <= UNITS.get(unit, 0) <= 9:
        return Fraction(TENS[ten] + UNITS[unit])
    return None


def _small(word: str) -> Fraction | None:
    value = UNITS.get(word, TENS.get(word))
    return None if value is None else Fraction(value)


class _Number:
    """A number that is being read, word by word."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.current: Fraction | None = None
        self.largest: int | None = None
        self.room = 0
        """What a further word must be smaller than to belong to the same number; 0 before the first."""
        self.decimals: str | None = None

    @property
    def value(self) -> Fraction:
        whole = self.total + (self.current or 0)
        return whole + Fraction(int(self.decimals), 10 ** len(self.decimals)) if self.decimals else whole

    def takes(self, word: str) -> bool:
        """Read the word if it goes on with the number."""
        if self.decimals is not None and 0 <= UNITS.get(word, 10) <= 9:
            self.decimals += str(UNITS[word])
            return True
        if self.decimals:
            return self._scaled_decimals(word)
        if word in SCALES and self.current is not None:
            return self._scaled(SCALES[word])
        value = _small(word)
        if value is None:
            value = german(word)
        if value is None or (self.room and not 0 < value < self.room):
            return False
        self.current = (self.current or 0) + value
        self.room = 10 if word in TENS else 1
        return True

    def _scaled_decimals(self, word: str) -> bool:
        """Read a million after decimals, as in 1.25 million: nothing can follow but the end."""
        if word in SCALES:
            self.total, self.current, self.decimals, self.room = self.value * SCALES[word], Fraction(0), None, 1
            return True
        return False

    def _scaled(self, scale: int) -> bool:
        assert self.current is not None
        if scale in (12, 100):
            if self.room > scale:
                return False
            self.current, self.room = self.current * scale, 100 if scale == 100 else 1
            return True
        if self.largest is not None and scale >= self.largest:
            return False
        self.total, self.current = self.total + self.current * scale, Fraction(0)
        self.room = self.largest = scale
        return True


def spelt_out(folded: str) -> Iterator[tuple[Fraction, int, int]]:
    """The numbers in words of a folded text, each with where it stands."""
    words = [match for _, match in zip(range(_MOST), _WORD.finditer(folded), strict=False)]
    at = 0
    while at < len(words):
        read = _read(words, at, folded)
        if read is None:
            at += 1
            continue
        value, after = read
        yield value, words[at].start(), words[after - 1].end()
        at = after


def _read(words: list[re.Match[str]], at: int, folded: str) -> tuple[Fraction, int] | None:
    """The number that begins with a word, and the place of the first word after it."""
    first = words[at][0]
    if first in _MINUS and at + 1 < len(words) and _touch(words, at + 1, folded):
        rest = _read(words, at + 1, folded)
        return (-rest[0], rest[1]) if rest else None
    said = [words[at + ahead][0] if _runs_on(words, at, ahead, folded) else "" for ahead in range(4)]
    if first in ARTICLES:
        if said[1] in PAIRS:
            return Fraction(2), at + 2
        if first == "half":
            return _half_of(said, at)
        if first != "one" and said[1] not in SCALES:
            return None if first in ("a", "an") or len(words) > 3 else (Fraction(1), at + 1)
    elif first in PAIRS and said[1] == "of":
        return Fraction(2), at + 1
    if first == "one" and (said[1] in _NO_COUNT_AFTER or (said[1] == "of" and said[2] != "us")):
        return None
    if first == "one" and at and words[at - 1][0] in _NO_COUNT_BEFORE and _touch(words, at, folded):
        return None
    return _composed(words, at, folded)


def _half_of(said: list[str], at: int) -> tuple[Fraction, int] | None:
    """Half a dozen, half a million."""
    ahead = 2 if said[1] in ("a", "an") else 1
    return (Fraction(SCALES[said[ahead]], 2), at + ahead + 1) if said[ahead] in SCALES else None


def _composed(words: list[re.Match[str]], at: int, folded: str) -> tuple[Fraction, int] | None:
    number = _Number()
    after = at
    while after < len(words) and (after == at or _touch(words, after, folded)):
        word = words[after][0]
        if after == at and word in ("a", "an"):
            number.current, number.room = Fraction(1), 1
        elif word in _POINT and number.decimals is None and _digit_follows(words, after, folded):
            number.current, number.decimals = number.current or Fraction(0), ""
        elif after > at and word in _MANY and number.decimals is None:
            return number.value * _MANY[word], after + 1
        elif after > at and word in ("and", "und"):
            part = _part(words, after, folded)
            if part is not None:
                return number.value + part[0], part[1]
            if words[after - 1][0] not in SCALES or not _runs_on(words, after, 1, folded):
                break
            if not number.takes(words[after + 1][0]):
                break
            after += 1
        elif not number.takes(word):
            break
        after += 1
    return (number.value, after) if number.current is not None else None


def _part(words: list[re.Match[str]], at: int, folded: str) -> tuple[Fraction, int] | None:
    """What "and a half" and "and a quarter" add; "and three quarters" is left alone."""
    said = [words[at + ahead][0] if _runs_on(words, at, ahead, folded) else "" for ahead in range(3)]
    if said[1] in ("a", "one") and said[2] in HALVES:
        return HALVES[said[2]], at + 3
    return (HALVES["half"], at + 2) if said[1] == "half" else None


def _digit_follows(words: list[re.Match[str]], at: int, folded: str) -> bool:
    return _runs_on(words, at, 1, folded) and 0 <= UNITS.get(words[at + 1][0], 10) <= 9


def _runs_on(words: list[re.Match[str]], at: int, ahead: int, folded: str) -> bool:
    return at + ahead < len(words) and all(_touch(words, at + one, folded) for one in range(1, ahead + 1))


def _touch(words: list[re.Match[str]], at: int, folded: str) -> bool:
    """Whether nothing but a space or a hyphen stands before a word."""
    return at > 0 and _JOINED.fullmatch(folded[words[at - 1].end() : words[at].start()]) is not None
