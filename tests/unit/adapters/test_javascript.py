"""Transformers: what a script may do, and that one which misbehaves harms nobody but itself."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from typing import Any

import pytest

from deskhand.adapters.javascript import QuickJsTransformer
from deskhand.ports.transformer import TransformFailed


@pytest.fixture
async def scripts() -> AsyncIterator[QuickJsTransformer]:
    made = QuickJsTransformer(workers=1)
    yield made
    await made.close()


async def made_of(scripts: QuickJsTransformer, source: str, response: Any = None, context: Any = None) -> Any:
    return await scripts.transform(source, response, context or {})


ADD = "function transform(response, context) { return response.a + context.b; }"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (ADD, 5),
        ("const transform = (response) => ({ twice: response.a * 2 });", {"twice": 4}),
        ("const transform = async (response) => [response.a, null, 'x'];", [2, None, "x"]),
        ("function transform() {}", None),
        (
            "function transform() { return [typeof require, typeof process, typeof fetch, typeof os]; }",
            ["undefined"] * 4,
        ),
    ],
    ids=["both arguments", "an arrow function", "a promise", "nothing", "nothing of the machine"],
)
async def test_a_script_makes_a_value_of_the_answer(scripts: QuickJsTransformer, source: str, expected: Any) -> None:
    assert await made_of(scripts, source, {"a": 2}, {"b": 3}) == expected


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("function transform(", "line 1"),
        ("const other = 1;", "transform"),
        ("function transform(response) {\n\n  return response.x.y;\n}", "line 3"),
        ("function transform() { throw new Error('no such order'); }", "no such order"),
        ("const transform = async () => { throw new Error('later'); };", "later"),
        ("const transform = () => new Promise(() => {});", "promise"),
        ("function transform() { return transform(); }", "called itself too deeply"),
        ("function transform() { const a = {}; a.a = a; return a; }", "circular"),
        ("function transform() { return 10n; }", "JSON"),
        ("function transform() { return () => 1; }", "JSON"),
        ("function transform() { return 'x'.repeat(2e6); }", "returned"),
        ("import('os'); function transform() { return nothing; }", "nothing"),
    ],
    ids=[
        "syntax", "no transform", "a missing field", "an exception", "a rejection", "a promise for ever", "recursion",
        "a circle", "a big integer", "a function", "too large", "an import",
    ],
)  # fmt: skip
async def test_what_is_wrong_with_a_script_is_told(scripts: QuickJsTransformer, source: str, sentence: str) -> None:
    with pytest.raises(TransformFailed) as told:
        await made_of(scripts, source, {"a": 2})

    assert sentence in told.value.sentence
    assert await made_of(scripts, ADD, {"a": 1}, {"b": 1}) == 2


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("function transform() { while (true) {} }", "longer than 1 second"),
        ("function transform() { return /(a+)+$/.test('a'.repeat(40) + 'b'); }", "longer than 1 second"),
        ("function transform() { let text = 'a'; while (true) text += text; }", "string too long"),
        ("function transform() { const all = []; while (true) all.push(new Array(1000).fill(1)); }", "more than 32 MB"),
    ],
    ids=["an endless loop", "a pattern that never ends", "a text that grows", "a list that grows"],
)
async def test_a_script_without_end_or_measure_is_stopped_and_the_next_one_runs(
    scripts: QuickJsTransformer, source: str, sentence: str
) -> None:
    with pytest.raises(TransformFailed, match=sentence):
        await made_of(scripts, source)

    assert await made_of(scripts, ADD, {"a": 1}, {"b": 1}) == 2


async def test_nothing_stays_behind_for_the_next_script(scripts: QuickJsTransformer) -> None:
    await made_of(scripts, "globalThis.kept = 'a secret'; Object.prototype.bad = 1; function transform() {}")

    seen = await made_of(scripts, "function transform(r) { return [typeof globalThis.kept, ({}).bad === undefined]; }")

    assert seen == ["undefined", True]


async def test_a_worker_that_is_killed_is_replaced(scripts: QuickJsTransformer) -> None:
    await made_of(scripts, ADD, {"a": 1}, {"b": 1})
    process = scripts._workers[0]._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)

    assert await made_of(scripts, ADD, {"a": 2}, {"b": 2}) == 4


async def test_a_caller_that_gives_up_leaves_no_answer_for_the_next_one(scripts: QuickJsTransformer) -> None:
    await made_of(scripts, ADD, {"a": 1}, {"b": 1})
    given_up = asyncio.create_task(made_of(scripts, "function transform() { while (true) {} }"))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)

    assert await made_of(scripts, ADD, {"a": 3}, {"b": 3}) == 6


async def test_many_at_once_each_get_their_own_answer(scripts: QuickJsTransformer) -> None:
    source = "function transform(response) { return response.number; }"

    found = await asyncio.gather(*(made_of(scripts, source, {"number": number}) for number in range(50)))

    assert found == list(range(50))


async def test_texts_and_numbers_arrive_as_they_are(scripts: QuickJsTransformer) -> None:
    given = {"text": "ü\u2028\"'</script>", "big": 2**60, "float": 0.1, "list": [True, None]}

    found = await made_of(scripts, "function transform(response) { return response; }", given)

    assert found == {**given, "big": str(2**60)}  # JavaScript's numbers cannot hold it
