"""Dates inside sentences, said in full, in part, or by their distance from today; given as ISO 8601."""

import re
from itertools import islice

from deskhand.adapters.offline.calendar import Calendar, Lean
from deskhand.adapters.offline.calendar_words import MONTHS, NEAR, SHORT_WEEKDAYS, WEEKDAYS
from deskhand.adapters.offline.common_words import GRAMMAR
from deskhand.adapters.offline.date_forms import READERS
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.letters import fold
from deskhand.adapters.offline.setting import Setting

_NOT_BEFORE = re.compile(
    r"(?:(?<!why )\bnot|(?<!warum )(?<!wieso )\bnicht|\b(?:can'?t|cannot) (?:do|make|come))"
    r"(?: it)?(?: (?:on|the|am|an|for|at))* $"
)
_NOT_AFTER = re.compile(
    r" (?:doesn'?t|does not|won'?t|will not|isn'?t|is not) (?:work|suit|possible|good|convenient)|"
    r" (?:geht|passt|klappt) (?:\w+ )?nicht\b"
)
AROUND = 30
"""Characters around a day in which it is said that it does not suit."""
MOST = 20
"""Dates of one kind that are read in a text."""


def dates(text: str, setting: Setting, lean: Lean | None = None) -> list[Found]:
    """The dates of a text in their order, each only once; a longer way of saying it before its parts."""
    folded = fold(text)
    if not _may_hold_days(folded):
        return []
    calendar = Calendar(setting.today, setting.month_first, lean)
    every = [
        Found(day.isoformat(), *match.span("said" if "said" in pattern.groupindex else 0))
        for pattern, reader in READERS
        for match in islice(pattern.finditer(folded), MOST)
        if not _foreign(match, setting) and (day := reader(match, calendar)) is not None
    ]
    return [one for one in _apart(every) if not _is_refused(one, folded)]


def _words_of_days() -> frozenset[str]:
    """Every word of the forms that days are said in, but for what stands in any sentence."""
    bare = (re.sub(r"\(\?P(?:<\w+>|=\w+\))|\\[a-zA-Z]", "(", pattern.pattern) for pattern, _ in READERS)
    words = {word for form in bare for word in re.findall("[a-z]{2,}", form)}
    known = (word for names in (MONTHS, WEEKDAYS, SHORT_WEEKDAYS, NEAR) for word in names)
    named = {part for word in known for part in re.findall("[a-z]+", word)}
    shorter = {word[:-1] for word in words if len(word) > 2}  # a last letter may be left out
    return frozenset((words | shorter) - GRAMMAR | named)


_DAYS = _words_of_days()


def _may_hold_days(folded: str) -> bool:
    """Whether looking for days is worth it: most messages say nothing of any."""
    return any(sign.isdigit() for sign in folded) or not _DAYS.isdisjoint(re.findall("[a-z]+", folded))


def _is_refused(day: Found, folded: str) -> bool:
    """Whether the day is the one that does not suit: "not tomorrow", "Friday doesn't work"."""
    before, after = folded[max(0, day.start - AROUND) : day.start], folded[day.end : day.end + AROUND]
    return bool(_NOT_BEFORE.search(before) or _NOT_AFTER.match(after))


def _foreign(match: re.Match[str], setting: Setting) -> bool:
    """Whether the word means another thing in the customer's language, as "hier" does."""
    return match[0] == "hier" and not setting.language.startswith("fr")


def _apart(every: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(every, key=lambda found: (found.start - found.end, found.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda found: found.start)
