"""The same procedure asked for twice: two orders are two runs, and neither takes the other's place."""

from deskhand.domain import commands as c
from deskhand.domain.effects import CloseApproval
from tests.unit.domain.builders import Play, collect, of, published, refund, told


def start(order: str) -> c.StartProcedure:
    return c.StartProcedure(procedure="book", values={"order": order})


def sent(play: Play) -> list[str]:
    return [str(one.act.request.body) for one in play.performed]  # type: ignore[union-attr]


def test_two_orders_in_one_message_are_both_dealt_with() -> None:
    play = Play(published("book", collect("order"), refund()))
    play.says("refund A1 and B2", start("A1"), start("B2"))
    assert sent(play) == ['{"order":"A1"}']
    play.succeeds({})
    assert sent(play) == ['{"order":"A1"}', '{"order":"B2"}']
    play.succeeds({})
    assert play.ended == [("book", "completed")] * 2


def test_the_same_order_twice_in_one_message_is_dealt_with_once() -> None:
    play = Play(published("book", collect("order"), refund()))
    play.says("refund A1, yes A1", start("A1"), start("A1"), c.StartProcedure(procedure="book"))
    play.succeeds({})
    assert sent(play) == ['{"order":"A1"}']


def test_a_second_order_does_not_take_the_place_of_one_that_waits_for_a_member() -> None:
    play = Play(published("book", collect("order"), refund(approval="require")))
    play.wants("book", order="A1")
    turn = play.wants("book", order="B2")
    assert of(CloseApproval, turn.effects) == []
    assert [text.split(".")[0] for text in told(turn)] == ["A colleague is still checking this"]
    play.decides("approve")
    play.succeeds({})
    assert [request.variables["order"] for request in play.requests] == ["A1", "B2"]


def test_two_orders_in_one_message_ask_for_two_approvals() -> None:
    play = Play(published("book", collect("order"), refund(approval="require")))
    play.says("refund A1 and B2", start("A1"), start("B2"))
    play.decides("approve")
    play.succeeds({})
    assert [request.variables["order"] for request in play.requests] == ["A1", "B2"]
