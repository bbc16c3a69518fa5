"""The templates' actions, used directly by the agent, do what they say against systems of their kind."""

from typing import Any

import pytest

from deskhand.application.action_templates import read_action_template
from deskhand.domain import events as e
from deskhand.domain.actions import document_of, read_action
from deskhand.domain.checks import check, errors
from deskhand.domain.contact import Contact
from deskhand.domain.direct import direct
from deskhand.domain.documents import parse_yaml
from deskhand.domain.documents.writing import write_data
from deskhand.domain.steps.base import Surroundings
from deskhand.templates import action_template_names
from tests.integration.templates.template_desk import Desk, using

ACTIONS = [
    pytest.param(action, id=f"{name}:{action.slug}")
    for name in action_template_names()
    for action in read_action_template(name).actions
]
BROKEN = [
    ("account-look-up", "get-customer-account", {}),
    ("salesforce-look-up", "lookup-customer", {"customer_id": "003-7781"}),
    ("inventory-check", "check-inventory", {"sku": "PROD-12345"}),
    ("refund", "verify-customer", {"customer_id": "12345", "phone_pin": "5678"}),
    ("appointment", "find-free-times", {"day": "2026-12-01"}),
]
ASKED = [
    ("salesforce-look-up", "Look up my account details", "What's your customer number?"),
    ("zendesk-ticket", "I want to open a ticket for a broken lamp", "Please describe what is wrong."),
    ("inventory-check", "Is PROD-12345 available?", "PROD-12345 is in stock: 7 left."),
    ("verified-orders", "look up my orders", "What's your customer number?"),
    ("refund", "Please refund my order ORD-789", "Why do you want to return it?"),
    ("appointment", "Which times are free on 2026-12-01?", "Free on 2026-12-01: 09:00, 11:30, 14:30."),
]
JO = Contact(first_name="Jo", email="jo@example.com")


async def leave_a_lead(desk: Desk, conversation: str) -> None:
    parameters = {"email": "jane@example.com", "name": "Jane"}
    step = {"id": "lead", "kind": "internal", "action": "create_lead", "parameters": parameters}
    document = {"name": "Lead", "trigger": {"description": "When a customer leaves an address"}, "steps": [step]}
    await desk.running.services.authoring.create(desk.workspace, document, "test")
    await desk.publish("lead")
    await desk.happens(conversation, e.StartRequested(procedure="lead"))


# every one of them


@pytest.mark.parametrize("name", action_template_names())
def test_a_template_has_no_errors(name: str) -> None:
    template = read_action_template(name)
    actions = {one.slug: one for one in template.actions}
    connections = {one.slug: one for one in template.connections}

    for action in template.actions:
        procedure = direct(action, {}).procedure
        around = Surroundings(procedure, actions=actions, connections=connections)
        assert errors(check(procedure, around, simulated=True)) == []
        assert action.fetches() <= actions.keys()
    assert set(template.agent_actions) <= actions.keys()


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_tells_a_model_all_it_needs(action: Any) -> None:
    assert 10 <= len(action.description) <= 200
    assert action.when_not_to_use
    for variable in action.variables:
        assert variable.description
        assert variable.example or variable.sensitive, variable.name


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_has_words_for_what_can_go_wrong(action: Any) -> None:
    assert action.message(False, 404) is not None
    if action.reads:  # what a call that changes something did is found out before anything is said
        told = {action.message(False, 404), action.message(False, 503), action.message(False, None, timed_out=True)}
        assert len(told) == 3


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_can_be_written_and_read_again(action: Any) -> None:
    assert read_action(parse_yaml(write_data(document_of(action)))) == action


@pytest.mark.parametrize("status", [401, 501])
@pytest.mark.parametrize(("desk", "action", "arguments"), BROKEN, indirect=["desk"])
async def test_a_system_that_fails_is_told_kindly(
    desk: Desk, action: str, arguments: dict[str, Any], status: int
) -> None:
    conversation = await desk.open()
    if action == "get-customer-account":
        await leave_a_lead(desk, conversation)
    desk.memory.fail = status

    (told,) = await desk.use(conversation, action, **arguments)

    assert "right now" in told
    assert (await desk.state(conversation)).mode == "agent"


@pytest.mark.parametrize(("desk", "words", "answer"), ASKED, indirect=["desk"])
async def test_a_customers_own_words_are_enough(desk: Desk, words: str, answer: str) -> None:
    assert await desk.says(await desk.open(), words) == [answer]


# account look-up


@using("account-look-up")
async def test_an_account_is_read_by_the_leads_address(desk: Desk) -> None:
    conversation = await desk.open()
    assert await desk.use(conversation, "get-customer-account") == []  # there is no address yet, and it is left alone
    await leave_a_lead(desk, conversation)

    told = await desk.says(conversation, "What is the status of my account?")

    assert told == ["Your account (Jane Smith) is on the Pro plan, with 3250 of 5000 conversations used this month."]


# Salesforce


@using("salesforce-look-up")
async def test_a_customer_is_asked_for_the_number_and_told_the_record(desk: Desk) -> None:
    conversation = await desk.open()
    asked = await desk.use(conversation, "lookup-customer")
    told = await desk.says(conversation, "003-7781")
    missing = await desk.use(conversation, "lookup-customer", customer_id="003-0000")

    assert asked == ["What's your customer number?"]
    assert told == ["I've found your account: Acme Ltd, Customer - Direct since 2019."]
    assert missing == ["I can't find a customer with the number 003-0000."]


@using("salesforce-look-up")
async def test_one_access_token_serves_many_look_ups_and_is_fetched_anew_when_refused(desk: Desk) -> None:
    conversation = await desk.open()
    for _ in range(2):
        await desk.use(conversation, "lookup-customer", customer_id="003-7781")
    assert len(desk.memory.tokens) == 1
    desk.memory.tokens.clear()

    told = await desk.use(conversation, "lookup-customer", customer_id="003-7781")

    assert told == ["I've found your account: Acme Ltd, Customer - Direct since 2019."]
    assert len(desk.memory.tokens) == 1


@using("salesforce-look-up")
@pytest.mark.parametrize("number", ["x' OR Name != '", "../Account", "003-7781?fields=Phone"])
async def test_a_customer_number_cannot_ask_for_other_records(desk: Desk, number: str) -> None:
    told = await desk.use(await desk.open(), "lookup-customer", customer_id=number)

    assert told == [f"I can't find a customer with the number {number}."]


@using("salesforce-look-up")
async def test_only_what_is_told_of_a_record_is_kept(desk: Desk) -> None:
    conversation = await desk.open()
    await desk.use(conversation, "lookup-customer", customer_id="003-7781")

    fact = (await desk.state(conversation)).facts["lookup-customer"]
    assert fact.response == {"name": "Acme Ltd", "type": "Customer - Direct", "since": "2019"}


# Zendesk


@using("zendesk-ticket")
async def test_a_ticket_is_opened_and_its_number_told(desk: Desk) -> None:
    conversation = await desk.open(contact=JO)
    told = await desk.use(conversation, "create-ticket", issue_description='The "blue" lamp is broken')

    assert told == ["I've opened ticket 35431 for you."]
    (ticket,) = desk.memory.tickets
    assert (ticket.subject, ticket.priority) == ("Conversation with Jo", "normal")
    assert ticket.comment.body == 'The "blue" lamp is broken\n\nE-mail: jo@example.com'
    assert ticket.external_id == conversation


@using("zendesk-ticket")
async def test_a_ticket_of_nobody_known_has_a_subject_too(desk: Desk) -> None:
    await desk.use(await desk.open(), "create-ticket", issue_description="It hums", priority_level="urgent")

    (ticket,) = desk.memory.tickets
    assert (ticket.subject, ticket.priority) == ("Conversation with a customer", "urgent")
    assert ticket.comment.body == "It hums\n\nE-mail: not known"


@using("zendesk-ticket")
async def test_a_ticket_that_is_refused_goes_to_a_person(desk: Desk) -> None:
    conversation = await desk.open()
    desk.memory.fail = 422

    told = await desk.use(conversation, "create-ticket", issue_description="It hums")

    assert told[0] == "Our ticket system doesn't take that as it is. A colleague will take care of it."
    assert (await desk.state(conversation)).mode == "member"


@using("zendesk-ticket")
async def test_a_ticket_that_a_member_found_opened_is_not_told_as_a_failure(desk: Desk) -> None:
    conversation = await desk.open()
    desk.memory.fail = 501
    await desk.use(conversation, "create-ticket", issue_description="It hums")

    told = await desk.decide(conversation, "happened")

    assert told == ["That's done."]
    state = await desk.state(conversation)
    assert (state.mode, list(state.facts)) == ("agent", ["create-ticket"])


@using("zendesk-ticket")
async def test_a_ticket_whose_answer_is_lost_is_asked_for_again_and_opened_once(desk: Desk) -> None:
    desk.memory.lose_answers = True

    told = await desk.use(await desk.open(), "create-ticket", issue_description="It hums")

    assert told == ["I've opened ticket 35431 for you."]
    assert len(desk.memory.tickets) == 1


@using("zendesk-ticket")
async def test_a_fourth_ticket_of_one_conversation_is_refused(desk: Desk) -> None:
    conversation = await desk.open()
    told = [await desk.use(conversation, "create-ticket", issue_description="It hums") for _ in range(4)]

    assert told[-1] == ["I've opened several tickets for you already."]
    assert len(desk.memory.tickets) == 3


# inventory


@using("inventory-check")
async def test_stock_is_told_in_words(desk: Desk) -> None:
    conversation = await desk.open()

    assert await desk.use(conversation, "check-inventory", sku="PROD-12345") == ["PROD-12345 is in stock: 7 left."]
    assert await desk.use(conversation, "check-inventory", sku="PROD-20000") == [
        "PROD-20000 is out of stock and expected on 2026-12-15."
    ]
    assert await desk.use(conversation, "check-inventory", sku="PROD-30000") == [
        "PROD-30000 is out of stock, and nobody knows yet when it comes back."
    ]
    assert await desk.use(conversation, "check-inventory", sku="X") == ["I know no product with the number X."]
