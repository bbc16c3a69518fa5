"""The asked value in an answer, of every type; and answers that hold none."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.slots import lines_of, normalised, offline
from deskhand.adapters.offline.extraction import along, answer, free_answer
from deskhand.adapters.offline.setting import Setting
from deskhand.domain.values import parse
from deskhand.ports.understanding import Wanted

NOW = int(datetime(2026, 11, 21, 10, tzinfo=UTC).timestamp() * 1000)
AMERICAN, GERMAN = Setting("en", "US", NOW), Setting("de", "DE", NOW)
DATA = Path(__file__).resolve().parents[5] / "shared" / "workloads" / "slots" / "restaurant8k_dev.jsonl"

TIME = Wanted("time", "text", description="What time suits you?")
NAME, FIRST, LAST = Wanted("name", "text"), Wanted("first_name", "text"), Wanted("last_name", "text")
PEOPLE, GUESTS = Wanted("people", "text", description="How many people come"), Wanted("guests", "integer")
ROOMS = Wanted("rooms", "integer", description="How many rooms")
REASON = Wanted("reason", "text", description="Why it comes back")
RECEIPT = Wanted("has_receipt", "boolean")
DAY = Wanted("day", "date")
EMAIL, PHONE = Wanted("email", "email"), Wanted("phone", "phone")
COLORS = Wanted("colors", "json")
ORDER = Wanted("order", "text", example="#W1234567")
PLAN = Wanted("plan", "text", choices=("Basic", "Pro"))


def value(wanted: Wanted, text: str, setting: Setting = AMERICAN) -> Any:
    found = answer(wanted, text, setting)
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("At 11:45AM please", "11:45AM"),
        ("hm, 8", "8"),
        ("around 5ish would be good", "5ish"),
        ("1730", "1730"),
        ("quarter to eight", "quarter to eight"),
        ("any time after 6 for the 4 of us", "6"),
        ("30 minutes before noon", "30 minutes before noon"),
        ("in an hour", "in an hour"),
        ("tomorrow at 5", "5"),
        ("not 5, 6", "6"),
        ("halb acht", "halb acht"),
        ("um 18 Uhr bitte", "18 Uhr"),
        ("viertel nach drei", "viertel nach drei"),
        ("whenever", "whenever"),
        ("two weeks", "two weeks"),
        ("7pm or 8pm", None),
        ("for 7 people", None),
        ("make it tomorrow instead", None),
        ("is there parking?", None),
    ],
)
def test_a_time_is_found_as_it_is_said(text: str, said: str | None) -> None:
    assert value(TIME, text) == said


@pytest.mark.parametrize(
    ("text", "said", "many"),
    [
        ("There will be 5 adults and 1 child.", "5 adults and 1 child", 6),
        ("me and my wife", "me and my wife", 2),
        ("myself, my wife and 4 kids", "myself, my wife and 4 kids", 6),
        ("two couples", "two couples", 4),
        ("just me", "me", 1),
        ("a table for 7 at 8:30pm on the 3rd", "7", 7),
        ("change it from 8 people to just 7", "7", 7),
        ("it's five of us", "five", 5),
        ("wir sind zu viert", "zu viert", 4),
        ("20", "20", 20),
        ("at 7:30 PM", None, None),
        ("on August 24", None, None),
        ("rated better than 4 stars", None, None),
    ],
)
def test_people_are_found_as_they_are_said_or_counted(text: str, said: str | None, many: int | None) -> None:
    assert value(PEOPLE, text) == said
    counted = value(GUESTS, text)
    assert (None if counted is None else parse("integer", counted)) == many


@pytest.mark.parametrize(
    ("text", "full", "first", "last"),
    [
        ("Jo Smith", "Jo Smith", "Jo", "Smith"),
        ("i'm jo", "jo", "jo", "jo"),
        ("Dr. Ludwig van Beethoven", "Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("It's booked under the name Jo Smith, for two.", "Jo Smith", "Jo", "Smith"),
        ("Will", "Will", "Will", "Will"),
        ("Jo Smith here, I need help", "Jo Smith", "Jo", "Smith"),
        ("No thanks", None, None, None),
        ("That's not right", None, None, None),
        ("can we do a party of 9 instead", None, None, None),
        ("why do you need that?", None, None, None),
        ("I'm waiting", None, None, None),
        ("42", None, None, None),
    ],
)
def test_a_name_and_its_parts_are_found(text: str, full: str | None, first: str | None, last: str | None) -> None:
    assert (value(NAME, text), value(FIRST, text), value(LAST, text)) == (full, first, last)


def test_a_part_of_a_name_may_be_said_to_be_one() -> None:
    assert value(FIRST, "first name Jo, last name Smith") == "Jo"
    assert value(LAST, "first name Jo, last name Smith") == "Smith"
    assert value(LAST, "Smith is my last name") == "Smith"
    assert value(LAST, "my first name is Jo") is None


def test_one_answer_gives_both_halves_of_a_name_but_never_one_word_twice() -> None:
    assert along(FIRST, (LAST, PEOPLE), "Jo Smith, for 4 people") == {"last_name": "Smith", "people": "4 people"}
    assert along(FIRST, (LAST,), "Jo") == {}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2 rooms for 3 nights", "2"),
        ("not 2, 3", "3"),
        ("2, no wait, 3", "3"),
        ("three and a half", "3.5"),
        ("a couple", "2"),
        ("zwei", "2"),
        ("2 or 3", None),
        ("between 2 and 5", None),
        ("I don't know yet", None),
    ],
)
def test_the_number_that_is_meant_is_found(text: str, number: str | None) -> None:
    assert value(ROOMS, text) == number


@pytest.mark.parametrize(
    ("wanted", "text", "day"),
    [
        (DAY, "not Friday, Saturday", "2026-11-28"),
        (DAY, "Friday, no wait, Sunday", "2026-11-22"),
        (DAY, "change it from Friday to Sunday", "2026-11-22"),
        (DAY, "Friday or Saturday", None),
        (DAY, "I don't know yet", None),
        (Wanted("check_in_date", "date"), "from March 3 to March 5", "2027-03-03"),
        (Wanted("check_out_date", "date"), "from March 3 to March 5", "2027-03-05"),
        (Wanted("purchase_date", "date"), "on Friday", "2026-11-20"),
        (Wanted("day", "date", description="When the accident happened"), "5/3", "2026-05-03"),
        (DAY, "I bought it on Friday", "2026-11-20"),
        (Wanted("birthday", "date"), "3/5/84", "1984-03-05"),
        (Wanted("birthday", "date"), "May 3", None),
    ],
)
def test_the_date_that_is_meant_is_found(wanted: Wanted, text: str, day: str | None) -> None:
    assert value(wanted, text) == day


def test_a_date_in_a_text_stays_as_it_is_said() -> None:
    assert value(Wanted("date", "text"), "next Friday please") == "next Friday"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("yep", True), ("👍 thanks", True), ("I think so", True), ("ja, hab ich", True), ("oui, bien sûr", True),
        ("nah", False), ("👎", False), ("of course not", False), ("leider nein", False), ("I don't think so", False),
        ("no idea", None), ("no problem", None), ("yes but not with me", None), ("is it needed?", None),
        ("what do you mean?", None), ("why do you need that?", None), ("kind of", None), ("keine Ahnung", None),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_in_many_words(text: str, meant: bool | None) -> None:
    assert value(RECEIPT, text) is meant


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("jo dot doe at example dot co dot uk", "jo.doe@example.co.uk"),
        ("jo(at)example.org", "jo@example.org"),
        ("jo @ example.org", "jo@example.org"),
        ("not a@x.org but b@x.org", "b@x.org"),
        ("a@x.org or b@x.org", None),
        ("I'm at work.", None),
    ],
)
def test_an_address_may_be_dictated_or_corrected(text: str, address: str | None) -> None:
    assert value(EMAIL, text) == address


@pytest.mark.parametrize(
    ("text", "setting", "number"),
    [
        ("(415) 555-0132", AMERICAN, "+14155550132"),
        ("0171/1234567", GERMAN, "+491711234567"),
        ("0049 30 123456", GERMAN, "+4930123456"),
        ("call 415-555-0132, not 415-555-0199", AMERICAN, "+14155550132"),
    ],
)
def test_a_phone_number_is_read_where_the_customer_is(text: str, setting: Setting, number: str) -> None:
    assert parse("phone", value(PHONE, text, setting), setting.region) == number


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("red, blue and green", ["red", "blue", "green"]),
        ("- red\n- blue", ["red", "blue"]),
        ("I want red and blue please", ["red", "blue"]),
        ('here: {"a": [1]}', {"a": [1]}),
        ("[1, 2]", [1, 2]),
        ("what do you mean?", None),
    ],
)
def test_a_list_is_read_from_words_or_json(text: str, items: object) -> None:
    found = value(COLORS, text)
    assert (None if found is None else json.loads(found)) == items


def test_a_list_of_numbers_stays_text_for_its_schema_to_read() -> None:
    assert value(COLORS, "12, 14 and 15") == "12, 14, 15"
    assert value(Wanted("ids", "json", example='["7"]'), "12, 14") == '["12", "14"]'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("W 123 4567", "#W1234567"),
        ("w-123-4567", "#W1234567"),
        ("W1234567, not W7654321", "#W1234567"),
        ("A for alpha", None),
        ("W1234567 or W7654321", None),
    ],
)
def test_a_code_may_be_written_in_groups(text: str, code: str | None) -> None:
    assert value(ORDER, text) == code


def test_groups_belong_to_one_code_and_dates_to_none() -> None:
    assert value(Wanted("order_number", "text"), "it's 123 4567") == "1234567"
    assert value(Wanted("postcode", "text"), "SW1A 1AA") == "SW1A 1AA"
    assert value(Wanted("order_number", "text"), "12345 from 3 March 2026") == "12345"


def test_a_question_about_the_choices_chooses_none() -> None:
    assert value(PLAN, "what does pro include?") is None
    assert value(PLAN, "pro!!") == "Pro"


@pytest.mark.parametrize(
    "text",
    ["I don't know yet", "no idea", "hm, not sure", "what do you mean?", "why do you need that?", "huh?", "Why?",
     "let me check", "where do I find that?", "weiß ich nicht", "keine Ahnung", "wozu brauchen Sie das?",
     "je ne sais pas"],
)  # fmt: skip
def test_what_answers_nothing_is_no_answer_to_a_free_question_either(text: str) -> None:
    assert free_answer(REASON, text, text) is None


@pytest.mark.parametrize(
    "text",
    ["no", "42", "I changed my mind", "I don't know, it just stopped", "what a mess, it broke",
     "why it broke? no clue how", "It does not work. Why?"],
)  # fmt: skip
def test_any_other_words_answer_a_free_question(text: str) -> None:
    assert free_answer(REASON, text, text) == text


EVERY = (TIME, NAME, LAST, PEOPLE, GUESTS, ROOMS, REASON, RECEIPT, DAY, EMAIL, PHONE, COLORS, ORDER, PLAN)


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1 ", "1,", "a@", " at a dot ", "one ", "me and ", "5 adults and ", "from 5 to ", "[{", " ", "\u0301",
     "12:", "under ", "Jo ", "A-", "not ", "half past "],
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    for wanted in EVERY:
        found = answer(wanted, text, AMERICAN)
        assert found is None or 0 <= found.start <= found.end <= len(text)


def test_nine_of_ten_recorded_answers_give_exactly_what_was_asked() -> None:
    if not DATA.exists():
        pytest.skip(f"the recorded answers are not at {DATA}")
    count: Counter[str] = Counter()
    for line in lines_of(DATA):
        found = offline(line)
        for slot in line.requested:
            label = line.labels.get(slot)
            good = slot in found and label is not None and normalised(found[slot].words) == normalised(label)
            count.update(
                asked=label is not None, exact=good, none=label is None, refused=slot not in found and not label
            )
    assert count["exact"] >= 0.9 * count["asked"] > 0
    assert count["refused"] >= 0.9 * count["none"] > 0
