"""What a visitor's page brings into a conversation: whose it is, values that were not asked for, what was picked."""

from pathlib import Path
from typing import Any

import pytest

from deskhand.domain import events as e
from deskhand.domain.contact import Contact
from deskhand.domain.conversation import converse
from deskhand.domain.errors import RuleError
from deskhand.domain.state import Conversation
from deskhand.domain.stored import dump, load
from deskhand.domain.turn import Turn
from deskhand.domain.widget import Visitor
from tests.unit.domain.builders import catalogue, collect, given, message, published, sub, told

FIXTURES = Path(__file__).parents[2] / "fixtures/stored"
ADA = Visitor(id="vis_0195563fc2807000a1b2c3d4e5f60718")
ASKING = [collect("order", validation="integer"), collect("way"), message("Order {{order}} by {{way}}.")]


def widget(**fields: Any) -> Conversation:
    return Conversation(id="conv", channel="widget", visitor=ADA, **fields)


def started(state: Conversation, *steps: Any, version: int = 2, customer: bool = True, **arguments: Any) -> Turn:
    event = e.StartRequested(procedure="ask", arguments=arguments, customer=customer)
    return converse(state, event, catalogue(published("ask", *(steps or ASKING))), given(version))


def picked(slug: str, **world: Any) -> Turn:
    event = e.StartRequested(procedure=slug, customer=True)
    return converse(widget(), event, catalogue(published("ask", *ASKING)), given(**world))


def with_values(state: Conversation, **values: Any) -> Conversation:
    return converse(state, e.VariablesGiven(variables=values), catalogue(), given()).conversation


def test_a_conversation_that_was_stored_is_still_its_visitors() -> None:
    state = load(Conversation, (FIXTURES / "v1/conversation_visitor.json").read_text())

    assert state.visitor == Visitor(id="vis_0195563fc2807000a1b2c3d4e5f60718", user="c-7")
    assert state.prefilled == {"order": 1001, "way": "mail", "more": {"a": [1, None]}}


def test_a_conversation_of_before_is_nobodys() -> None:
    state = load(Conversation, (FIXTURES / "v1/conversation.json").read_text())

    assert (state.visitor, state.prefilled) == (None, {})
    assert "visitor" not in dump(state)
    assert "prefilled" not in dump(state)


def test_whoever_is_proved_has_the_conversation_from_then_on() -> None:
    contact = Contact(id="c-7")
    proved = converse(widget(), e.Identified(contact=contact, user="c-7"), catalogue(), given()).conversation
    assert (proved.visitor, proved.contact) == (Visitor(id=ADA.id, user="c-7"), contact)
    with pytest.raises(RuleError):
        converse(proved, e.Identified(contact=Contact(id="c-8"), user="c-8"), catalogue(), given(2))


def test_whom_a_member_says_the_customer_is_has_no_conversation_by_that() -> None:
    told = converse(widget(), e.Identified(contact=Contact(id="c-7")), catalogue(), given()).conversation

    assert told.visitor == ADA


def test_a_conversation_of_another_channel_gets_no_visitor() -> None:
    state = Conversation(id="conv")
    proved = converse(state, e.Identified(contact=Contact(id="c-7"), user="c-7"), catalogue(), given()).conversation

    assert proved.visitor is None


def test_values_of_the_page_are_not_asked_for() -> None:
    turn = started(with_values(widget(), order="1001", way="mail"))

    assert told(turn) == ["Order 1001 by mail."]


def test_values_that_do_not_fit_are_asked_for() -> None:
    turn = started(with_values(widget(), order="many", way="mail"))

    assert told(turn) == ["Which order?"]
    assert turn.conversation.runs[-1].variables == {"way": "mail"}


def test_what_is_given_at_the_start_goes_before_the_page() -> None:
    for customer in (True, False):
        turn = started(with_values(widget(), order=1, way="mail"), customer=customer, order=2)
        assert told(turn) == ["Order 2 by mail."]


def test_a_procedure_that_another_one_calls_takes_nothing_of_the_page() -> None:
    child = published("child", collect("order"), message("Child {{order}}"))
    turn = converse(
        with_values(widget(), order=1),
        e.StartRequested(procedure="ask", customer=True),
        catalogue(published("ask", sub("child"), children=[child])),
        given(2),
    )

    assert told(turn) == ["Which order?"]


def test_a_null_takes_a_value_away() -> None:
    state = with_values(with_values(widget(), order=1, way="mail"), order=None)

    assert state.prefilled == {"way": "mail"}


def test_of_too_many_values_the_newest_stay_in_their_order() -> None:
    first = with_values(widget(), **{f"a{number}": number for number in range(40)})
    second = with_values(first, **{f"b{number}": number for number in range(20)}, a39="again")

    assert list(second.prefilled) == [
        *(f"a{number}" for number in range(10, 39)), *(f"b{number}" for number in range(20)), "a39",
    ]  # fmt: skip
    assert second.prefilled["a39"] == "again"


def test_of_too_much_the_newest_stays() -> None:
    state = widget()
    for number in range(5):
        state = with_values(state, **{f"v{number}": "x" * 6000})

    assert list(state.prefilled) == ["v3", "v4"]


def test_what_was_picked_goes_on_where_it_is() -> None:
    state = started(widget()).conversation
    again = started(state, version=3, way="mail")

    assert len(again.conversation.runs) == 1
    assert told(again) == ["Which order?"]


@pytest.mark.parametrize("slug", ["nothing", "action:ask", ""])
def test_what_is_not_there_cannot_be_picked(slug: str) -> None:
    with pytest.raises(RuleError, match="cannot be started here now"):
        picked(slug)


def test_what_is_not_for_the_customer_cannot_be_picked_and_the_reason_stays_inside() -> None:
    with pytest.raises(RuleError) as refused:
        picked("ask", barred={"ask": "they are not in the audience “VIP”."})
    assert "VIP" not in refused.value.sentence


def test_with_a_member_nothing_is_picked() -> None:
    with pytest.raises(RuleError, match="cannot be started here now"):
        started(widget(mode="member", member="Ana"))
