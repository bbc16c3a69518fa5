"""Which of several named things a message means: by name, by place, by a part of it, or nearly spelt."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from deskhand.domain.yes_no import plain

ALIKE = 0.8
"""How much of a misspelt choice must be right."""
_LONGEST = 500

_ORDINALS = (
    "first 1st one 1 erste ersten erstes former", "second 2nd two 2 zweite zweiten zweites", "third 3rd three 3 dritte",
    "fourth 4th four 4 vierte", "fifth 5th five 5 funfte", "sixth 6th six 6", "seventh 7th seven 7",
    "eighth 8th eight 8", "ninth 9th nine 9", "tenth 10th ten 10",
)  # fmt: skip
_PLACES = {word: place for place, words in enumerate(_ORDINALS) for word in words.split()}
_BY_PLACE = re.compile(
    r"(?:(?:i|i'd|would|want|like|take|mean|choose|pick|please|let's|go|with|das|die|den|der|the|option|number|no|nr|"
    r"nummer|choice) ){0,5}(\w+)(?: (?:one|option|please|bitte|choice|thanks))*"
)


def choose(text: str, choices: Sequence[str]) -> str | None:
    """The choice that the message names, as an answer to the question which; None where it is not one of them."""
    said = plain(text[:_LONGEST])
    if not said:
        return None
    names = [plain(choice) for choice in choices]
    if said in names:
        return choices[names.index(said)]
    present, denied = _present(text, choices)
    if present or denied:
        return present[0] if len(present) == 1 else None
    return _by_place(said, choices) or _in_part(said, choices, names) or _alike(said, choices, names)


def named(text: str, choices: Sequence[str]) -> str | None:
    """The only choice whose whole name stands in the message, and is not denied there."""
    present, _ = _present(text, choices)
    return present[0] if len(present) == 1 else None


def _present(text: str, choices: Sequence[str]) -> tuple[list[str], list[str]]:
    """The choices whose whole names stand in the message, and those denied; longer names before their parts."""
    said = f" {plain(text[:_LONGEST])} "
    present: list[str] = []
    denied: list[str] = []
    for choice in sorted(choices, key=len, reverse=True):
        name = f" {plain(choice)} "
        if name.strip() and name in said:
            no = re.search(rf"\b(?:not|no|kein|keine|nicht)(?: (?:the|a|an))?{re.escape(name)}", said)
            (denied if no else present).append(choice)
            said = said.replace(name, " … ")
    return present, denied


def _by_place(said: str, choices: Sequence[str]) -> str | None:
    match = _BY_PLACE.fullmatch(said)
    if match is None:
        return None
    place = len(choices) - 1 if match[1] in ("last", "latter", "letzte") else _PLACES.get(match[1], len(choices))
    return choices[place] if place < len(choices) else None


def _in_part(said: str, choices: Sequence[str], names: list[str]) -> str | None:
    """The only one that begins with the message, or else has its words in it: "by mistake" for "ordered by mistake"."""
    begun = [choice for choice, name in zip(choices, names, strict=True) if name.startswith(said)]
    within = [choice for choice, name in zip(choices, names, strict=True) if f" {said} " in f" {name} "]
    fitting = begun or within
    return fitting[0] if len(fitting) == 1 and not said.isdigit() else None


def _alike(said: str, choices: Sequence[str], names: list[str]) -> str | None:
    """The one that the message, or a word of it, nearly spells."""
    parts = [said, *said.split()][:20]
    likeness = [max(OSA.normalized_similarity(part, name) for part in parts) for name in names]
    best = max(likeness, default=0.0)
    near = [choice for choice, value in zip(choices, likeness, strict=True) if value >= max(ALIKE, best - 0.05)]
    return near[0] if len(near) == 1 else None
