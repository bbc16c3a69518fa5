"""Several things in one message, each asked for by its own words: procedures to start, and questions to answer."""

import re
from collections.abc import Iterator, Sequence

from deskhand.adapters.offline.knowing import SURE, answer, asks
from deskhand.adapters.offline.reading import CLEARLY, Reading
from deskhand.adapters.offline.requests import several_requests
from deskhand.domain.commands import Command
from deskhand.ports.understanding import Passage

MOST_SENTENCES = 6
_SENTENCES = re.compile(r"(?<=[.!?\n])\s+")


def several(reading: Reading) -> tuple[Command, ...]:
    """What the requests of one message ask for, in their order; nothing where that is one thing only."""
    parts = several_requests(reading.context.text)
    found = tuple(_each(reading, parts)) if len(parts) > 1 else ()
    return found if len(found) > 1 else ()


def besides(reading: Reading) -> tuple[Command, ...]:
    """What else is asked for in a message that answers the question: "A1001. And when are you open?"."""
    parts = several_requests(reading.context.text)
    if len(parts) == 1:
        parts = _SENTENCES.split(reading.context.text.strip())[:MOST_SENTENCES]
    found = _each(reading, parts, CLEARLY) if len(parts) > 1 else ()
    return tuple(one for one in found if getattr(one, "procedure", "") != reading.context.running)[:1]


def _each(reading: Reading, parts: Sequence[str], least: float = 0.0) -> Iterator[Command]:
    seen: set[str] = set()
    answers = iter(_sure(reading))
    for part in parts:
        wanted = reading.clear(part)
        if wanted is not None and wanted.score >= least:
            if wanted.slug not in seen:
                seen.add(wanted.slug)
                yield reading.start(wanted.slug, part)
        elif asks(part) and (passage := next(answers, None)) is not None:
            yield answer(passage)


def _sure(reading: Reading) -> list[Passage]:
    """What answers surely; which of several questions each answers need not be known."""
    context = reading.context
    return [one for one in context.look_up(context.text) if one.answer and one.score >= SURE]
