"""What customers take back, as they say it."""

import pytest

from deskhand.adapters.offline.corrections import corrections
from deskhand.adapters.offline.setting import Setting
from deskhand.domain.model import Json
from deskhand.ports.understanding import Given, Wanted

FRIDAY = Setting("en", "US", now=1_551_441_600_000)
"""The first of March 2019."""

CITY = Wanted("city", "text", description="City of the restaurant")
GUESTS = Wanted("guests", "integer", description="How many people")
DAY = Wanted("date", "date", description="Day of the reservation")
EMAIL = Wanted("email", "email")
ORDER = Wanted("order_id", "text", example="A1001", description="The order's number")
ACCOUNT = Wanted("account", "text", ("checking", "savings"), description="Which account")
TIME = Wanted("time", "text", example="14:30", description="Time of the reservation")
GIVEN = (
    Given(CITY, "Oakland"),
    Given(GUESTS, 2),
    Given(DAY, "2019-03-05"),
    Given(EMAIL, "jo@shop.example"),
    Given(ORDER, "A1001"),
    Given(ACCOUNT, "savings"),
    Given(TIME, "18:00"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my email is actually ann@shop.example", {"email": "ann@shop.example"}),
        ("I meant Friday", {"date": "2019-03-08"}),
        ("make it 3 instead", {"guests": "3"}),
        ("not Oakland, San Jose", {"city": "San Jose"}),
        ("San Jose, not Oakland!", {"city": "San Jose"}),
        ("please change Oakland to San Jose", {"city": "San Jose"}),
        ("Wait, it's A1003 instead of A1001", {"order_id": "A1003"}),
        ("no, A1002", {"order_id": "A1002"}),
        ("sorry, I meant 7 pm", {"time": "19:00"}),
        ("Actually, for 4 people in Fresno at 8 pm", {"guests": "4", "city": "Fresno", "time": "20:00"}),
        ("The reservation is just for 1 person.", {"guests": "1"}),
        ("no, the other account", {"account": "checking"}),
        ("actually checking", {"account": "checking"}),
    ],
)
def test_another_value_takes_the_first_one_back(text: str, expected: dict[str, Json]) -> None:
    assert corrections(GIVEN, text, FRIDAY) == expected


def test_the_other_order_is_asked_for_again() -> None:
    assert corrections(GIVEN, "no, the other order", FRIDAY) == {"order_id": None}


@pytest.mark.parametrize(
    "text",
    [
        "Yes, in Oakland.",
        "for 2 people, please",
        "no",
        "that's wrong",
        "It was broken",
        "at 6 pm",
        "is that in Fresno?",
        "",
    ],
)
def test_the_same_value_and_other_words_correct_nothing(text: str) -> None:
    assert corrections(GIVEN, text, FRIDAY) == {}


def test_what_answers_the_question_that_stands_corrects_nothing() -> None:
    origin = Wanted("origin", "text", description="City where the journey starts")
    goal = Wanted("destination", "text", description="City where the journey ends")

    assert corrections([Given(origin, "Paris")], "In Fresno please", FRIDAY, (goal,)) == {}
    assert corrections([Given(origin, "Paris")], "I leave from Rome, actually", FRIDAY, (goal,)) == {"origin": "Rome"}


def test_where_any_words_could_be_the_answer_only_words_that_take_back_correct() -> None:
    assert corrections(GIVEN, "A1002 arrived in Fresno for 3 people", FRIDAY, plainly=False) == {}
    assert corrections(GIVEN, "actually, for 3 people", FRIDAY, plainly=False) == {"guests": "3"}
    assert corrections(GIVEN, "not A1001 but A1002", FRIDAY, plainly=False) == {"order_id": "A1002"}
