"""Answers that hold more than what was asked for, or something else."""

import pytest

from deskhand.adapters.offline.replying import reply
from deskhand.adapters.offline.setting import Setting
from deskhand.domain.model import Json
from deskhand.ports.understanding import Wanted

FRIDAY = Setting("en", "US", now=1_551_441_600_000)
"""The first of March 2019."""

ORIGIN = Wanted("origin", "text", description="City where the journey starts")
GOAL = Wanted("destination", "text", description="City where the journey ends")
DAY = Wanted("date", "date", description="Day of departure")
FOOD = Wanted("cuisine", "text", description="Kind of food that the restaurant serves")
SHARED = Wanted("shared_ride", "boolean", description="Whether the ride is shared")
RIDERS = Wanted("riders", "integer", ("1", "2", "3"), description="Number of riders")
REASON = Wanted("reason", "text", description="Why the customer returns it")
ALL = (ORIGIN, GOAL, DAY, FOOD, SHARED, RIDERS)


def replied(pending: Wanted, text: str, *given: Wanted) -> dict[str, Json]:
    later = [one for one in ALL if one is not pending and one not in given]
    return reply(pending, later, text, FRIDAY, given)


@pytest.mark.parametrize(
    ("pending", "text", "expected"),
    [
        (ORIGIN, "Seattle please", {"origin": "Seattle"}),
        (ORIGIN, "It's in Oakland.", {"origin": "Oakland"}),
        (ORIGIN, "seattle", {"origin": "seattle"}),
        (FOOD, "I would like some thai please", {"cuisine": "thai"}),
        (FOOD, "Something Latin American.", {"cuisine": "Latin American"}),
        (RIDERS, "A shared ride is fine. There are 2 of us.", {"riders": "2", "shared_ride": True}),
        (SHARED, "That works for me", {"shared_ride": True}),
        (SHARED, "no, and it's for 3 people", {"shared_ride": False, "riders": "3"}),
    ],
)
def test_the_answer_is_found_in_its_sentence(pending: Wanted, text: str, expected: dict[str, Json]) -> None:
    assert replied(pending, text) == expected


def test_what_is_said_for_another_variable_is_no_answer() -> None:
    assert replied(ORIGIN, "I'm flying to Seattle on March 7th") == {"destination": "Seattle", "date": "2019-03-07"}
    assert replied(GOAL, "I leave from Toronto", ORIGIN) == {}


@pytest.mark.parametrize("text", ["Which cities are there?", "I don't care", "Yes.", "What do you mean?"])
def test_words_that_name_nothing_are_no_answer(text: str) -> None:
    assert "origin" not in replied(ORIGIN, text)


def test_an_open_question_takes_the_customers_own_words() -> None:
    text = "It broke on the way from Paris to Rome"
    assert reply(REASON, (), text, FRIDAY) == {"reason": text}
