"""Dates inside sentences, said in full, in part, or by their distance from today; given as ISO 8601."""

import re
from itertools import islice

from deskhand.adapters.offline.calendar import Calendar, Lean
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
NEAR = 30
"""Characters around a day in which it is said that it does not suit."""
MOST = 20
"""Dates of one kind that are read in a text."""


def dates(text: str, setting: Setting, lean: Lean | None = None) -> list[Found]:
    """The dates of a text in their order, each only once; a longer way of saying it before its parts."""
    folded = fold(text)
    calendar = Calendar(setting.today, setting.month_first, lean)
    every = [
        Found(day.isoformat(), *match.span("said" if "said" in pattern.groupindex else 0))
        for pattern, reader in READERS
        for match in islice(pattern.finditer(folded), MOST)
        if not _foreign(match, setting) and (day := reader(match, calendar)) is not None
    ]
    return [one for one in _apart(every) if not _is_refused(one, folded)]


def _is_refused(day: Found, folded: str) -> bool:
    """Whether the day is the one that does not suit: "not tomorrow", "Friday doesn't work"."""
    before, after = folded[max(0, day.start - NEAR) : day.start], folded[day.end : day.end + NEAR]
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
