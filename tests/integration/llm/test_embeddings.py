"""Texts become vectors, each asked for once."""

import json
from dataclasses import replace

import pytest

from deskhand.adapters.llm import Models
from deskhand.ports.language_model import Access, ModelFailed
from tests.fake_model import KEY, FakeModel, trouble, vector, words


async def test_vectors_come_in_the_order_of_their_texts(fake: FakeModel, models: Models, access: Access) -> None:
    found = await models.embed(access, ["a", "b", "a"])

    assert found.vectors == tuple(tuple(vector(text)) for text in "aba")
    assert (found.exchange.name, found.exchange.input_tokens, found.exchange.cost) == ("fake-vectors", 11, 11)
    assert fake.embedded == [["a", "b"]]


async def test_a_text_is_asked_for_once(fake: FakeModel, models: Models, access: Access) -> None:
    await models.embed(access, ["a", "b"])
    again = await models.embed(access, ["b", "c", "a"])
    await models.embed(replace(access, workspace="other"), ["a"])

    assert again.vectors[0] == tuple(vector("b"))
    assert fake.embedded == [["a", "b"], ["c"], ["a"]]


async def test_many_texts_go_in_batches(fake: FakeModel, models: Models, access: Access) -> None:
    found = await models.embed(access, [str(number) for number in range(200)])

    assert [len(batch) for batch in fake.embedded] == [96, 96, 8]
    assert found.vectors[199] == tuple(vector("199"))


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (trouble(401), "unauthorized"),
        (trouble(429), "rate_limited"),
        (trouble(500), "unreachable"),
        (words("no JSON"), "malformed"),
        (words("{}"), "malformed"),
        (words('{"data": []}'), "malformed"),
        (words('{"data": [{"index": 0, "embedding": ["x"]}]}'), "malformed"),
        (words('{"data": [{"index": 0, "embedding": []}]}'), "malformed"),
    ],
)
async def test_an_endpoint_that_fails_has_a_cause(
    fake: FakeModel, models: Models, access: Access, answer: object, cause: str
) -> None:
    fake.replies.append(answer)  # type: ignore[arg-type]

    with pytest.raises(ModelFailed) as caught:
        await models.embed(access, ["a"])

    assert caught.value.cause == cause
    assert caught.value.exchange is not None
    assert KEY not in caught.value.sentence + json.dumps(caught.value.exchange.body())


async def test_a_model_without_embeddings_says_so(models: Models, access: Access) -> None:
    without = replace(access, model=access.model.model_copy(update={"embeddings_model": None}))

    with pytest.raises(ModelFailed, match="names no `embeddings_model`"):
        await models.embed(without, ["a"])
