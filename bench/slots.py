"""Asked-for values in answers: `python -m bench.slots FILE [--model NAME] [--limit N] [--verbose]`.

FILE holds a line of JSON for each answer: {"text", "requested": [slot…], "slots": {slot: words}}, with the slots
people, date, time, first_name and last_name. Every line with requested slots is read as a customer's answer to a
question for them. For a slot that the line holds, exact means that the characters found are the labelled words, but
for case and punctuation; for one that it does not hold, recognised means that nothing is found. `same` counts besides
what means the same as the labelled words: 11:45 Am where the label is 11:45. A slot that is requested twice is what
was asked last, and a single name answers that. A model gives no characters but values: there exact is what means the
same.
Prints one line of JSON.
"""

import argparse
import asyncio
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from deskhand.adapters.llm.for_bench import ModelUnderstanding, model_understanding
from deskhand.adapters.offline.extraction import answer
from deskhand.adapters.offline.setting import Setting
from deskhand.domain.commands import SetVariables
from deskhand.ports.understanding import Context, Wanted

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
BETWEEN_POINTS = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*([ap])?", re.IGNORECASE)


class Extracted(NamedTuple):
    """What was found for a slot: the words for it, and the value that they stand for."""

    words: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """An answer, the slots that were asked for, the one asked last first, and the labelled words."""

    text: str
    requested: tuple[str, ...]
    labels: dict[str, str]


def lines_of(path: Path) -> Iterator[Line]:
    """The lines with requested slots."""
    for number, text in enumerate(path.read_text().splitlines(), start=1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            requested = [slot for slot in row["requested"] if slot in WANTED]
            line = Line(row["text"], tuple(sorted(set(requested), key=_asked_last(requested))), row["slots"])
        except (ValueError, KeyError, TypeError) as wrong:
            sys.exit(f"{path}, line {number}: no object with text, requested and slots ({wrong!r}). Correct the line.")
        if line.requested:
            yield line


def _asked_last(requested: list[str]) -> Any:
    return lambda slot: (-requested.count(slot), requested.index(slot))


def offline(line: Line) -> dict[str, Extracted]:
    """What the offline extraction finds for each requested slot."""
    found = {}
    for slot in line.requested:
        one = answer(WANTED[slot], line.text, SETTING, slot == line.requested[0])
        if one is not None:
            found[slot] = Extracted(line.text[one.start : one.end], str(one.value))
    return found


async def through(model: ModelUnderstanding, line: Line) -> dict[str, Extracted]:
    """What a model finds in the same answer."""
    asked, *later = (WANTED[slot] for slot in line.requested)
    context = Context(
        line.text, (), region="GB", now=SETTING.now, pending=asked, later=tuple(later), running="book-a-table"
    )
    commands = await model.understand(context)
    values = {name: value for one in commands if isinstance(one, SetVariables) for name, value in one.values.items()}
    return {name: Extracted(str(value), str(value)) for name, value in values.items() if name in line.requested}


def normalised(words: str) -> str:
    """Words without case and punctuation."""
    return " ".join(re.sub(r"[^\w\s]+", "", words.casefold()).split())


def means_same(slot: str, label: str, found: Extracted) -> bool:
    """Whether the labelled words, read as an answer, give the same day, or the same time on the clock."""
    if slot == "date":
        read = answer(WANTED[slot], label, SETTING)
        return read is not None and read.value == found.value
    return slot == "time" and _clock(label) is not None and _clock(label) == _clock(found.words)


def _clock(words: str) -> tuple[int, int] | None:
    """Hour and minute, in 24 hours where an afternoon is said."""
    match = BETWEEN_POINTS.search(words)
    if match is None:
        return None
    hour = int(match[1]) % 12 + 12 if (match[3] or "").lower() == "p" else int(match[1])
    return hour, int(match[2] or 0)


class Tally:
    """The counts over all lines."""

    def __init__(self, by_value: bool, verbose: bool) -> None:
        self._by_value = by_value
        self._verbose = verbose
        self.count: Counter[str] = Counter()

    def add(self, line: Line, found: dict[str, Extracted]) -> None:
        """Judge what was found for every requested slot of a line."""
        for slot in line.requested:
            label, one = line.labels.get(slot), found.get(slot)
            if label is None:
                good = one is None
                self.count.update(none_cases=1, none_recognised=good)
            else:
                exact = one is not None and normalised(one.words) == normalised(label)
                same = exact or (one is not None and means_same(slot, label, one))
                good = same if self._by_value else exact
                self.count.update(asked=1, exact=good, same=same)
            if self._verbose and not good:
                print(f"{slot}: {line.text!r} holds {label!r}, found {one and one.words!r}", file=sys.stderr)


async def measure(path: Path, model: str | None, limit: int | None, verbose: bool) -> dict[str, Any]:
    """Every line with requested slots, then the sums."""
    inner = model_understanding(model) if model else None
    tally, seconds = Tally(inner is not None, verbose), []
    for line in list(lines_of(path))[:limit]:
        began = time.perf_counter()
        found = await through(inner, line) if inner else offline(line)
        seconds.append(time.perf_counter() - began)
        tally.add(line, found)
    if inner is not None:
        await inner.close()
    keys = ("asked", "exact", "same", "none_cases", "none_recognised")
    p50 = statistics.median(seconds) * 1000 if seconds else 0.0
    return {**{key: tally.count[key] for key in keys}, "p50_ms": round(p50, 3)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="the answers, one a line")
    parser.add_argument("--model", help="extract with a model: openai:NAME, http://HOST/v1#NAME, replay:FILE, …")
    parser.add_argument("--limit", type=int, help="only so many lines with requested slots")
    parser.add_argument("--verbose", action="store_true", help="say on stderr what is not right")
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(measure(asked.file, asked.model, asked.limit, asked.verbose))))


if __name__ == "__main__":
    main()
