"""Which procedure a message wants, or none: `python -m bench.trigger --intents FILE --test FILE [--model NAME]`.

Each intent becomes a procedure with its name and so many of its examples as phrases. Of each line of the test file the
best procedure and its score are taken. A line whose intent is no procedure is out of scope. Prints one line of JSON:
`top1` is the share of the lines in scope whose procedure comes first; `oos_recall_at_5` the share of the others that
score lower than all but five in a hundred of those in scope; `auroc` how surely a line in scope scores higher than one
out of scope. `refused` and `accepted` are what the product itself does of both, at its own threshold.

With `--model` that model understands, and what it starts has the score 1. With `--embeddings` too, its vectors are
heard beside the words instead.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
from bisect import bisect_left, bisect_right
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from deskhand.adapters.llm.for_bench import ModelUnderstanding, model_understanding
from deskhand.adapters.offline.matching import Index, Match, learned_texts
from deskhand.adapters.offline.understanding import MATCHES
from deskhand.domain.commands import Clarify, StartProcedure
from deskhand.ports.understanding import Candidate, Context

EXAMPLES = "examples_train10"
FALSE_REFUSALS = 0.05
DRAW = 0
"""The lot by which intents are left out."""


class Judged(NamedTuple):
    score: float
    right: bool
    in_scope: bool
    seconds: float


def procedures(intents: Sequence[dict[str, Any]], examples: int, left_out: int) -> tuple[Candidate, ...]:
    """All intents but some drawn by lot."""
    gone = {one["intent"] for one in random.Random(DRAW).sample(list(intents), left_out)}
    return tuple(
        Candidate(one["intent"], one["intent"].replace("_", " "), "", tuple(one[EXAMPLES][:examples]))
        for one in intents
        if one["intent"] not in gone
    )


Best = Callable[[str], Awaitable[tuple[str | None, float]]]
"""The best procedure for a message, and its score."""


async def by_words(candidates: tuple[Candidate, ...]) -> Best:
    index = Index(candidates, "en")

    async def best(text: str) -> tuple[str | None, float]:
        return _first(index.match(text))

    return best


async def by_vectors(candidates: tuple[Candidate, ...], model: ModelUnderstanding) -> Best:
    texts = learned_texts(candidates)
    index = Index(candidates, "en", dict(zip(texts, await model.embed(texts), strict=True)))

    async def best(text: str) -> tuple[str | None, float]:
        return _first(index.match(text, (await model.embed([text]))[0]))

    return best


async def by_model(candidates: tuple[Candidate, ...], model: ModelUnderstanding) -> Best:
    async def best(text: str) -> tuple[str | None, float]:
        for command in await model.understand(Context(text, candidates)):
            if isinstance(command, StartProcedure):
                return command.procedure, 1.0
            if isinstance(command, Clarify):
                return command.between[0], 0.5
        return None, 0.0

    return best


def _first(matches: list[Match]) -> tuple[str | None, float]:
    return (matches[0].slug, matches[0].score) if matches else (None, 0.0)


async def judged(best: Best, slugs: set[str], row: dict[str, Any]) -> Judged:
    began = time.perf_counter()
    slug, score = await best(row["text"])
    seconds = time.perf_counter() - began
    return Judged(score, slug is not None and slug == row["intent"], row["intent"] in slugs, seconds)


def auroc(within: list[float], beyond: list[float]) -> float:
    """How often a line in scope scores higher than one out of scope; the same counts half."""
    ordered = sorted(beyond)
    above = sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in within)
    return above / (2 * len(within) * len(beyond))


def refused_at(within: list[float], beyond: list[float]) -> float:
    """The share out of scope below the score that refuses one in twenty of those in scope."""
    threshold = sorted(within)[int(FALSE_REFUSALS * len(within))]
    return sum(score < threshold for score in beyond) / len(beyond)


async def measure(
    candidates: tuple[Candidate, ...], rows: Sequence[dict[str, Any]], model: str | None, embeddings: str | None
) -> dict[str, Any]:
    understanding = model_understanding(model, embeddings=embeddings) if model else None
    slugs = {one.slug for one in candidates}
    began = time.perf_counter()
    try:
        if understanding is None:
            best = await by_words(candidates)
        else:
            best = await (by_vectors if embeddings else by_model)(candidates, understanding)
        learned = time.perf_counter() - began
        lines = [await judged(best, slugs, row) for row in rows]
    finally:
        if understanding is not None:
            await understanding.close()
    within = [line.score for line in lines if line.in_scope]
    beyond = [line.score for line in lines if not line.in_scope]
    both = bool(within and beyond)
    return {
        "messages": len(lines),
        "top1": _share([line.right for line in lines if line.in_scope]),
        "oos_recall_at_5": round(refused_at(within, beyond), 4) if both else None,
        "auroc": round(auroc(within, beyond), 4) if both else None,
        "p50_ms": round(1000 * statistics.median(line.seconds for line in lines), 3),
        "learn_ms": round(1000 * learned, 1),
        "procedures": len(candidates),
        "refused": _share([score < MATCHES for score in within]),
        "accepted": _share([score >= MATCHES for score in beyond]),
    }


def _share(true: list[bool]) -> float | None:
    return round(sum(true) / len(true), 4) if true else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--intents", type=Path, required=True, help="intents with examples, a JSON array")
    parser.add_argument("--test", type=Path, required=True, help="messages with the intent of each, JSON lines")
    parser.add_argument("--examples", type=int, choices=(0, 5, 10), default=10, help="phrases for each procedure")
    parser.add_argument("--leave-out", type=int, default=0, help="intents that become no procedure")
    parser.add_argument("--model", help="understand with a model: openai:NAME, http://HOST/v1#NAME, replay:FILE, …")
    parser.add_argument("--embeddings", help="the model there that gives vectors, to be heard beside the words")
    parser.add_argument("--limit", type=int, help="only so many messages")
    asked = parser.parse_args()
    if asked.embeddings and not asked.model:
        parser.error("--embeddings needs --model, which says where: --model http://HOST/v1#NAME")
    intents = json.loads(asked.intents.read_text())
    rows = [json.loads(line) for line in asked.test.read_text().splitlines()][: asked.limit]
    candidates = procedures(intents, asked.examples, asked.leave_out)
    print(json.dumps(asyncio.run(measure(candidates, rows, asked.model, asked.embeddings))))


if __name__ == "__main__":
    main()
