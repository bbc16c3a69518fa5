"""The reader: a model where there is one, the offline agent wherever it cannot, and an account of both."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from deskhand.adapters.llm import Models
from deskhand.adapters.offline.understanding import OfflineUnderstanding
from deskhand.adapters.sql import open_stores
from deskhand.adapters.vault import AesVault
from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.application.language_models import ModelRegister
from deskhand.application.understanding import Read, Reader, Worded
from deskhand.domain.agent import Agent
from deskhand.domain.commands import Answer, HandOver, StartProcedure
from deskhand.domain.language_model import LanguageModel, Spent
from deskhand.ports.language_model import Facts
from deskhand.ports.stores import Stores
from deskhand.ports.understanding import Candidate, Context
from tests.clock import ScriptedClock
from tests.contract.samples import OTHER, WORKSPACE, workspace_row
from tests.fake_model import KEY, MODEL, FakeModel, Reply, calls, trouble, words
from tests.integration.llm.shop import CONTEXT, START, said

AGENT = Agent(slug="default", name="Sam")
REFUND = StartProcedure(procedure="refund")
FACTS = Facts("Find an order", {"status": "shipped", "total": 12.5, "currency": "EUR"}, asked="where is it?")


@dataclass
class Desk:
    """A reader with a model that is set up, and what stands around it."""

    reader: Reader
    register: ModelRegister
    catalogues: Catalogues
    stores: Stores
    clock: ScriptedClock
    fake: FakeModel

    async def put(self, slug: str = "default", key: str | None = KEY, **change: Any) -> LanguageModel:
        document = {"provider": "compatible", "model": MODEL, "base_url": self.fake.url, "timeout_seconds": 5, **change}
        return await self.register.put(WORKSPACE, slug, document, "member:ada", key)

    async def snapshot(self) -> Snapshot:
        await self.stores.settings.set_internal_hosts(WORKSPACE, (self.fake.host,), _audit(self.clock))
        return await self.catalogues.at(WORKSPACE)

    async def read(self, context: Context = CONTEXT, agent: Agent = AGENT, **more: Any) -> Read:
        return await self.reader.read(WORKSPACE, agent, await self.snapshot(), context, **more)

    async def phrase(self, facts: Facts = FACTS, **more: Any) -> Worded:
        return await self.reader.phrase(WORKSPACE, AGENT, await self.snapshot(), facts, **more)


def _audit(clock: ScriptedClock) -> Any:
    from deskhand.application.audit import audit_row

    return audit_row(clock, "member:ada", "settings.internal_hosts", "workspace")


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    stores, clock, models = await open_stores(sqlite_url), ScriptedClock(), Models()
    for shown in (WORKSPACE, OTHER):
        await stores.settings.create_workspace(workspace_row(shown))
    vault = AesVault([bytes(32)])
    catalogues = Catalogues(stores, vault, clock)
    reader = Reader(models, OfflineUnderstanding(), catalogues, stores, clock)
    register = ModelRegister(stores, vault, models, catalogues, clock)
    async with FakeModel.running() as fake:
        yield Desk(reader, register, catalogues, stores, clock, fake)
    await models.close()
    await stores.close()


# with and without a model


async def test_without_a_model_the_offline_agent_answers_at_once(desk: Desk) -> None:
    snapshot = await desk.snapshot()

    assert desk.reader.immediate(snapshot, AGENT)
    read = await desk.read(said("I want a refund"))

    assert [one.kind for one in read.commands] == ["start_procedure"]
    assert (read.exchanges, read.note, read.spent) == ((), None, Spent())


async def test_an_agent_uses_the_workspaces_model_or_its_own_or_none(desk: Desk) -> None:
    await desk.put()
    await desk.put("large", model="fake-large")
    snapshot = await desk.snapshot()
    large, offline, gone = (AGENT.model_copy(update={"model": one}) for one in ("large", "offline", "gone"))

    await desk.read()
    await desk.read(agent=large)
    await desk.read(agent=offline)

    assert [one["model"] for one in desk.fake.requests] == [MODEL, "fake-large"]
    assert [desk.reader.immediate(snapshot, one) for one in (AGENT, large, offline, gone)] == [
        False, False, True, True,
    ]  # fmt: skip


async def test_a_message_without_words_is_not_sent_to_a_model(desk: Desk) -> None:
    await desk.put()

    assert (await desk.read(said("👍"))).commands == ()
    assert desk.fake.requests == []


async def test_what_was_used_is_told_and_counted_by_day(desk: Desk) -> None:
    await desk.put(price_input=1, price_output=2)
    desk.fake.say(calls(START), calls(START))

    first = await desk.read()
    desk.clock.advance(days=1)
    await desk.read()

    assert first.commands == (REFUND,)
    assert first.spent == Spent(cost=140, tokens=120)
    days = await desk.register.spending(WORKSPACE, "default")
    assert [(row.day, row.cost, row.calls) for row in days] == [("2026-03-03", 140, 1), ("2026-03-02", 140, 1)]


# trouble


@pytest.mark.parametrize(
    ("reply", "tries"),
    [
        (Reply(call="{"), 2),
        (Reply(refusal="no"), 2),
        (trouble(500), 2),
        (Reply(resets=True), 2),
        (calls({"kind": "use_action", "action": "wire-money"}), 2),
        (trouble(401), 1),
        (trouble(429), 1),
        (trouble(400), 1),
    ],
)
async def test_the_customer_is_understood_whatever_the_model_does(desk: Desk, reply: Reply, tries: int) -> None:
    await desk.put()
    desk.fake.say(reply, reply)

    read = await desk.read(said("I want a refund"))

    assert [one.kind for one in read.commands] == ["start_procedure"]
    assert len(read.exchanges) == len(desk.fake.requests) == tries
    assert read.note == read.exchanges[-1].problem
    assert read.note


async def test_the_second_try_is_told_what_was_wrong_and_may_be_right(desk: Desk) -> None:
    await desk.put()
    desk.fake.say(calls({"kind": "use_action", "action": "wire-money"}), calls(START))

    read = await desk.read()

    assert (read.commands, read.note) == ((REFUND,), None)
    assert [one.problem is None for one in read.exchanges] == [False, True]
    assert "wire-money" in desk.fake.requests[1]["messages"][0]["content"]
    assert read.spent.tokens == 240


async def test_a_customer_waits_for_one_time_out_and_not_for_two(desk: Desk) -> None:
    model = await desk.put()
    desk.fake.say(Reply(hangs=True))
    snapshot = await desk.snapshot()
    quick = replace(snapshot, models={"default": model.model_copy(update={"timeout_seconds": 0.1})})

    read = await desk.reader.read(WORKSPACE, AGENT, quick, said("I want a refund"))

    assert [one.kind for one in read.commands] == ["start_procedure"]
    assert "did not answer within" in (read.note or "")
    assert len(desk.fake.requests) == 1


async def test_a_model_in_trouble_is_left_alone_for_a_while(desk: Desk) -> None:
    await desk.put()
    desk.fake.say(*[trouble(503)] * 4)

    await desk.read()
    await desk.read()
    assert len(desk.fake.requests) == 3  # the third failure in a row was the last
    spared = await desk.read()
    desk.clock.advance(31)
    desk.fake.replies.clear()
    desk.fake.say(calls(START))
    back = await desk.read()

    assert "left alone for 30 s" in (spared.note or "")
    assert spared.exchanges == ()
    assert back.commands == (REFUND,)


async def test_a_model_that_asks_for_time_gets_it(desk: Desk) -> None:
    await desk.put()
    desk.fake.say(trouble(429, retry_after="7"))

    await desk.read()
    desk.clock.advance(6)
    early = await desk.read()
    desk.clock.advance(2)
    desk.fake.say(calls(START))

    assert early.exchanges == ()
    assert (await desk.read()).commands == (REFUND,)


async def test_a_model_that_was_changed_is_asked_again_at_once(desk: Desk) -> None:
    await desk.put(key="sk-wrong-one")
    await desk.read()
    assert (await desk.read()).exchanges == ()

    await desk.put(key=KEY, temperature=0)
    desk.fake.say(calls(START))

    assert (await desk.read()).commands == (REFUND,)


async def test_a_key_that_is_gone_is_said(desk: Desk) -> None:
    model = await desk.put()
    await desk.stores.settings.remove_secret(WORKSPACE, str(model.secret), _audit(desk.clock))

    read = await desk.read()

    assert f"The secret `{model.secret}` does not exist" in (read.note or "")
    assert desk.fake.requests == []


# limits


async def test_requests_per_minute_are_bounded(desk: Desk) -> None:
    await desk.put(requests_per_minute=2)

    for _ in range(2):
        assert (await desk.read()).note is None
    over = await desk.read()
    desk.clock.advance(61)

    assert "asked 2 times within a minute" in (over.note or "")
    assert (await desk.read()).note is None


@pytest.mark.parametrize(
    ("limit", "spent", "said_so"),
    [
        ({"limit_conversation": 0.001, "price_input": 1, "price_output": 2}, Spent(cost=1000), "0.0010 USD"),
        ({"tokens_conversation": 500}, Spent(tokens=500), "500 tokens"),
        ({"tokens_conversation": 0}, Spent(), "0 tokens"),
    ],
)
async def test_a_conversation_has_its_limit(desk: Desk, limit: dict[str, Any], spent: Spent, said_so: str) -> None:
    await desk.put(**limit)

    over = await desk.read(said("I want a refund"), spent=spent)

    assert f"This conversation has used {said_so} of the model `default`" in (over.note or "")
    assert [one.kind for one in over.commands] == ["start_procedure"]
    assert desk.fake.requests == []


async def test_a_second_try_counts_against_the_limit_too(desk: Desk) -> None:
    await desk.put(tokens_conversation=100)
    desk.fake.say(Reply(call="{"), calls(START))

    read = await desk.read(said("I want a refund"))

    assert len(read.exchanges) == 1
    assert "has used 120 tokens" in (read.note or "")


@pytest.mark.parametrize(
    "limit", [{"tokens_day": 200}, {"limit_day": 0.000_2, "price_input": 1, "price_output": 2}], ids=["tokens", "usd"]
)
async def test_a_day_has_its_limit_and_the_next_begins_anew(desk: Desk, limit: dict[str, Any]) -> None:
    await desk.put(**limit)

    notes = [(await desk.read()).note for _ in range(3)]
    desk.clock.advance(days=1)

    assert notes[:2] == [None, None]
    assert (notes[2] or "").startswith("Today ")
    assert (await desk.read()).note is None


async def test_one_workspaces_limits_are_not_anothers(desk: Desk) -> None:
    model = await desk.put(requests_per_minute=1, tokens_day=1)
    await desk.read()
    snapshot = await desk.snapshot()

    read = await desk.reader.read(OTHER, AGENT, replace(snapshot, secrets={str(model.secret): KEY}), CONTEXT)

    assert read.note is None


# words


async def test_an_answer_that_breaks_off_leaves_nothing_on_the_screen(desk: Desk) -> None:
    await desk.put()
    answer = {"text": "We ship within 30 days. And more.", "cites": ["shipping#1"]}
    desk.fake.say(calls(answer=answer, finish="length"), calls({"kind": "affirm"}))
    shown: list[str] = []

    read = await desk.read(said("how long does shipping take?"), on_text=shown.append)

    assert shown == ["We ship within 30 days.", ""]
    assert not any(isinstance(one, Answer) for one in read.commands)


async def test_words_that_say_only_the_facts_are_said(desk: Desk) -> None:
    await desk.put()
    desk.fake.say(words("Your order has shipped. It comes to 12.50 EUR."))
    shown: list[str] = []

    worded = await desk.phrase(on_text=shown.append)

    assert (worded.text, worded.note) == ("Your order has shipped. It comes to 12.50 EUR.", None)
    assert shown == ["Your order has shipped."]


@pytest.mark.parametrize(
    ("text", "invented"),
    [
        ("Your order has shipped and will arrive by Friday.", "Friday"),
        ("Your order has shipped. We took 15.99 EUR off.", "15.99"),
        ("It comes to $12.50.", "$"),
        ("Write to help@example.org if it is late.", "help@example.org"),
    ],
)
async def test_words_that_invent_something_give_way_to_the_plain_list(desk: Desk, text: str, invented: str) -> None:
    await desk.put()
    desk.fake.say(words(text))
    shown: list[str] = []

    worded = await desk.phrase(on_text=shown.append)

    assert worded.text == "Status: shipped\nTotal: 12.5\nCurrency: EUR"
    assert invented in (worded.note or "")
    assert len(worded.exchanges) == 1
    assert not any(invented in one for one in shown)


async def test_without_words_from_a_model_there_is_the_plain_list(desk: Desk) -> None:
    offline = await desk.phrase()
    await desk.put()
    desk.fake.say(trouble(401))
    refused = await desk.phrase()
    empty = await desk.phrase(replace(FACTS, answer={}))

    assert offline.text == refused.text == "Status: shipped\nTotal: 12.5\nCurrency: EUR"
    assert refused.note
    assert empty.text == ""
    assert len(desk.fake.requests) == 1


# vectors


def about_money(text: str) -> list[float]:
    """Vectors that know what words for money have to do with each other."""
    said = text.casefold()
    return [1.0, 0.1] if any(word in said for word in ("refund", "money", "dosh")) else [0.1, 1.0]


def candidate(slug: str, *phrases: str) -> Candidate:
    return Candidate(slug, slug.capitalize(), f"When a customer wants {slug}", phrases)


BY_MEANING = Context(
    "where has all my dosh gone to",
    (
        candidate("refund", "I want my money back", "refund me", "give the money back", "refund my order"),
        candidate("hours", "when do you open", "opening times", "are you open on sunday", "closing time"),
    ),
)


async def test_vectors_alone_let_the_offline_agent_match_by_meaning(desk: Desk) -> None:
    await desk.put(embeddings_model="fake-vectors", only_embeddings=True)
    desk.fake.meaning = about_money

    read = await desk.read(BY_MEANING)
    await desk.read(replace(BY_MEANING, text="my dosh again"))

    assert read.commands == (StartProcedure(procedure="refund"),)
    assert [one.purpose for one in read.exchanges] == ["embed", "embed"]
    assert desk.fake.requests == []
    assert len(desk.fake.embedded) == 3, "what builders wrote is turned into vectors once"
    assert not desk.reader.immediate(await desk.snapshot(), AGENT)
    assert (await desk.phrase()).text.startswith("Status: shipped")
    assert (await OfflineUnderstanding().understand(BY_MEANING)) == ()


async def test_without_the_vectors_words_have_to_do(desk: Desk) -> None:
    await desk.put(embeddings_model="fake-vectors", only_embeddings=True)
    desk.fake.say(trouble(500), trouble(500))

    read = await desk.read(replace(BY_MEANING, text="I want my money back"))

    assert read.commands == (StartProcedure(procedure="refund"),)
    assert read.note


async def test_a_hand_over_comes_through(desk: Desk) -> None:
    await desk.put()
    desk.fake.say(calls({"kind": "hand_over", "reason": "They are upset."}))

    assert (await desk.read()).commands == (HandOver(reason="They are upset."),)
