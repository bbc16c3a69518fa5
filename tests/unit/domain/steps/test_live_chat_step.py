"""Step `live_chat`: a person, if one is there."""

from typing import Any

import pytest

from deskhand.domain.effects import HandOver, ShowOffer
from deskhand.domain.live_chat import Desk
from tests.unit.domain.builders import Play, message, of, published, told

CHAT: dict[str, Any] = {"kind": "live_chat"}
THERE = Desk(on=True, open=True, there=True)
AWAY = [
    (Desk(on=True, open=True, there=False), "The customer wants to talk to a person; nobody was there."),
    (
        Desk(on=True, open=False, there=True),
        "The customer wants to talk to a person, outside of the hours of live chat.",
    ),
    (Desk(), "The customer wants to talk to a person; live chat is switched off for this agent."),
]


def play(*steps: dict[str, Any], desk: Desk, **state: Any) -> Play:
    one = Play(published("person", *steps), **state)
    one.given["desk"] = desk
    return one


def test_where_somebody_is_there_the_conversation_is_theirs() -> None:
    one = play(CHAT | {"text": "One moment."}, desk=THERE)
    turn = one.starts("person")
    assert told(turn) == ["One moment."]
    [handed] = of(HandOver, turn.effects)
    assert (handed.available, handed.to) == (True, None)
    assert (one.state.mode, one.state.desk) == ("member", None)
    assert one.ended == [("person", "escalated")]


@pytest.mark.parametrize(("desk", "reason"), AWAY)
def test_where_nobody_is_there_somebody_answers_later(desk: Desk, reason: str) -> None:
    one = play(CHAT, desk=desk)
    turn = one.starts("person")
    assert told(turn) == [
        "I'm sorry, nobody is there to chat right now. A colleague will answer you here as soon as they are back."
    ]
    [handed] = of(HandOver, turn.effects)
    assert (handed.reason, handed.available) == (reason, False)
    assert one.state.mode == "member"


@pytest.mark.parametrize(("desk", "reason"), AWAY)
def test_where_nobody_is_there_it_goes_on_where_the_builder_says(desk: Desk, reason: str) -> None:
    one = play(CHAT | {"on_unavailable": "later"}, message("Write to us.", id="later"), desk=desk, language="de")
    turn = one.starts("person")
    assert told(turn) == ["Gerade ist leider niemand zum Chatten da.", "Write to us."]
    assert not of(HandOver, turn.effects)
    assert one.ended == [("person", "completed")]


def test_the_builders_own_words_say_that_nobody_is_there() -> None:
    one = play(CHAT | {"away_text": {"en": "Back at 9.", "de": "Ab 9 wieder da."}}, desk=Desk(on=True), language="de")
    assert told(one.starts("person")) == ["Ab 9 wieder da."]


def test_an_outside_system_has_the_conversation_until_it_is_given_back() -> None:
    one = play(CHAT, desk=Desk(on=True, open=True, there=True, to="helpdesk"))
    [handed] = of(HandOver, one.starts("person").effects)
    assert handed.to == one.state.desk == "helpdesk"
    one.says("Hello?")
    assert one.state.desk == "helpdesk"
    one.handed_back()
    assert (one.state.mode, one.state.desk) == ("agent", None)


def test_a_member_who_takes_over_takes_it_from_the_outside_system() -> None:
    one = play(CHAT, desk=Desk(on=True, open=True, there=True, to="helpdesk"))
    one.starts("person")
    one.taken_over()
    assert (one.state.member, one.state.desk) == ("Ben", None)


def test_alone_it_is_offered() -> None:
    one = play(CHAT, desk=THERE)
    [offered] = of(ShowOffer, one.wants("person").effects)
    assert one.state.mode == "agent"
    one.clicks("accept", offered.offer)
    assert one.state.mode == "member"
