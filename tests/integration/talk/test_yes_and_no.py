"""What confirms an act: a whole message that plainly means yes, and nothing that only looks like one."""

import pytest

from tests.integration.talk.shop_desk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNCLEAR = (
    "yes but not that one", "ok?", "yes no wait", "sure why not", "hm ok i guess", "maybe", "yes if it is free",
    "👍👎", "👍 no", "do what you want", "I said mugs", "yes yes but when", "is that a yes?", "who are you",
    "Please answer yes or no.", "jaein", "not yes",
)  # fmt: skip
PLAIN = ("yes", "YES!!!", "yep", "sure", "ok", "👍", "👍🏽", "go ahead", "ja bitte", "yess", "Yes, please do.")
REFUSED = ("no", "NO!!", "nope", "👎", "no thanks", "don't", "nein danke", "rather not", "no, wait")


async def about_to_order(talk: Talk) -> None:
    await talk.says("I want to order more mugs", "two", "no")
    assert await talk.open() == [("reorder", "confirmation")]


@pytest.mark.parametrize("text", UNCLEAR)
async def test_what_is_no_plain_yes_is_asked_again_and_nothing_is_sent(talk: Talk, text: str) -> None:
    await about_to_order(talk)
    told = await talk.says(text)
    assert told[-1].endswith("Please answer yes or no.")
    assert await talk.open() == [("reorder", "confirmation")]
    assert talk.sent == []


@pytest.mark.parametrize("text", PLAIN)
async def test_a_plain_yes_does_it_once(talk: Talk, text: str) -> None:
    await about_to_order(talk)
    assert await talk.says(text) == ["Ordered 2 x mug."]
    await talk.says(text, text)
    assert talk.sent == ['/orders {"product":"mug","quantity":2,"gift":false}']


@pytest.mark.parametrize("text", REFUSED)
async def test_a_plain_no_does_not(talk: Talk, text: str) -> None:
    await about_to_order(talk)
    await talk.says(text)
    assert await talk.open() == []
    assert talk.sent == []


async def test_something_irreversible_waits_for_the_customer_and_for_a_member(talk: Talk) -> None:
    await talk.says("cancel my subscription", "jo@example.com")
    for text in UNCLEAR[:4]:
        await talk.says(text)
    assert await talk.open() == [("cancel-subscription", "confirmation")]
    assert (await talk.says("👍"))[0].startswith("A colleague is checking this")
    assert (await talk.says("thanks"))[0].startswith("You're welcome")
    assert talk.sent == []
    assert await talk.desk.decides(talk.id, "approve") == ["The subscription of jo@example.com has ended."]
    assert talk.sent == ['/subscriptions/end {"email":"jo@example.com"}']


async def test_no_clear_answer_five_times_goes_to_a_person_and_nothing_is_sent(talk: Talk) -> None:
    await about_to_order(talk)
    await talk.says(*["hmm"] * 5)
    assert (await talk.state()).mode == "member"
    await talk.says("yes")
    assert talk.sent == []


@pytest.mark.parametrize(
    ("text", "gift"), [("yes", True), ("its a gift yes", True), ("nope", False), ("no its for me", False)]
)
async def test_a_question_about_a_fact_is_answered_more_freely(talk: Talk, text: str, gift: bool) -> None:
    await talk.says("I want to order more mugs", "two", text)
    assert (await talk.knows())["gift"] is gift
