"""Times of day inside sentences: half past 11 in the morning, 5 pm, 16:30, evening 5:45, noon."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from deskhand.adapters.offline.common_words import word_list
from deskhand.adapters.offline.found import Found

MOST = 20
"""Things that look like a time and are tried."""

_HOURS = {
    word: number
    for number, word in enumerate(
        word_list("one two three four five six seven eight nine ten eleven twelve"), start=1
    )
}  # fmt: skip
_MINUTES = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20}
_LATE = frozenset(word_list("afternoon evening night tonight nachmittags abends nachmittag abend"))
_PART = r"(?:morning|afternoon|evening|night|nachmittags?|abends?|morgens)"
_HOUR = rf"(?:{'|'.join(_HOURS)}|\d{{1,2}})"
_TIME = re.compile(
    rf"(?<![\w$€£#./:,-])(?:(?P<before>{_PART}) (?:at |around )?)?"
    rf"(?:(?:a )?(?P<part>half|quarter|five|ten|twenty|\d{{1,2}})(?: minutes?)? (?P<side>past|after|to|till|before) )?"
    rf"(?P<hour>{_HOUR})(?:[:.h](?P<minute>[0-5]\d))?"
    rf"(?: ?(?P<half>[ap]\.?m\b\.?)| ?(?P<clock>o.?clock|uhr)\b)?"
    rf"(?:,? (?:in the |this |at (?=night))?(?P<after>{_PART})\b|(?P<tonight>,? tonight\b))?"
    r"(?![\w%$€£]|[:/.,-]\d|\.\w)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:(?:12 )?noon|midday|midnight|mitternacht)\b", re.IGNORECASE)
_BARE = re.compile(r"\b(?:at|by|around|about|for|until|till|um|gegen) $", re.IGNORECASE)
_TWENTY_FOUR = re.compile(r"\d{1,2}:\d{2}")


@lru_cache(maxsize=1_000)
def is_time_like(example: str | None) -> bool:
    """Whether an example is a time of day in 24 hours, such as 14:30."""
    return bool(example and _TWENTY_FOUR.fullmatch(example))


def times(text: str, asked: bool = False) -> list[Found]:
    """Times of day as HH:MM, in 24 hours; a bare hour counts only behind "at" and its like in an answer."""
    found = [*_written(text, asked), *_named(text)]
    return sorted(found, key=lambda one: one.start)


def _written(text: str, asked: bool) -> Iterator[Found]:
    for match in islice(_TIME.finditer(text), MOST):
        surely = any(match[name] for name in ("before", "side", "half", "clock", "after", "tonight"))
        colon = match["minute"] and text[match.end("hour")] != "."
        alone = match.start() == 0 and match.end() == len(text.rstrip(" .!"))
        if not (surely or colon or (asked and (alone or _BARE.search(text[: match.start()])))):
            continue
        value = _value(match)
        if value is not None:
            yield Found(value, match.start(), match.end())


def _value(match: re.Match[str]) -> str | None:
    hour, minute = _number(match["hour"]), int(match["minute"] or 0)
    if match["side"]:
        if match["minute"]:
            return None
        minute = _MINUTES.get(match["part"].lower()) or (int(match["part"]) if match["part"].isdigit() else 0)
        if match["side"].lower() not in ("past", "after"):
            hour, minute = hour - 1 or 12, 60 - minute
    hour = _in_24(hour, match)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _in_24(hour: int, match: re.Match[str]) -> int:
    part = (match["before"] or match["after"] or match["tonight"] or "").strip(" ,").lower()
    half = (match["half"] or "").lower()
    if half.startswith("p") or (not half and part in _LATE):
        at_night = part in ("night", "tonight") and hour == 12
        return 0 if at_night else hour + 12 if hour < 12 else hour
    early = half.startswith("a") or bool(part)
    return 0 if early and hour == 12 else hour


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _HOURS[word.lower()]


def _named(text: str) -> Iterator[Found]:
    for match in islice(_NAMED.finditer(text), MOST):
        value = "00:00" if match[0].lower().startswith("mi") and "day" not in match[0].lower() else "12:00"
        yield Found(value, match.start(), match.end())
