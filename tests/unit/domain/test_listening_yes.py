"""What a yes is about: what stood before the customer when they said it, and nothing that came afterwards."""

from typing import Any

import pytest

from deskhand.domain import commands as c
from deskhand.domain import events as e
from deskhand.domain.effects import ShowOffer
from tests.unit.domain.builders import Play, collect, look_up, message, of, published, refund, told

ASKED = "Refund A1?"


def asks_first(**trigger: Any) -> Play:
    """An order is looked up, then the customer is asked whether they are sure."""
    offered = published("call", message("Calling."), trigger=trigger or {"phrases": ["call me"], "start": "offer"})
    return Play(published("book", collect("order"), look_up(), refund(id="pay", confirm="Refund {{order}}?")), offered)


def acts(play: Play) -> list[str]:
    return [one.step for one in play.performed]


def test_a_yes_from_before_the_confirmation_confirms_nothing() -> None:
    play = asks_first()
    play.wants("book", order="A1")
    play.says("ok")
    assert play.state.unread == ("ok",)
    play.succeeds({})
    turn = play.take(e.Said(text="ok", earlier=True))
    assert ASKED in told(turn)[-1]
    assert acts(play) == ["call2"]
    play.says("ok")
    assert acts(play) == ["call2", "pay"]


def test_a_no_from_before_the_confirmation_stops_it() -> None:
    play = asks_first()
    play.wants("book", order="A1")
    play.says("no")
    play.succeeds({})
    play.take(e.Said(text="no", earlier=True))
    assert play.ended == [("book", "cancelled")]


@pytest.mark.parametrize("commands", [(), (c.Affirm(),)])
def test_a_yes_that_a_model_still_read_when_the_confirmation_came_confirms_nothing(commands: tuple[Any, ...]) -> None:
    play = Play(published("book", collect("order", choices=["A1"]), refund(id="pay", confirm="Refund {{order}}?")))
    play.wants("book")
    play.take(e.Said(text="ok", later=True))
    play.take(e.ReadUnread())
    play.clicks("A1")
    for _ in range(2):  # what stands before the customer has changed: it is read once more
        reading = play.state.reading
        assert reading is not None
        turn = play.take(e.Understood(reading=reading.id, commands=commands))
    assert ASKED in told(turn)[-1]
    assert acts(play) == []


def test_an_offer_after_a_thumbs_down_is_not_the_last_word_before_a_confirmation() -> None:
    play = asks_first(on_negative_feedback=True)
    play.wants("book", order="A1")
    play.succeeds({})
    turn = play.take(e.FeedbackGiven(reaction="negative", reason="slow"))
    assert len(of(ShowOffer, turn.effects)) == 1
    assert ASKED in told(turn)[-1]


def test_an_offer_that_was_passed_over_is_not_accepted_by_a_later_yes() -> None:
    play = asks_first()
    play.wants("call")
    play.wants("book")
    assert "Calling." not in told(play.says("great", c.Affirm()))
    assert "Calling." in told(play.clicks("accept", play.state.offers[0].id))


def test_a_question_that_was_asked_again_after_an_offer_gets_the_yes() -> None:
    ask = published("book", collect("broken", "Is it broken?", validation="boolean"), message("{{broken}}"))
    play = Play(ask, published("call", message("Calling."), trigger={"on_unanswered": True}))
    play.wants("book")
    assert told(play.says("why?", c.Unanswerable()))[-1] == "Is it broken?"
    assert told(play.says("yes", c.Affirm())) == ["true"]
