"""Asked-for values in answers: `python -m bench.slots FILE [--model NAME]`.

FILE holds a line of JSON for each answer: {"text", "requested": [slot…], "slots": {slot: words}}, with the slots people,
date, time, first_name and last_name. Every line with requested slots is put to the extraction as a customer's answer: for
a slot that the line holds, exact means that the words found are the labelled words, but for case and punctuation; for
one that it does not hold, recognised means that nothing is found. A slot requested once more is what was asked last, and
a single name answers that. `same` also counts values that mean the same as the labelled words: 11:45 Am and 11:45.
Prints one line of JSON.
"""

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from deskhand.adapters.offline.extraction import answer
from deskhand.adapters.offline.setting import Setting
from deskhand.ports.understanding import Wanted

WANTED = {
    one.name: one
    for one in (
        Wanted("people", "text", description="How many people the table is for"),
        Wanted("date", "date", description="The day of the booking"),
        Wanted("time", "text", description="The time of the booking"),
        Wanted("first_name", "text", description="The customer's first name"),
        Wanted("last_name", "text", description="The customer's last name"),
    )
}
SETTING = Setting("en", "GB", now=1_533_081_600_000)
"""The first of August 2018, when such answers were given."""


class Extracted(NamedTuple):
    """What was found for a slot: the words in the text, and the value that they stand for."""

    words: str
    value: str


class Case(NamedTuple):
    """A slot that was asked for with an answer, and the labelled words or None."""

    text: str
    slot: str
    label: str | None
    asked_first: bool


def cases(path: Path) -> Iterator[Case]:
    """Every requested slot of every line."""
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            requested, slots, text = row["requested"], row["slots"], row["text"]
        except (ValueError, KeyError, TypeError) as wrong:
            sys.exit(f"{path}, line {number}: not a line of text, requested and slots ({wrong})")
        asked_last = last_asked(requested)
        for slot in dict.fromkeys(requested):
            if slot in WANTED:
                yield Case(text, slot, slots.get(slot), slot == asked_last)


def last_asked(requested: Sequence[str]) -> str | None:
    """The slot requested most often is the one asked again; the first one otherwise."""
    return max(requested, key=requested.count) if requested else None


def offline(case: Case) -> Extracted | None:
    """What the offline extraction finds."""
    found = answer(WANTED[case.slot], case.text, SETTING, case.asked_first)
    return None if found is None else Extracted(case.text[found.start : found.end], str(found.value))


def normalised(words: str) -> str:
    """Words without case and punctuation."""
    return " ".join(re.sub(r"[^\w\s]+", "", words.casefold()).split())


def means_same(case: Case, found: Extracted) -> bool:
    """Whether the labelled words, read as an answer, give the same value."""
    label = answer(WANTED[case.slot], case.label or "", SETTING)
    if case.slot == "date":
        return label is not None and label.value == found.value
    return case.slot == "time" and clock(case.label or "") is not None and clock(case.label or "") == clock(found.words)


def clock(words: str) -> tuple[int, int] | None:
    """Hour and minute, in 24 hours where an afternoon is said."""
    match = re.search(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap])?", words.casefold())
    if match is None:
        return None
    hour = int(match[1]) % 12 + 12 if match[3] == "p" else int(match[1])
    return hour, int(match[2] or 0)


def measure(path: Path, show: bool) -> dict[str, Any]:
    """The counts over all lines with requested slots."""
    count: Counter[str] = Counter()
    seconds = []
    for case in cases(path):
        began = time.perf_counter()
        found = offline(case)
        seconds.append(time.perf_counter() - began)
        if case.label is None:
            good = found is None
            count.update(none_cases=1, none_recognised=good)
        else:
            good = found is not None and normalised(found.words) == normalised(case.label)
            count.update(asked=1, exact=good, same=good or (found is not None and means_same(case, found)))
        if show and not good:
            print(f"{case.slot}: {case.text!r} is {case.label!r}, found {found}", file=sys.stderr)
    keys = ("asked", "exact", "same", "none_cases", "none_recognised")
    p50 = statistics.median(seconds) * 1000 if seconds else 0.0
    return {**{key: count[key] for key in keys}, "p50_ms": round(p50, 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", action="store_true", help="print what was not right to standard error")
    asked = parser.parse_args()
    print(json.dumps(measure(asked.file, asked.show)))


if __name__ == "__main__":
    main()
