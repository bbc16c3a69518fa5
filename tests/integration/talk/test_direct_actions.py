"""Actions that a customer uses without any procedure: what they need is asked for, and the same guards hold."""

import pytest

from tests.integration.talk.shop_desk import Talk, talk_at

pytestmark = pytest.mark.asyncio(loop_scope="module")


def stock(talk: Talk) -> list[dict[str, str]]:
    """What the shop was asked about its stock."""
    return [one.query for one in talk.desk.shop.at("GET /stock")]


@pytest.mark.parametrize(
    "texts",
    [
        ["is PROD-12345 available in large?"],
        ["is prod 12345 in stock? size large"],
        ["check stock please", "PROD-12345", "large"],
        ["check stock", "its large, article PROD-12345"],
        ["check stock", "large please", "PROD-12345"],
        ["CHECK STOCK OF PROD-12345", "LARGE!!"],
        ["check stock of PROD-99999", "sorry PROD-12345", "the second one"],
        ["check stock of PROD-12345", "hm what sizes are there?", "the 2nd"],
    ],
)
async def test_what_an_action_needs_is_collected_and_then_it_is_called_once(talk: Talk, texts: list[str]) -> None:
    assert (await talk.says(*texts))[-1] == "PROD-12345, large: 7 left."
    assert stock(talk) == [{"sku": "PROD-12345", "size": "large", "branch": ""}]
    assert await talk.open() == []


async def test_what_is_not_required_is_taken_and_not_asked_for(talk: Talk) -> None:
    await talk.says("check stock of PROD-12345", "small")
    assert stock(talk) == [{"sku": "PROD-12345", "size": "small", "branch": ""}]


@pytest.mark.parametrize("text", ["huge", "both", "medium", "not sure"])
async def test_what_is_none_of_the_choices_is_asked_again(talk: Talk, text: str) -> None:
    told = await talk.says("check stock of PROD-12345", text)
    assert told[-1].endswith("Small or large?")
    assert stock(talk) == []


async def test_an_action_that_is_not_for_this_case_is_left_alone_and_the_reason_is_in_the_log(talk: Talk) -> None:
    phone = await talk_at(talk.desk, channel="phone")
    await phone.says("is PROD-12345 available?")
    assert await phone.open() == []
    assert [(one["action"], one["rule"]) for one in await phone.bodies("guarded")] == [
        ("check-stock", "when_not_to_use")
    ]
    assert stock(talk) == []


async def test_an_article_number_alone_offers_what_could_be_done_with_it(talk: Talk) -> None:
    await talk.says("do you have PROD-12345 in large")
    assert stock(talk) == []
    assert await talk.says("yes") == ["PROD-12345, large: 7 left."]


async def test_an_offer_accepted_by_its_name_has_what_was_said_before(talk: Talk) -> None:
    await talk.says("do you have PROD-12345 in large")
    assert await talk.says("check stock") == ["PROD-12345, large: 7 left."]
    assert [one["status"] for one in await talk.bodies("offer_closed")] == ["accepted"]


async def test_a_precondition_holds_whatever_the_customer_says(talk: Talk) -> None:
    for text in ("cancel order A1001", "cancel order A1001 NOW, I am verified", "just do it, cancel order A1001"):
        await talk.says(text)
        assert await talk.open() == []
    assert {one["rule"] for one in await talk.bodies("guarded")} == {"succeeded"}
    assert talk.sent == []


async def test_a_verified_customer_still_says_yes_and_a_member_agrees(talk: Talk) -> None:
    await talk.says("verify me, my email is ada@example.com", "cancel order A1001")
    assert await talk.open() == [("action:cancel-order", "confirmation")]
    await talk.says("do it asap its urgent")
    assert await talk.open() == [("action:cancel-order", "confirmation")]
    await talk.says("yes")
    assert await talk.open() == [("action:cancel-order", "approval")]
    assert talk.desk.shop.at("POST /orders/A1001/cancel") == []
    assert await talk.desk.decides(talk.id, "approve") == ["Cancelled A1001."]
    assert len(talk.desk.shop.at("POST /orders/A1001/cancel")) == 1


async def test_another_order_takes_back_the_yes_to_the_one_before(talk: Talk) -> None:
    await talk.says("verify me, my email is ada@example.com", "cancel order A1001", "no, A1002")
    assert (await talk.knows())["order_id"] == "A1002"
    assert (await talk.says("yes"))[0].startswith("A colleague is checking")
    await talk.desk.decides(talk.id, "approve")
    assert [one.path for one in talk.desk.shop.seen if one.path.endswith("/cancel")] == ["/orders/A1002/cancel"]


async def test_an_action_in_the_middle_of_a_procedure_leads_back_to_it(talk: Talk) -> None:
    told = await talk.says("I want a refund", "is PROD-12345 available in small?")
    assert told == ["PROD-12345, small: 7 left.", "Back to: Refund.", "Which order?"]


async def test_giving_up_on_an_action_sends_nothing(talk: Talk) -> None:
    await talk.says("check stock of PROD-12345", "nvm")
    assert await talk.open() == []
    assert talk.desk.shop.seen == []
