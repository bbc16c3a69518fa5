"""Front ends that were made for language models talk to an agent, through the client that they use."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import openai
import pytest
from aiohttp import web

from deskhand.application import completions
from tests.integration.api.desk import Desk
from tests.integration.api.live import Live, serving
from tests.integration.channels.line import CHOOSING, FORM, GREETING

ASKS = "hello, please greet me by name"


@pytest.fixture
async def live(desk: Desk) -> AsyncIterator[Live]:
    async with serving(desk.app) as found:
        yield found


@pytest.fixture
async def client(desk: Desk, live: Live) -> AsyncIterator[openai.AsyncOpenAI]:
    async with talking(desk, live) as found:
        yield found


@asynccontextmanager
async def talking(desk: Desk, live: Live, role: str = "agent") -> AsyncIterator[openai.AsyncOpenAI]:
    """The usual client, with the key of a role."""
    key = desk.keys.get(role, role)
    transport = openai.DefaultAsyncHttpxClient(trust_env=False, verify=False)  # loading certificates takes its time
    async with openai.AsyncOpenAI(
        base_url=f"{live.address}/v1", api_key=key, max_retries=0, timeout=20, http_client=transport
    ) as client:
        yield client


class Chat:
    """A front end: it repeats everything that was said with each request."""

    def __init__(self, client: openai.AsyncOpenAI, **fields: Any) -> None:
        self._client = client
        self._fields = fields
        self.messages: list[Any] = [{"role": "system", "content": "You are a pirate."}]
        self.conversation = ""

    async def ask(self, **fields: Any) -> str:
        """Send what there is; gives the answer, and keeps it out of the messages."""
        asked = {"model": "default", **self._fields, **fields}
        answer = await self._client.chat.completions.create(messages=self.messages, **asked)
        self.conversation = answer.metadata["conversation_id"]  # type: ignore[attr-defined]
        return answer.choices[0].message.content or ""

    async def say(self, text: str, **fields: Any) -> str:
        self.messages.append({"role": "user", "content": text})
        told = await self.ask(**fields)
        self.messages.append({"role": "assistant", "content": told})
        return told


async def publish(desk: Desk, *documents: dict[str, Any]) -> None:
    authoring = desk.running.services.authoring
    for document in documents:
        row = await authoring.create(desk.workspace, document, "test")
        await authoring.publish(desk.workspace, row.slug, "test")


async def log(desk: Desk, conversation: str, kind: str = "said") -> list[str]:
    """The texts of a conversation's entries of a kind."""
    rows = await desk.running.services.stores.conversations.entries(desk.workspace, conversation)
    return [json.loads(row.body).get("text", "") for row in rows if row.kind == kind]


async def conversations(desk: Desk) -> list[str]:
    page = await desk.running.services.stores.conversations.page(desk.workspace)
    return [row.id for row in page.items]


# answers


async def test_a_conversation_from_the_first_word_to_the_last(desk: Desk, client: openai.AsyncOpenAI) -> None:
    await publish(desk, GREETING)
    chat = Chat(client)

    assert await chat.say(ASKS) == "What is your name?"
    first = chat.conversation
    assert await chat.say("Ada") == "Hello Ada!\n\nGood to have you here."
    assert chat.conversation == first
    assert await conversations(desk) == [first]
    assert await log(desk, first) == [ASKS, "Ada"]


async def test_an_answer_has_the_form_that_clients_expect(desk: Desk, client: openai.AsyncOpenAI) -> None:
    raw = await client.chat.completions.with_raw_response.create(
        model="default", messages=[{"role": "user", "content": "Hello"}]
    )
    answer = raw.parse()

    assert answer.object == "chat.completion"
    assert answer.id.startswith("chatcmpl-")
    assert (answer.model, answer.choices[0].finish_reason) == ("default", "stop")
    assert answer.choices[0].message.role == "assistant"
    assert (answer.usage.prompt_tokens, answer.usage.total_tokens) == (0, 0)
    assert raw.headers["x-conversation-id"] == answer.metadata["conversation_id"]
    async with desk.client() as owner:
        shown = (await owner.get(f"/v1/conversations/{answer.metadata['conversation_id']}")).json()
    assert (shown["channel"], shown["agent"]) == ("openai", "default")


async def test_choices_are_numbered_and_answered_by_number_or_name(desk: Desk, client: openai.AsyncOpenAI) -> None:
    await publish(desk, CHOOSING)
    for answer in ("2", "blue"):
        chat = Chat(client)
        assert await chat.say("I want to choose a colour for the parcel") == "Which colour?\n1. Red\n2. Blue"
        assert await chat.say(answer) == "It will be Blue."


async def test_a_form_is_filled_in_by_a_message(desk: Desk, client: openai.AsyncOpenAI) -> None:
    await publish(desk, FORM)
    chat = Chat(client)

    assert "1. Street\n2. E-mail" in await chat.say("I want to change the delivery address")
    assert await chat.say("Elm Street 1\nada@example.com") == "To Elm Street 1, ada@example.com."


async def test_the_language_of_a_new_conversation_can_be_chosen(client: openai.AsyncOpenAI) -> None:
    chat = Chat(client, metadata={"language": "de", "region": "DE"})

    assert await chat.say("Hallo") == "Hallo! Was kann ich für Sie tun?"


async def test_text_parts_are_read_as_one_message(desk: Desk, client: openai.AsyncOpenAI) -> None:
    chat = Chat(client)
    chat.messages.append(
        {"role": "user", "content": [{"type": "text", "text": "Hello"}, {"type": "text", "text": "there"}]}
    )
    await chat.ask()

    assert await log(desk, chat.conversation) == ["Hello\nthere"]


async def test_an_agent_is_named_as_the_model(desk: Desk, client: openai.AsyncOpenAI) -> None:
    async with desk.client() as owner:
        await owner.put("/v1/agents/sales", json={"name": "Sales"})
        chat = Chat(client, model="sales")
        await chat.say("Hello")
        shown = (await owner.get(f"/v1/conversations/{chat.conversation}")).json()

    assert shown["agent"] == "sales"


# streams


async def test_an_answer_can_be_streamed(desk: Desk, client: openai.AsyncOpenAI) -> None:
    await publish(desk, GREETING)
    chat = Chat(client)
    await chat.say(ASKS)
    messages = [*chat.messages, {"role": "user", "content": "Ada"}]
    stream = await client.chat.completions.create(
        model="default", messages=messages, stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]

    told = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert "".join(told) == "Hello Ada!\n\nGood to have you here."
    assert len([piece for piece in told if piece]) == 2
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert (chunks[-1].choices, chunks[-1].usage.total_tokens) == ([], 0)
    assert {chunk.metadata["conversation_id"] for chunk in chunks} == {chat.conversation}
    assert len({chunk.id for chunk in chunks}) == 1


async def test_a_stream_ends_with_done(desk: Desk, live: Live) -> None:
    async with desk.client() as owner:
        body = {"model": "default", "stream": True, "messages": [{"role": "user", "content": "Hello"}]}
        answer = await owner.post("/v1/chat/completions", json=body)

    assert answer.headers["content-type"].startswith("text/event-stream")
    lines = [line for line in answer.text.split("\n\n") if line]
    assert lines[-1] == "data: [DONE]"
    assert all(json.loads(line.removeprefix("data: "))["object"] == "chat.completion.chunk" for line in lines[:-1])


async def test_words_are_streamed_while_the_agent_writes(desk: Desk, client: openai.AsyncOpenAI) -> None:
    answers = asyncio.Event()
    async with slow(answers) as host:
        await with_slow_order(desk, host)
        stream = await client.chat.completions.create(
            model="default", messages=[{"role": "user", "content": "Where is my order?"}], stream=True
        )
        told = [chunk.choices[0].delta.content or "" for chunk in [await anext(stream)]]
        (conversation,) = await conversations(desk)
        async with asyncio.timeout(20):
            while not desk.running.services.streams.listening:  # noqa: ASYNC110 - nobody is told who listens
                await asyncio.sleep(0.01)
        for words in ("It", "It is"):
            desk.running.services.streams.write(desk.workspace, conversation, words)
            told.append((await anext(stream)).choices[0].delta.content or "")
        answers.set()
        told += [chunk.choices[0].delta.content or "" async for chunk in stream]

    assert told[:3] == ["", "It", " is"]
    assert "".join(told) == "It is shipped."


# which conversation is meant


async def test_the_identifier_in_the_metadata_or_the_header_is_enough(desk: Desk, client: openai.AsyncOpenAI) -> None:
    await publish(desk, GREETING)
    chat = Chat(client)
    await chat.say(ASKS)
    for named in (
        {"metadata": {"conversation_id": chat.conversation}},
        {"extra_headers": {"X-Conversation-Id": chat.conversation}},
    ):
        chat.messages = []
        await chat.say("yes", **named)

    assert await log(desk, chat.conversation) == [ASKS, "yes", "yes"]
    assert len(await conversations(desk)) == 1


async def test_two_customers_who_say_the_same_have_conversations_of_their_own(
    desk: Desk, client: openai.AsyncOpenAI
) -> None:
    await publish(desk, GREETING)
    ada, bob = Chat(client), Chat(client)
    for chat in (ada, bob):
        assert await chat.say(ASKS) == "What is your name?"
    assert ada.conversation != bob.conversation

    await ada.say("Ada")
    assert await bob.say("Bob") == "Hello Bob!\n\nGood to have you here."
    assert sorted([await log(desk, one) for one in await conversations(desk)]) == [[ASKS, "Ada"], [ASKS, "Bob"]]


async def test_the_user_keeps_customers_apart(desk: Desk, client: openai.AsyncOpenAI) -> None:
    ada, bob = Chat(client, user="ada"), Chat(client, user="bob")
    for chat in (ada, bob, ada):
        await chat.say("Hello")

    assert ada.conversation != bob.conversation
    assert await log(desk, ada.conversation) == ["Hello", "Hello"]
    assert await log(desk, bob.conversation) == ["Hello"]


async def test_a_history_that_nobody_was_told_begins_anew(desk: Desk, client: openai.AsyncOpenAI) -> None:
    chat = Chat(client)
    await chat.say("Hello")
    first = chat.conversation
    chat.messages[-1] = {"role": "assistant", "content": "Something else"}
    await chat.say("Hello again")

    assert chat.conversation != first
    assert await log(desk, chat.conversation) == ["Hello again"]


async def test_white_space_that_a_front_end_trims_makes_no_difference(desk: Desk, client: openai.AsyncOpenAI) -> None:
    await publish(desk, GREETING)
    chat = Chat(client)
    await chat.say(ASKS)
    await chat.say("Ada")
    chat.messages[-1]["content"] = f"  {' '.join(chat.messages[-1]['content'].split())} "
    await chat.say("Thanks")

    assert await log(desk, chat.conversation) == [ASKS, "Ada", "Thanks"]


async def test_what_a_colleague_wrote_meanwhile_comes_with_the_next_answer(
    desk: Desk, client: openai.AsyncOpenAI
) -> None:
    chat = Chat(client)
    await chat.say("Hello")
    async with desk.client() as owner:
        await owner.post(f"/v1/conversations/{chat.conversation}/reply", json={"text": "Anna here."})
        assert await chat.say("Hello?") == "Anna here."
        assert await chat.say("Are you there?") == "You are now talking to the owner."


# sent again


async def test_the_same_request_is_taken_once(desk: Desk, client: openai.AsyncOpenAI) -> None:
    await publish(desk, GREETING)
    chat = Chat(client)
    await chat.say(ASKS)
    chat.messages.append({"role": "user", "content": "Ada"})
    first, again = await chat.ask(), await chat.ask()

    assert first == again == "Hello Ada!\n\nGood to have you here."
    assert await log(desk, chat.conversation) == [ASKS, "Ada"]
    chat.messages.append({"role": "assistant", "content": again})
    await chat.say("Thanks")
    assert await log(desk, chat.conversation) == [ASKS, "Ada", "Thanks"]


async def test_the_same_request_at_once_is_taken_once(desk: Desk, client: openai.AsyncOpenAI) -> None:
    await publish(desk, GREETING)
    chat = Chat(client)
    await chat.say(ASKS)
    chat.messages.append({"role": "user", "content": "Ada"})
    told = await asyncio.gather(*(chat.ask() for _ in range(4)))

    assert set(told) == {"Hello Ada!\n\nGood to have you here."}
    assert await log(desk, chat.conversation) == [ASKS, "Ada"]
    assert len(await conversations(desk)) == 1


async def test_a_key_names_a_request_that_has_no_history(desk: Desk, client: openai.AsyncOpenAI) -> None:
    chat = Chat(client)
    chat.messages.append({"role": "user", "content": "Hello"})
    for _ in range(2):
        await chat.ask(extra_headers={"Idempotency-Key": "first"})

    assert await conversations(desk) == [chat.conversation]
    assert await log(desk, chat.conversation) == ["Hello"]


async def test_the_same_request_in_a_named_conversation_is_taken_once(desk: Desk, client: openai.AsyncOpenAI) -> None:
    chat = Chat(client)
    await chat.say("Hello")
    named = {"conversation_id": chat.conversation}
    chat.messages.append({"role": "user", "content": "yes"})
    told = [await chat.ask(metadata=named) for _ in range(2)]
    assert told[0] == told[1]
    chat.messages.append({"role": "assistant", "content": told[0]})
    await chat.say("yes", metadata=named)

    assert await log(desk, chat.conversation) == ["Hello", "yes", "yes"]


# calls that take their time


@asynccontextmanager
async def slow(answers: asyncio.Event) -> AsyncIterator[str]:
    """A shop that answers when it is told to; gives its host."""

    async def handle(_: web.Request) -> web.Response:
        await answers.wait()
        return web.json_response({"status": "shipped"})

    app = web.Application()
    app.router.add_get("/order", handle)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"127.0.0.1:{runner.addresses[0][1]}"
    finally:
        answers.set()
        await runner.cleanup()


async def with_slow_order(desk: Desk, host: str) -> None:
    await desk.running.services.configuration.set_internal_hosts(desk.workspace, [host], "test")
    call = {
        "id": "order", "kind": "call", "method": "GET", "url": f"http://{host}/order", "response_variable": "order",
    }  # fmt: skip
    trigger = {"description": "The customer asks where the order is."}
    said = {"id": "say", "kind": "message", "text": "It is {{order.status}}."}
    await publish(desk, {"name": "Order status", "trigger": trigger, "steps": [call, said]})


async def test_an_answer_waits_for_a_call(desk: Desk, client: openai.AsyncOpenAI) -> None:
    answers = asyncio.Event()
    async with slow(answers) as host:
        await with_slow_order(desk, host)
        asked = asyncio.create_task(Chat(client).say("Where is my order?"))
        async with asyncio.timeout(20):
            while not await conversations(desk):  # noqa: ASYNC110 - nobody is told of a first conversation
                await asyncio.sleep(0.01)
        answers.set()

        assert await asked == "It is shipped."


async def test_a_call_that_takes_longer_is_told_of_and_its_result_comes_next(
    desk: Desk, client: openai.AsyncOpenAI
) -> None:
    answers = asyncio.Event()
    async with slow(answers) as host:
        await with_slow_order(desk, host)
        chat = Chat(client, extra_query={"wait": 0})
        assert await chat.say("Where is my order?") == "I'm still working on that, one moment."
        answers.set()
        await desk.running.services.engine.settle(desk.workspace, chat.conversation)

        assert (await chat.say("Thanks")).startswith("It is shipped.\n\n")
        assert await log(desk, chat.conversation) == ["Where is my order?", "Thanks"]


# what is refused


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"messages": []}, "messages"),
    ({"messages": [{"role": "assistant", "content": "Hello"}]}, "The last message must be the customer's"),
    ({"messages": [{"role": "user", "content": " "}]}, "The last message must be the customer's"),
    ({"messages": [{"role": "user", "content": "x" * 10_001}]}, "longer than 10,000 characters"),
    (
        {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://x.y"}}]}]},
        "`messages.0.content`: an agent reads text only: leave the `image_url` part out.",
    ),
    ({"n": 2}, "`n`: an agent gives one answer"),
    ({"tool_choice": "required"}, "`tool_choice`"),
    ({"response_format": {"type": "json_object"}}, "`response_format`"),
    ({"metadata": {"language": "klingon"}}, "`metadata.language`: write it like `de`."),
    ({"extra_query": {"wait": -1}}, "wait"),
]


async def test_what_an_agent_cannot_do_is_refused_with_a_sentence(desk: Desk, client: openai.AsyncOpenAI) -> None:
    for fields, said in REFUSED:
        asked: dict[str, Any] = {"model": "default", "messages": [{"role": "user", "content": "Hello"}], **fields}
        with pytest.raises(openai.BadRequestError) as refused:
            await client.chat.completions.create(**asked)
        assert said in refused.value.body["message"], fields  # type: ignore[index]
        assert refused.value.type == "invalid_request_error"
    assert await conversations(desk) == []


async def test_tools_and_what_only_a_model_could_follow_are_passed_over(client: openai.AsyncOpenAI) -> None:
    tool: Any = {"type": "function", "function": {"name": "refund", "parameters": {}}}
    chat = Chat(client, tools=[tool], tool_choice="auto", temperature=0.2, max_tokens=5, seed=1)

    assert await chat.say("Hello") == "Hello! What can I do for you?"


async def test_a_model_that_is_no_agent_is_not_found(client: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as refused:
        await Chat(client, model="gpt-5").say("Hello")

    assert refused.value.code == "model_not_found"
    assert "the model is an agent's slug" in str(refused.value)


async def test_a_conversation_that_is_not_there_is_not_found(client: openai.AsyncOpenAI) -> None:
    for named in ("conv_" + "0" * 32, "nonsense", 7):
        with pytest.raises(openai.NotFoundError) as refused:
            await Chat(client, metadata={"conversation_id": named}).say("Hello")
        assert refused.value.code == "conversation_not_found"


async def test_another_workspaces_conversation_is_not_found(desk: Desk, live: Live, client: openai.AsyncOpenAI) -> None:
    chat = Chat(client)
    await chat.say("Hello")
    async with talking(desk, live, "stranger") as stranger:
        with pytest.raises(openai.NotFoundError):
            await Chat(stranger, metadata={"conversation_id": chat.conversation}).say("Hello")
        other = Chat(stranger)
        other.messages = list(chat.messages)
        await other.say("Thanks")

    assert other.conversation != chat.conversation
    assert await log(desk, chat.conversation) == ["Hello"]


async def test_another_agents_conversation_is_refused(desk: Desk, client: openai.AsyncOpenAI) -> None:
    async with desk.client() as owner:
        await owner.put("/v1/agents/sales", json={"name": "Sales"})
    chat = Chat(client)
    await chat.say("Hello")
    with pytest.raises(openai.BadRequestError) as refused:
        await chat.say("Hello", model="sales", metadata={"conversation_id": chat.conversation})

    assert "is with the agent `default`" in str(refused.value)


async def test_two_names_of_a_conversation_are_refused(client: openai.AsyncOpenAI) -> None:
    chat = Chat(client)
    await chat.say("Hello")
    other = "conv_" + "0" * 32
    with pytest.raises(openai.BadRequestError):
        await chat.say(
            "Hi", metadata={"conversation_id": chat.conversation}, extra_headers={"X-Conversation-Id": other}
        )


async def test_a_wrong_key_is_told_as_clients_expect(desk: Desk, live: Live) -> None:
    async with talking(desk, live, "dh_wrong") as client:
        with pytest.raises(openai.AuthenticationError) as refused:
            await Chat(client).say("Hello")

    assert refused.value.code == "invalid_api_key"


async def test_too_many_at_once_are_told_to_wait(
    desk: Desk, client: openai.AsyncOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completions, "MOST_AT_ONCE", 0)
    with pytest.raises(openai.RateLimitError) as refused:
        await Chat(client).say("Hello")

    assert refused.value.code == "rate_limit_exceeded"
    assert await conversations(desk) == []


async def test_front_ends_find_the_agents_where_they_look_for_models(desk: Desk, client: openai.AsyncOpenAI) -> None:
    async with desk.client("owner") as owner:
        await owner.put("/v1/agents/sales", json={"name": "Sales"})
        await owner.put("/v1/agents/desk", json={"name": "Desk", "kind": "team"})
    assert [one.id for one in (await client.models.list()).data] == ["default", "sales"]
