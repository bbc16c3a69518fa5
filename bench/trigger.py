"""Which procedure a message wants, or none: `python -m bench.trigger --intents FILE --test FILE [--examples 10]`.

Each intent becomes a procedure with its name and so many of its examples as phrases. Of each line of the test file the
best procedure and its score are taken. A line whose intent is no procedure is out of scope. Prints one line of JSON:
`top1` is the share of the lines in scope whose procedure comes first; `oos_recall_at_5` the share of the others that
score lower than all but five in a hundred of those in scope; `auroc` how surely a line in scope scores higher than one
out of scope. `refused` and `accepted` are what the product itself does of both, at its own threshold.
"""

import argparse
import json
import random
import statistics
import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from deskhand.adapters.offline.matching import Index
from deskhand.adapters.offline.understanding import MATCHES
from deskhand.ports.understanding import Candidate

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


def judged(index: Index, slugs: set[str], row: dict[str, Any]) -> Judged:
    began = time.perf_counter()
    matches = index.match(row["text"])
    seconds = time.perf_counter() - began
    best = matches[0] if matches else None
    right = best is not None and best.slug == row["intent"]
    return Judged(best.score if best else 0.0, right, row["intent"] in slugs, seconds)


def auroc(within: list[float], beyond: list[float]) -> float:
    """How often a line in scope scores higher than one out of scope; the same counts half."""
    ordered = sorted(beyond)
    above = sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in within)
    return above / (2 * len(within) * len(beyond))


def refused_at(within: list[float], beyond: list[float]) -> float:
    """The share out of scope below the score that refuses one in twenty of those in scope."""
    threshold = sorted(within)[int(FALSE_REFUSALS * len(within))]
    return sum(score < threshold for score in beyond) / len(beyond)


def measure(candidates: tuple[Candidate, ...], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    began = time.perf_counter()
    index = Index(candidates, "en")
    learned = time.perf_counter() - began
    slugs = {one.slug for one in candidates}
    lines = [judged(index, slugs, row) for row in rows]
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
    asked = parser.parse_args()
    intents = json.loads(asked.intents.read_text())
    rows = [json.loads(line) for line in asked.test.read_text().splitlines()]
    print(json.dumps(measure(procedures(intents, asked.examples, asked.leave_out), rows)))


if __name__ == "__main__":
    main()
