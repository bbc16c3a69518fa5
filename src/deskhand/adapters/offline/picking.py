"""Which of several values in an answer is meant: what is not denied, what corrects another, what was asked for."""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.letters import fold

_REACH = 40
_DENIED = re.compile(
    r"\b(?:not|instead of|rather than|isn't|is not|no longer|nicht|kein\w*|statt|anstatt|pas)"
    r"(?: (?:on|the|at|for|to|am|der|den|die|das|a|my|it's|it is|wrong))*\s*$"
)
_CORRECTED = re.compile(
    r"\b(?:actually|i mean|i meant|sorry|make it|make that|correction|no wait|wait|rather|instead|better|scratch that"
    r"|change (?:it|that) to|now|doch lieber|ich meine|sondern|besser|stattdessen)\b|(?:^|[,.!;-]) ?(?:no|nein)\b"
)
_OLD = re.compile(r"\b(?:from|von|vom)(?: (?:the|dem))?\s*$")
_TO = re.compile(r"^\W{0,3}(?:to|until|till|bis|auf|zum|-|and|und)\b")
_NEW = re.compile(r"\W{0,3}(?:to|auf)\b")
_CHANGES = re.compile(r"\b(?:chang|mov|switch|resched|updat|postpon|shift|verschieb|ander|verleg)")


End = Literal["first", "last"]


def pick(
    found: Sequence[Found], text: str, is_about: Callable[[Found], bool] | None = None, end: End | None = None
) -> Found | None:
    """The one that is meant; None where several could be.

    is_about: whether the words beside a value name what was asked for.
    end: which end of "from … to …" was asked for, where there can be one.
    """
    folded = fold(text)
    left = [one for one in found if not _DENIED.search(folded[max(0, one.start - _REACH) : one.start])] or list(found)
    if len({one.value for one in left}) <= 1:
        return left[0] if left else None
    if _CORRECTED.search(folded[left[-2].end : left[-1].start]):
        return left[-1]
    about = [one for one in left if is_about and is_about(one)]
    if len({one.value for one in about}) == 1:
        return about[0]
    if len(left) == 2:
        between = folded[left[0].end : left[1].start]
        if _OLD.search(folded[: left[0].start][-20:]) and _CHANGES.search(folded) and _NEW.match(between):
            return left[1]
        if end and _TO.match(between):
            return left[1] if end == "last" else left[0]
    return None
