"""Language models over the API: set up, tried, bounded, and used by conversations."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.fake_model import KEY, MODEL, FakeModel, Reply, calls, trouble, words
from tests.integration.api.desk import GREETING, Desk, problem, publish, talk, texts

DOTS = "••••••••"


@pytest.fixture
async def fake(owner: httpx2.AsyncClient) -> AsyncIterator[FakeModel]:
    """A model on loopback, whose host the workspace opens."""
    async with FakeModel.running() as running:
        await owner.put("/v1/settings/internal-hosts", json={"hosts": [running.host]})
        yield running


def local(fake: FakeModel, **change: Any) -> dict[str, Any]:
    return {"provider": "compatible", "model": MODEL, "base_url": fake.url, "key": KEY, **change}


async def put(owner: httpx2.AsyncClient, fake: FakeModel, slug: str = "default", **change: Any) -> dict[str, Any]:
    answer = await owner.put(f"/v1/models/{slug}", json=local(fake, **change))
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def test_a_model_is_stored_and_its_key_never_shown(owner: httpx2.AsyncClient, fake: FakeModel) -> None:
    shown = await put(owner, fake, price_input=1, price_output=2, limit_day=5)

    assert shown["key"] == DOTS
    assert shown["secret"] == "MODEL_DEFAULT_KEY"
    assert (shown["address"], shown["timeout_seconds"], shown["limit_day"]) == (fake.url, 20, 5)
    assert (await owner.get("/v1/models/default")).json() == shown
    assert (await owner.get("/v1/models")).json()["items"] == [shown]
    for path in ("models", "models/default", "secrets", "audit"):
        assert KEY not in (await owner.get(f"/v1/{path}")).text


async def test_a_key_that_is_left_out_or_sent_as_dots_stays(owner: httpx2.AsyncClient, fake: FakeModel) -> None:
    await put(owner, fake)
    for kept in ({"key": DOTS}, {"key": None}):
        await put(owner, fake, **kept)
        fake.say(words("ready"))
        assert (await owner.post("/v1/models/default/test")).json()["ok"]

    await put(owner, fake, key="sk-another")
    tried = (await owner.post("/v1/models/default/test")).json()

    assert not tried["ok"]
    assert "refuses the key (401)" in tried["problem"]
    assert [one["name"] for one in (await owner.get("/v1/secrets")).json()["items"]] == ["MODEL_DEFAULT_KEY"]


async def test_a_key_that_something_else_uses_is_not_overwritten(owner: httpx2.AsyncClient, fake: FakeModel) -> None:
    await owner.put("/v1/secrets/SHARED", json={"value": KEY})
    await put(owner, fake, key=None, secret="SHARED")
    await put(owner, fake, "large", key=None, secret="SHARED")

    shown = await put(owner, fake, key="sk-another", secret="SHARED")

    assert shown["secret"] == "MODEL_DEFAULT_KEY"
    fake.say(words("ready"))
    assert (await owner.post("/v1/models/large/test")).json()["ok"]
    assert problem(await owner.delete("/v1/secrets/SHARED"), 409)["detail"].count("the model `large`") == 1


UNUSABLE: list[tuple[dict[str, Any], str]] = [
    ({"base_url": None}, "`base_url` is missing"),
    ({"base_url": "http://me:secret@127.0.0.1/v1"}, "`base_url`: must be an address"),
    ({"key": DOTS}, "only the dots"),
    ({"key": "two\nlines"}, "`key` can be no key"),
    ({"key": "Schlüssel"}, "`key` can be no key"),
    ({"key": None, "secret": "MISSING"}, "There is no secret `MISSING`"),
    ({"limit_day": 1}, "`price_input` and `price_output` are missing"),
    ({"provider": "openai", "key": None}, "`key` is missing"),
    ({"provider": "anthropic", "embeddings_model": "e"}, "anthropic has none"),
    ({"provider": "skynet"}, "provider"),
    ({"timeout_seconds": 0}, "timeout_seconds"),
    ({"color": "red"}, "color"),
]


async def test_what_cannot_work_is_refused_with_a_sentence(owner: httpx2.AsyncClient, fake: FakeModel) -> None:
    for change, said_so in UNUSABLE:
        answer = await owner.put("/v1/models/default", json=local(fake, **change))

        assert answer.status_code == 422, answer.text
        assert said_so in json.dumps(answer.json(), ensure_ascii=False)
    assert (await owner.get("/v1/models")).json()["items"] == []
    assert (await owner.get("/v1/secrets")).json()["items"] == []


async def test_no_model_is_called_offline(owner: httpx2.AsyncClient, fake: FakeModel) -> None:
    answer = await owner.put("/v1/models/offline", json=local(fake))

    assert "may not be `offline`" in problem(answer, 422)["detail"]


async def test_a_test_says_what_is_wrong(owner: httpx2.AsyncClient, fake: FakeModel) -> None:
    await put(owner, fake)
    fake.say(trouble(404, "no such model"))
    wrong_name = (await owner.post("/v1/models/default/test")).json()
    await owner.put("/v1/settings/internal-hosts", json={"hosts": []})
    closed = (await owner.post("/v1/models/default/test")).json()

    assert wrong_name["problem"] == "The model `default` turns the request down (404): no such model."
    assert "allow-list" in closed["problem"]
    assert problem(await owner.post("/v1/models/none/test"), 404)


async def test_spending_is_shown_by_day(owner: httpx2.AsyncClient, fake: FakeModel) -> None:
    await put(owner, fake, price_input=1, price_output=2)
    assert (await owner.get("/v1/models/default/spending")).json() == {"items": []}
    fake.say(words("ready"))
    await owner.post("/v1/models/default/test")

    [row] = (await owner.get("/v1/models/default/spending?since=2020-01-01")).json()["items"]

    assert (row["model"], row["cost"], row["input_tokens"], row["output_tokens"], row["calls"]) == (
        "default", 140, 100, 20, 1,
    )  # fmt: skip
    assert (await owner.get("/v1/models/default/spending?since=2999-01-01")).json() == {"items": []}
    assert (await owner.get("/v1/models/default/spending?since=yesterday")).status_code == 422


async def test_members_look_and_builders_change(
    desk: Desk, owner: httpx2.AsyncClient, agent: httpx2.AsyncClient, fake: FakeModel
) -> None:
    await put(owner, fake)

    assert (await agent.get("/v1/models/default")).status_code == 200
    for method, path in (("PUT", ""), ("DELETE", ""), ("POST", "/test")):
        answer = await agent.request(method, f"/v1/models/default{path}", json=local(fake))
        assert answer.status_code == 403


async def test_a_model_that_an_agent_names_stays(owner: httpx2.AsyncClient, fake: FakeModel) -> None:
    await put(owner, fake, "large")
    assert (await owner.put("/v1/agents/sam", json={"name": "Sam", "model": "large"})).json()["model"] == "large"
    assert "The agent `sam`" in problem(await owner.delete("/v1/models/large"), 409)["detail"]
    await owner.put("/v1/agents/sam", json={"name": "Sam", "model": "offline"})

    assert (await owner.delete("/v1/models/large")).status_code == 204
    assert problem(await owner.get("/v1/models/large"), 404)
    unknown = await owner.put("/v1/agents/sam", json={"name": "Sam", "model": "large"})
    assert "There is no model `large`" in problem(unknown, 409)["detail"]


async def test_names_in_instructions_that_match_nothing_are_pointed_out(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    text = "Say hello with `greeting`. Use `greting` for guests and `wire-money` never."

    stored = (await owner.put("/v1/agents/sam", json={"name": "Sam", "instructions": text})).json()

    assert stored["problems"] == [
        "The instructions name `greting`, which is no action and no procedure; did you mean `greeting`?",
        "The instructions name `wire-money`, which is no action and no procedure.",
    ]
    assert stored["instructions"] == text


# in a conversation


async def timeline(owner: httpx2.AsyncClient, conversation: str) -> list[dict[str, Any]]:
    answer = await owner.get(f"/v1/conversations/{conversation}/entries")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def say(owner: httpx2.AsyncClient, conversation: str, text: str) -> dict[str, Any]:
    answer = await owner.post(f"/v1/conversations/{conversation}/messages?wait=10", json={"text": text})
    assert answer.status_code in (200, 201, 202), answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


@pytest.mark.parametrize("fails", [False, True])
async def test_a_conversation_is_understood_and_the_exchange_is_on_its_timeline(
    owner: httpx2.AsyncClient, fake: FakeModel, fails: bool
) -> None:
    await publish(owner, GREETING)
    await put(owner, fake, price_input=1, price_output=2)
    good = calls({"kind": "start_procedure", "procedure": "greeting", "values": {}})
    fake.say(*([Reply(call="{"), Reply(call="{")] if fails else [good]))
    conversation = await talk(owner)

    receipt = await say(owner, conversation, "greet me, please: I would like a greeting")

    told = [one for one in await timeline(owner, conversation) if one["kind"] == "model"]
    assert len(told) == (2 if fails else 1)
    assert told[0]["body"]["cost"] == 140
    assert told[0]["body"]["prompt"]
    assert (told[0]["body"]["problem"] is None) != fails
    assert KEY not in json.dumps(told)
    assert texts(receipt)
