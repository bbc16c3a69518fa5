"""Values that nobody asked for just now, in sentences as customers write them."""

import pytest

from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.volunteering import values_in, volunteered
from deskhand.domain.model import Json
from deskhand.ports.understanding import Wanted

FRIDAY = Setting("en", "US", now=1_551_441_600_000)
"""The first of March 2019."""

CITY = Wanted("city", "text", description="City where the restaurant is")
PLACE = Wanted("restaurant_name", "text", description="Name of the restaurant")
GUESTS = Wanted("guests", "integer", ("1", "2", "3", "4"), description="Number of people")
DAY = Wanted("date", "date", description="Day of the reservation")
TIME = Wanted("time", "text", example="14:30", description="Time of the reservation")
FOOD = Wanted("cuisine", "text", description="Kind of food that the restaurant serves")
OUTSIDE = Wanted("outdoor_seating", "boolean", description="Whether there are seats outdoors")
PRICE = Wanted("price_range", "text", ("cheap", "moderate", "expensive"))
TABLE = (CITY, PLACE, GUESTS, DAY, TIME, FOOD, OUTSIDE, PRICE)

ORIGIN = Wanted("origin", "text", description="City where the journey starts")
GOAL = Wanted("destination", "text", description="City where the journey ends")
LEAVING = Wanted("departure_date", "date", description="Day of departure")
BACK = Wanted("return_date", "date", description="Day of the return journey")
JOURNEY = (ORIGIN, GOAL, LEAVING, BACK)

SONG = Wanted("song_name", "text", description="Name of the song")
ARTIST = Wanted("artist", "text", description="Who performs the song")
DIRECTOR = Wanted("director", "text", description="Director of the movie")
ACTOR = Wanted("actor", "text", description="Name of an actor starring in the movie")
ALARM = Wanted("alarm_name", "text", description="Name of the alarm")
PAYEE = Wanted("payee", "text", description="Who receives the money")
AMOUNT = Wanted("amount", "number", description="Amount of money")
DOCTOR = Wanted("doctor_name", "text", description="Name of the doctor")
GENRE = Wanted("genre", "text", description="Genre of the movie")


def found(wanted: tuple[Wanted, ...], text: str, *besides: Wanted) -> dict[str, Json]:
    return volunteered(wanted, text, FRIDAY, besides)[0]


def test_one_sentence_gives_several_values() -> None:
    text = "I'd like a table for 3 people at Andes Cafe in San Mateo tomorrow at half past 7 in the evening"

    assert found(TABLE, text) == {
        "city": "San Mateo", "restaurant_name": "Andes Cafe", "guests": "3", "date": "2019-03-02", "time": "19:30",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("From Paris to New York on March 7th", {"origin": "Paris", "destination": "New York"}),
        (
            "I'm heading to Fresno, CA and I leave from Los Angeles",
            {"origin": "Los Angeles", "destination": "Fresno, CA"},
        ),
        ("My destination is Chicago.", {"destination": "Chicago"}),
        ("Departure city is Atlanta.", {"origin": "Atlanta"}),
        ("Nairobi is the departure city, please", {"origin": "Nairobi"}),
        ("I want to fly to Mexico City", {"destination": "Mexico City"}),
    ],
)
def test_places_go_to_the_end_of_the_journey_that_they_are_said_for(text: str, expected: dict[str, str]) -> None:
    assert found((ORIGIN, GOAL), text) == expected


def test_of_two_dates_the_words_before_say_which_is_which() -> None:
    assert found(JOURNEY, "We leave on March 4th and come back on March 9th") == {
        "departure_date": "2019-03-04",
        "return_date": "2019-03-09",
    }
    assert found(JOURNEY, "I want to return next Monday") == {"return_date": "2019-03-04"}


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ((SONG, ARTIST), "Play Yellow by Coldplay", {"song_name": "Yellow", "artist": "Coldplay"}),
        ((SONG, ARTIST), "can you play the song “Human After All”", {"song_name": "Human After All"}),
        ((DIRECTOR, ACTOR), "anything directed by Elaine May with Rose Arrick?",
         {"director": "Elaine May", "actor": "Rose Arrick"}),
        ((GENRE,), "I'm looking for a funny movie", {"genre": "funny"}),
        ((GENRE,), "Any good movies?", {}),
        ((FOOD, CITY), "Find me some Latin American food in Oakland", {"cuisine": "Latin American", "city": "Oakland"}),
        ((ALARM,), "an alarm called Leave for home.", {"alarm_name": "Leave for home"}),
        ((PAYEE, AMOUNT), "Send 1,400 bucks to Yumi", {"payee": "Yumi", "amount": "1,400"}),
        ((DOCTOR,), "an appointment with Dr. Leslie Caldwell", {"doctor_name": "Dr. Leslie Caldwell"}),
    ],
)  # fmt: skip
def test_names_are_known_by_the_words_that_lead_to_them(
    wanted: tuple[Wanted, ...], text: str, expected: dict[str, str]
) -> None:
    assert {name: str(value).replace(",", "") for name, value in found(wanted, text).items()} == {
        name: value.replace(",", "") for name, value in expected.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "Is it in Oakland?",
        "Does it leave from Chicago? When will it arrive in Las Vegas?",
        "Do they have outdoor seating?",
        "How many people fit in there?",
        "let me know if they have seats outdoors",
        "I am not sure yet.",
        "Please help me. Thanks!",
        "In the morning I was in a hurry",
    ],
)
def test_questions_and_talk_give_no_values(text: str) -> None:
    assert found((*TABLE[:3], FOOD, OUTSIDE, PRICE, ORIGIN), text) == {}


def test_yes_and_no_variables_follow_what_is_wanted() -> None:
    pets = Wanted("pets_allowed", "boolean", description="Whether pets are allowed")
    wifi = Wanted("has_wifi", "boolean", description="Whether there is wifi")
    free = Wanted("free_entry", "boolean", description="Whether entrance to the museum is free")

    assert found((pets, wifi), "It must have wifi and I don't want pets around") == {
        "has_wifi": True,
        "pets_allowed": False,
    }
    assert found((free,), "something without an entry fee") == {"free_entry": True}
    assert found((OUTSIDE,), "I won't mind outdoor seating") == {"outdoor_seating": True}


def test_a_choice_is_found_in_any_number_and_no_thing_means_the_choice_none() -> None:
    who = Wanted("specialist", "text", ("Psychologist", "Family Counselor"))
    subtitles = Wanted("subtitle_language", "text", ("None", "English", "Spanish"))

    assert found((who,), "are there any psychologists around?") == {"specialist": "Psychologist"}
    assert found((subtitles,), "I'd like to watch it with no subtitles") == {"subtitle_language": "None"}
    assert found((subtitles,), "not English, I'd say") == {}


def test_of_two_variables_with_the_same_choices_the_right_one_is_set() -> None:
    mine = Wanted("account", "text", ("checking", "savings"), description="The customer's account")
    theirs = Wanted("recipient_account", "text", ("checking", "savings"), description="The recipient's account")

    assert found((mine, theirs), "from my savings account to her checking account") == {
        "account": "savings",
        "recipient_account": "checking",
    }


def test_numbers_go_to_what_they_count() -> None:
    beds = Wanted("bedrooms", "integer", description="Number of bedrooms")
    baths = Wanted("bathrooms", "integer", description="Number of bathrooms in the apartment")

    assert found((beds, baths), "a 2 bedroom apartment with one bathroom") == {"bedrooms": "2", "bathrooms": "1"}
    assert found((GUESTS,), "three of us, at 7 pm") == {"guests": "3"}
    assert found((GUESTS,), "I called 3 times") == {}


def test_what_is_meant_for_a_variable_that_has_a_value_is_left_alone() -> None:
    assert found((GOAL,), "I'm leaving from Paris", ORIGIN) == {}


def test_the_rest_is_the_text_without_the_values() -> None:
    values, rest = volunteered((GUESTS,), "for 2 people, because it is fun", FRIDAY)
    assert values == {"guests": "2"}
    assert rest == "for   people, because it is fun"


@pytest.mark.parametrize(
    "text",
    [
        "a refund because it broke, jo@example.com",
        "a refund because it broke and my email is jo@example.com",
        "a refund because it broke, my mail is jo@example.com",
    ],
)
def test_a_reason_ends_where_something_else_is_told(text: str) -> None:
    values, _ = volunteered((Wanted("reason", "text"), Wanted("email", "email")), text, FRIDAY)
    assert values == {"reason": "it broke", "email": "jo@example.com"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Is PROD-12345 available?", {"sku": "PROD-12345"}),
        ("Which times are free on 2026-12-01?", {"day": "2026-12-01"}),
        ("who has jo@example.com?", {"email": "jo@example.com"}),
        ("is it open on Friday?", {}),
    ],
)
def test_what_is_written_as_what_it_is_is_taken_out_of_a_question_too(text: str, value: dict[str, str]) -> None:
    wanted = (Wanted("sku", "text", example="PROD-10001"), Wanted("day", "date"), Wanted("email", "email"))
    assert volunteered(wanted, text, FRIDAY)[0] == value


def test_bare_digits_are_for_the_code_that_is_asked_for() -> None:
    customer, pin = Wanted("customer_id", "text", example="12345"), Wanted("phone_pin", "text")
    assert volunteered((customer,), "5678", FRIDAY, (pin,))[0] == {"customer_id": "5678"}
    assert values_in((customer, pin), "5678", FRIDAY, asked="phone_pin").keys() <= {"phone_pin"}
    assert values_in((customer, pin), "customer number 5678", FRIDAY, asked="phone_pin")["customer_id"].value == "5678"
