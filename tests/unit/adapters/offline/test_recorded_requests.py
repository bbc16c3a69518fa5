"""Real sentences from two public collections: twenty procedures with ten example phrases each, and what fits none."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from deskhand.adapters.offline.matching import Index
from deskhand.adapters.offline.understanding import MATCHES, OfflineUnderstanding
from deskhand.domain.commands import StartProcedure
from deskhand.ports.understanding import Candidate, Context

DATA = Path(__file__).resolve().parents[5] / "shared" / "workloads" / "trigger"
DRAWS = range(3)
SAMPLE = 200


class Recorded(NamedTuple):
    candidates: tuple[Candidate, ...]
    meant: list[tuple[str, str]]
    beyond: list[str]


def recorded(name: str) -> Iterator[Recorded]:
    """Several times twenty intents drawn by lot as procedures, sentences that mean them, sentences that mean none."""
    if not (DATA / f"{name}_dev.jsonl").exists():
        pytest.skip(f"{name} is not in {DATA}: put the trigger workloads there to run this")
    intents: list[dict[str, Any]] = json.loads((DATA / f"{name}_intents.json").read_text())
    rows = [json.loads(line) for line in (DATA / f"{name}_dev.jsonl").read_text().splitlines()]
    for seed in DRAWS:
        draw = random.Random(seed)
        candidates = tuple(
            Candidate(one["intent"], one["intent"].replace("_", " "), "", tuple(one["examples_train10"]))
            for one in draw.sample(intents, 20)
        )
        slugs = {one.slug for one in candidates}
        known = {phrase for one in candidates for phrase in one.phrases}
        meant = [(row["text"], row["intent"]) for row in rows if row["intent"] in slugs and row["text"] not in known]
        beyond = [row["text"] for row in rows if row["intent"] not in slugs]
        yield Recorded(candidates, draw.sample(meant, SAMPLE), draw.sample(beyond, SAMPLE))


@pytest.mark.parametrize("name", ["banking77", "clinc150"])
def test_four_of_five_sentences_fit_their_procedure_best(name: str) -> None:
    right = []
    for data in recorded(name):
        index = Index(data.candidates, "en")
        right += [[one.slug for one in index.match(text)[:1]] == [intent] for text, intent in data.meant]
    assert sum(right) / len(right) >= 0.8


def test_three_of_four_sentences_about_other_things_are_refused() -> None:
    refused = []
    for data in recorded("clinc150"):
        index = Index(data.candidates, "en")
        refused += [not any(one.score >= MATCHES for one in index.match(text)) for text in data.beyond]
    assert sum(refused) / len(refused) >= 0.75


@pytest.mark.parametrize("name", ["banking77", "clinc150"])
async def test_what_starts_is_nearly_always_what_was_meant(name: str) -> None:
    understanding = OfflineUnderstanding()
    started = []
    for data in recorded(name):
        for text, intent in data.meant:
            commands = await understanding.understand(Context(text, data.candidates))
            started += [one.procedure == intent for one in commands if isinstance(one, StartProcedure)]
    assert len(started) >= 0.6 * SAMPLE * len(DRAWS)
    assert sum(started) / len(started) >= 0.9
