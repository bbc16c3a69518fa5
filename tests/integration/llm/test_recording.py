"""What was recorded with a model can be replayed without one; benchmarks take both."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from deskhand.adapters.llm import Models
from deskhand.adapters.llm.for_bench import KEY as KEY_VARIABLE
from deskhand.adapters.llm.for_bench import UnknownModel, model_understanding
from deskhand.adapters.llm.online import Online
from deskhand.adapters.llm.recording import BadRecording, Recorder, Replay, recorded
from deskhand.domain.commands import HandOver, StartProcedure
from deskhand.ports.language_model import Access, Facts, ModelFailed
from tests.fake_model import KEY, MODEL, FakeModel, Reply, calls, trouble, vector, words
from tests.integration.llm.shop import CONTEXT, START, said

HAND_OVER = {"kind": "hand_over", "reason": "asked"}


async def test_a_recorded_conversation_is_replayed_without_the_model(
    fake: FakeModel, access: Access, tmp_path: Path
) -> None:
    file = tmp_path / "answers.jsonl"
    recording = Models(Recorder(Online(), file))
    fake.say(calls(START), calls(HAND_OVER), words("It has shipped."))
    first = await recording.understand(access, CONTEXT)
    await recording.understand(access, said(f"a person, please; my key is {KEY}"))
    await recording.phrase(access, Facts("Find an order", {"status": "shipped"}))
    await recording.close()

    replay = Models(Replay.of(file))
    shown: list[str] = []
    again = await replay.understand(access, CONTEXT)
    phrased = await replay.phrase(access, Facts("Find an order", {"status": "shipped"}), shown.append)

    assert again.commands == first.commands == (StartProcedure(procedure="refund"),)
    assert (again.exchange.input_tokens, again.exchange.output_tokens) == (100, 20)
    assert phrased.text == "It has shipped."
    assert shown
    assert KEY not in file.read_text()
    assert len(fake.requests) == 3
    with pytest.raises(ModelFailed, match="holds no answer to this"):
        await replay.understand(access, said("something else"))


async def test_the_exchanges_of_a_timeline_are_a_recording(fake: FakeModel, models: Models, access: Access) -> None:
    fake.say(calls(START))
    exchange = (await models.understand(access, CONTEXT)).exchange

    replay = Models(Replay([json.loads(json.dumps(recorded(exchange)))]))

    assert (await replay.understand(access, CONTEXT)).commands == (StartProcedure(procedure="refund"),)


async def test_a_recording_answers_on_another_day_too(fake: FakeModel, models: Models, access: Access) -> None:
    fake.say(calls(START))
    exchange = (await models.understand(access, CONTEXT)).exchange
    replay = Models(Replay([exchange.body()]))
    later = replace(CONTEXT, now=CONTEXT.now + 3 * 86_400_000)

    assert (await replay.understand(access, later)).commands == (StartProcedure(procedure="refund"),)
    with pytest.raises(ModelFailed, match="holds no answer to this"):
        await replay.understand(access, replace(later, running="refund"))


@pytest.mark.parametrize("text", ["no JSON", "[]", "{}", '{"digest": "x"}'])
def test_a_file_that_is_no_recording_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(text)

    with pytest.raises(BadRecording, match="Line 1"):
        Replay.of(file)
    with pytest.raises(BadRecording, match="cannot be read"):
        Replay.of(tmp_path / "nothing")


async def test_a_benchmark_runs_through_a_model_and_then_without_it(
    fake: FakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    file = tmp_path / "answers.jsonl"
    through = model_understanding(f"{fake.url}#{MODEL}", record=file, embeddings="vectors")
    fake.say(Reply(call="{"), calls(HAND_OVER))

    assert await through.understand(CONTEXT) == (HandOver(reason="asked"),)
    assert await through.understand(said("…")) == ()
    assert await through.embed(["a"]) == (tuple(vector("a")),)
    assert [one.problem is None for one in through.exchanges] == [False, True, True]
    await through.close()

    without = model_understanding(f"replay:{file}")
    assert not without.immediate
    assert len(fake.requests) == 2
    assert await without.understand(CONTEXT) == (HandOver(reason="asked"),)
    assert len(fake.requests) == 2
    await without.close()


async def test_a_benchmark_does_not_go_on_without_its_key(fake: FakeModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    through = model_understanding(f"{fake.url}#{MODEL}")

    with pytest.raises(ModelFailed, match="refuses the key"):
        await through.understand(CONTEXT)
    fake.key = None
    fake.say(trouble(500), trouble(500))
    assert await through.understand(CONTEXT) == ()
    await through.close()


@pytest.mark.parametrize("name", ["", "openai:x", "gpt-5", "http://127.0.0.1:1/v1", "compatible:x", "http://#x"])
def test_what_names_no_model_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)

    with pytest.raises(UnknownModel):
        model_understanding(name)
