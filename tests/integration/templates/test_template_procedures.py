"""The procedures that belong to templates, published and talked through against systems of their kind."""

import pytest

from deskhand.application.action_templates import read_action_template, read_template_procedure
from deskhand.application.simulation import Script, simulate
from deskhand.domain.checks import check
from deskhand.domain.documents import write_yaml
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.state import ForAnswer
from deskhand.domain.steps.base import Surroundings
from deskhand.templates import action_template_names, action_template_procedure
from tests.integration.templates.template_desk import Desk, using

WITH_PROCEDURE = [name for name in action_template_names() if action_template_procedure(name)]
LEFT_TO_A_PERSON = "refund: there is no `on_error`: when this fails, the conversation is handed over to a person."
INPUTS = {
    "customer_id": "12345", "phone_pin": "5678", "order_id": "ORD-789", "reason": "It is broken", "sku": "PROD-12345",
    "issue_description": "It hums", "priority_level": "high", "day": "2026-12-01", "time": "14:30",
    "email": "jo@example.com",
}  # fmt: skip


def procedure_of(name: str) -> Procedure:
    found = read_template_procedure(name)
    assert found is not None
    return found


def around(name: str) -> Surroundings:
    template = read_action_template(name)
    return Surroundings(
        procedure_of(name),
        actions={one.slug: one for one in template.actions},
        connections={one.slug: one for one in template.connections},
    )


async def talk(desk: Desk, name: str, *texts: str) -> tuple[str, list[str]]:
    """Publish the template's procedure and say something; gives the conversation and what was told at the end."""
    await desk.publish(procedure_of(name).slug)
    conversation = await desk.open()
    return conversation, await desk.says(conversation, *texts)


def test_five_templates_are_used_in_steps() -> None:
    assert WITH_PROCEDURE == ["appointment", "inventory-check", "refund", "verified-orders", "zendesk-ticket"]


@pytest.mark.parametrize("name", WITH_PROCEDURE)
def test_a_procedure_has_no_problem_that_is_not_meant(name: str) -> None:
    problems = [str(one) for one in check(procedure_of(name), around(name), simulated=True)]

    assert problems == ([LEFT_TO_A_PERSON] if name == "refund" else [])


@pytest.mark.parametrize("name", WITH_PROCEDURE)
def test_a_procedure_stands_in_its_canonical_form(name: str) -> None:
    assert write_yaml(procedure_of(name)) == action_template_procedure(name)


@pytest.mark.parametrize("name", WITH_PROCEDURE)
def test_a_procedure_can_be_simulated_as_it_is(name: str) -> None:
    template, procedure = around(name), procedure_of(name)
    wanted = {key: value for key, value in INPUTS.items() if key in write_yaml(procedure)}

    report = simulate(
        Published(procedure, 0, actions=template.actions), Script.model_validate({"inputs": wanted}),
        template.connections,
    )  # fmt: skip

    assert (report.outcome, report.missing, report.handed_over) == ("completed", None, None)


@using("verified-orders")
async def test_orders_are_told_after_number_and_pin(desk: Desk) -> None:
    conversation, told = await talk(desk, "verified-orders", "What's the status of my order?", "12345", "5678")

    assert told[-1] == (
        "Thank you, John Smith. Your orders: ORD-789 is shipped, ORD-790 is delivered, ORD-791 is pending."
    )
    rows = await desk.running.services.stores.conversations.entries(desk.workspace, conversation)
    assert not any("5678" in row.body for row in rows)


@using("verified-orders")
async def test_a_wrong_pin_goes_to_a_colleague_and_no_order_is_told(desk: Desk) -> None:
    conversation, told = await talk(desk, "verified-orders", "What's the status of my order?", "12345", "1111")

    assert told[-1] == "I'm unable to verify that. For security, I'm handing you over to a colleague."
    assert (await desk.state(conversation)).mode == "member"


@using("zendesk-ticket")
async def test_a_ticket_is_described_weighed_and_opened(desk: Desk) -> None:
    _, told = await talk(desk, "zendesk-ticket", "I want to open a ticket", "The lamp hums and flickers", "urgent")

    assert told == ["Your ticket is open. Its number: 35431."]
    (ticket,) = desk.memory.tickets
    assert (ticket.priority, ticket.comment.body) == ("urgent", "The lamp hums and flickers\n\nE-mail: not known")


@using("zendesk-ticket")
async def test_a_ticket_that_a_member_found_opened_is_told(desk: Desk) -> None:
    await desk.publish("open-a-ticket")
    conversation = await desk.open()
    await desk.says(conversation, "I want to open a ticket", "The lamp hums and flickers")
    desk.memory.fail = 501
    await desk.says(conversation, "high")

    told = await desk.decide(conversation, "happened")

    assert told == ["Your ticket is open. Its number: a colleague will tell you."]
    assert (await desk.state(conversation)).mode == "agent"


@using("inventory-check")
@pytest.mark.parametrize(
    ("sku", "answer"),
    [
        ("PROD-12345", "Yes, PROD-12345 is in stock."),
        ("PROD-20000", "PROD-20000 is out of stock. We expect it on 2026-12-15."),
        ("PROD-30000", "PROD-30000 is out of stock, and there is no date yet for when it comes back."),
        ("PROD-99999", "I know no product PROD-99999. Could you check the number and send it again?"),
    ],
)
async def test_availability_is_told_with_the_date_of_the_next_delivery(desk: Desk, sku: str, answer: str) -> None:
    _, told = await talk(desk, "inventory-check", "Is this product in stock?", sku)

    assert told == [answer]


@using("inventory-check")
async def test_an_inventory_that_fails_is_left_to_a_colleague(desk: Desk) -> None:
    desk.memory.fail = 501
    conversation, told = await talk(desk, "inventory-check", "Is this product in stock?", "PROD-12345")

    assert told[0] == "I can't look into our stock right now. A colleague will answer you here."
    assert (await desk.state(conversation)).mode == "member"


@using("refund")
async def test_a_refund_goes_through_verification_yes_and_approval(desk: Desk) -> None:
    conversation, told = await talk(desk, "refund", "I want my money back", "12345", "5678", "ORD-789", "It never came")
    assert "I'm going to ask for a refund of order ORD-789" in told[-1]
    await desk.answer(conversation, "yes")
    assert desk.memory.refunds == {}

    assert await desk.decide(conversation) == ["Your refund of order ORD-789 is on its way."]
    assert desk.memory.refunds == {"ORD-789": 1}


@using("refund")
async def test_a_rejected_refund_is_not_sent(desk: Desk) -> None:
    conversation, _ = await talk(desk, "refund", "I want my money back", "12345", "5678", "ORD-789", "It never came")
    await desk.answer(conversation, "yes")
    await desk.decide(conversation, "reject")

    assert desk.memory.refunds == {}
    assert (await desk.state(conversation)).mode == "member"


@using("refund")
async def test_a_customer_who_says_no_keeps_the_order(desk: Desk) -> None:
    conversation, _ = await talk(desk, "refund", "I want my money back", "12345", "5678", "ORD-789", "It never came")

    assert await desk.answer(conversation, "no") == ["All right, order ORD-789 is not refunded."]


@using("refund")
async def test_somebody_elses_order_is_not_refunded(desk: Desk) -> None:
    _, told = await talk(desk, "refund", "I want my money back", "12345", "5678", "ORD-800", "It never came")

    assert told == ["I can't find that order among yours."]
    assert desk.memory.refunds == {}


@using("appointment")
async def test_a_time_is_offered_chosen_and_booked(desk: Desk) -> None:
    conversation, told = await talk(desk, "appointment", "I'd like to make an appointment", "2026-12-01")
    assert told == ["Free on 2026-12-01: 09:00, 11:30, 14:30. At what time?"]
    asked = await desk.says(conversation, "11:30", "jo@example.com")
    assert "2026-12-01 at 11:30" in asked[-1]

    told = await desk.answer(conversation, "yes")

    assert told == ["It's booked: 2026-12-01 at 11:30. Your confirmation number: AP-1."]


@using("appointment")
async def test_a_full_day_is_asked_for_again(desk: Desk) -> None:
    conversation, told = await talk(desk, "appointment", "I'd like to make an appointment", "2026-12-24")
    assert told == ["There is nothing free on 2026-12-24. Which other day would suit you?"]

    assert (await desk.says(conversation, "2026-12-01"))[-1].startswith("Free on 2026-12-01:")


@using("appointment")
async def test_a_time_that_is_not_free_is_chosen_again(desk: Desk) -> None:
    conversation, told = await talk(
        desk, "appointment", "I'd like to make an appointment", "2026-12-01", "20:00", "jo@example.com"
    )

    assert told == ["20:00 isn't free on 2026-12-01 any more.", "Which day shall I look at?"]
    top = (await desk.state(conversation)).top
    assert top is not None
    assert isinstance(top.waiting, ForAnswer)
    assert desk.memory.booked == []
