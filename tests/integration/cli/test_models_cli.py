"""`deskhand models`: stored, tried, paid for and removed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fake_model import KEY, MODEL, FakeModel, words
from tests.integration.cli.command import Server, Told
from tests.integration.cli.test_live import conversation_of


@pytest.fixture
async def fake(demo: Server) -> AsyncIterator[FakeModel]:
    """A model that the demo's workspace may reach; its tests name it `large`, which no agent does."""
    async with FakeModel.running() as running:
        assert (await command(demo, "hosts", "allow", running.host)).code == 0
        yield running
        assert (await command(demo, "hosts", "forbid", running.host)).code == 0


async def command(demo: Server, *given: str, stdin: str = "") -> Told:
    """Run a command while the model goes on answering."""
    return await asyncio.to_thread(demo.run, *given, stdin=stdin)


async def test_a_model_is_stored_tried_and_removed(demo: Server, fake: FakeModel) -> None:
    assert (await command(demo, "secrets", "put", "CLI_KEY", stdin=KEY)).code == 0
    stored = await command(
        demo, "models", "put", "large", "compatible", MODEL, "--base-url", fake.url, "--secret", "CLI_KEY",
        "--price-input", "1", "--price-output", "2", "--limit-day", "5", "--per-minute", "60",
    )  # fmt: skip
    assert (stored.code, stored.out) == (0, "`large` is stored.\n")

    listed = await command(demo, "models")
    nothing = await command(demo, "models", "spending", "large")
    fake.say(words("ready"))
    tried = await command(demo, "models", "test", "large")
    spent = await command(demo, "models", "spending", "large", "--json")

    assert f"large  compatible  {MODEL}  {fake.url}  CLI_KEY" in " ".join(listed.out.split("\n")).replace("   ", "  ")
    assert nothing.out == "Nothing so far.\n"
    assert tried.code == 0
    assert tried.out.startswith("It answers, after ")
    assert [row["cost"] for row in spent.json] == [140]
    assert "0.0001" in (await command(demo, "models", "spending", "large")).out
    assert KEY not in listed.out + tried.out
    assert (await command(demo, "models", "remove", "large")).out == "`large` is removed.\n"
    assert (await command(demo, "secrets", "remove", "CLI_KEY")).code == 0


async def test_a_conversation_is_written_as_a_recording(demo: Server, tmp_path: Path) -> None:
    conversation = conversation_of((await command(demo, "chat", stdin="hello\n")).out)
    file = tmp_path / "exchanges.jsonl"
    written = await command(demo, "models", "recording", conversation, "--to", str(file))
    refused = await command(demo, "models", "recording", conversation, "--to", str(tmp_path / "none" / "file"))

    assert (written.code, written.out) == (0, f"0 exchanges written to {file}.\n")
    assert file.read_text() == ""
    assert refused.code == 1
    assert "cannot be written" in refused.err


async def test_what_is_wrong_is_said_and_ends_with_1(demo: Server, fake: FakeModel) -> None:
    put = ("models", "put", "large", "compatible", MODEL)
    missing = await command(demo, *put)
    fake.key = "another"
    await command(demo, *put, "--base-url", fake.url)
    tried = await command(demo, "models", "test", "large")
    await command(demo, "models", "remove", "large")
    gone = await command(demo, "models", "remove", "large")

    assert (missing.code, tried.code, gone.code) == (1, 1, 1)
    assert "`base_url` is missing" in missing.err
    assert "refuses the key (401)" in tried.out
    assert "Traceback" not in missing.err + tried.err + gone.err


async def test_without_models_agents_understand_offline(demo: Server) -> None:
    assert (await command(demo, "models")).out == "No language models: agents understand offline.\n"
    assert (await command(demo, "models", "list", "--json")).json == []
