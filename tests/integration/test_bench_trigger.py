"""Trigger matching is measured through a model too."""

from typing import Any

from bench.trigger import EXAMPLES, measure, procedures
from tests.fake_model import MODEL, FakeModel, calls

INTENTS = [
    {"intent": "refund", EXAMPLES: ["i want my money back", "refund my order", "reimburse me"]},
    {"intent": "opening", EXAMPLES: ["when do you open", "are you open today", "opening hours"]},
]
ROWS = [
    {"text": "money back please", "intent": "refund"},
    {"text": "are you open", "intent": "opening"},
    {"text": "the sky is blue", "intent": None},
]


async def measured(fake: FakeModel, embeddings: str | None) -> dict[str, Any]:
    fake.key = None
    return await measure(procedures(INTENTS, 10, 0), ROWS, f"{fake.url}#{MODEL}", embeddings)


async def test_what_a_model_starts_counts_as_its_answer() -> None:
    async with FakeModel.running() as fake:
        fake.say(calls({"kind": "start_procedure", "procedure": "refund", "values": {}}))
        fake.say(calls({"kind": "start_procedure", "procedure": "refund", "values": {}}))
        fake.say(calls())
        result = await measured(fake, None)
    assert (result["messages"], result["top1"], result["auroc"]) == (3, 0.5, 1.0)


async def test_a_models_vectors_are_asked_for_once_for_each_text() -> None:
    async with FakeModel.running() as fake:
        result = await measured(fake, "vectors-1")
    asked = [text for texts in fake.embedded for text in texts]
    assert sorted(asked) == sorted({*asked})
    assert {"i want my money back", "refund", "the sky is blue"} <= set(asked)
    assert result["messages"] == 3
