"""Numbers as people write them."""

import pytest

from deskhand.adapters.offline.numbers import numbers
from deskhand.adapters.offline.setting import Setting
from deskhand.domain.values import parse

GERMAN = Setting("de", "DE")


def read(text: str, setting: Setting | None = None) -> list[float]:
    return [parse("number", found.value) for found in numbers(text, setting)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three and a half", 3.5),
        ("3 and a half", 3.5),
        ("2½", 2.5),
        ("2 1/2 please", 2.5),
        ("a couple", 2),
        ("half a dozen", 6),
        ("a dozen", 12),
        ("minus five", -5),
        ("-5", -5),
        ("minus 20", -20),
        ("twenty-five", 25),
        ("two thousand and five", 2005),
        ("one hundred and fifty thousand", 150_000),
        ("one point two five million", 1_250_000),
        ("three quarters", 0.75),
        ("point five", 0.5),
        ("zero", 0),
        ("zweieinhalb", 2.5),
        ("anderthalb", 1.5),
        ("dreiundzwanzig", 23),
        ("zweihundertfünfzig", 250),
        ("eintausendzweihundert", 1200),
        ("drei Komma fünf", 3.5),
        ("minus zwölf Grad", -12),
        ("ein Dutzend", 12),
        ("nur eine", 1),
    ],
)
def test_a_number_in_words_is_read_whole(text: str, value: float) -> None:
    assert read(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$20", 20),
        ("20 €", 20),
        ("-$20", -20),
        ("1.234,50 €", 1234.5),
        ("$1,234.50", 1234.5),
        ("15%", 15),
        ("20k", 20_000),
        ("5 thousand", 5_000),
        ("2,5 Millionen", 2_500_000),
        ("20kg", 20),
        ("50+", 50),
        ("1'234.50", 1234.5),
        ("12.345.678", 12_345_678),
    ],
)
def test_amounts_percent_and_units_are_read(text: str, value: float) -> None:
    assert read(text) == [value]


def test_a_dot_before_three_digits_means_what_it_does_where_the_customer_is() -> None:
    assert read("1.234") == [1.234]
    assert read("1.234", GERMAN) == [1234]
    assert read("1.234", Setting("de", "CH")) == [1.234]
    assert read("1,234") == [1234]


@pytest.mark.parametrize(
    "text",
    ["at 10 am", "10:30", "18 Uhr", "5/3", "the 3rd", "1.2.3", "10-20", "A1001", "jo2@x.org", "this one is broken",
     "oh", "no one", "wir sind eine Firma mit vielen Leuten", "wunderbar", "a few", "several"],
)  # fmt: skip
def test_what_is_no_number_gives_none(text: str) -> None:
    assert read(text) == []


def test_words_that_make_no_one_number_are_several() -> None:
    assert read("one two three") == [1, 2, 3]
    assert read("five or six") == [5, 6]


@pytest.mark.parametrize("text", ["1", "1,", "one ", "und", "hundert", "a couple ", "1 000", "- ", "twenty"])
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    assert isinstance(numbers(text * (10_000 // len(text))), list)
