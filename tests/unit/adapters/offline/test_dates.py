"""Dates as people write them, read from where and when they write."""

from datetime import UTC, datetime

import pytest

from deskhand.adapters.offline.calendar import Lean
from deskhand.adapters.offline.dates import dates
from deskhand.adapters.offline.setting import Setting

NOW = int(datetime(2026, 11, 21, 10, tzinfo=UTC).timestamp() * 1000)
"""A Saturday."""
AMERICAN, BRITISH, GERMAN = Setting("en", "US", NOW), Setting("en", "GB", NOW), Setting("de", "DE", NOW)


def read(text: str, setting: Setting = AMERICAN, lean: Lean | None = None) -> list[tuple[str, str]]:
    return [(str(found.value), text[found.start : found.end]) for found in dates(text, setting, lean)]


def days(text: str, setting: Setting = AMERICAN, lean: Lean | None = None) -> list[str]:
    return [day for day, _ in read(text, setting, lean)]


@pytest.mark.parametrize(
    ("text", "day", "said"),
    [
        ("tomorrow evening, please", "2026-11-22", "tomorrow"),
        ("the day after tomorrow", "2026-11-23", "the day after tomorrow"),
        ("tonight would be great", "2026-11-21", "tonight"),
        ("I could do next Tuesday", "2026-11-24", "next Tuesday"),
        ("Saturday", "2026-11-28", "Saturday"),
        ("this Saturday", "2026-11-21", "this Saturday"),
        ("on fri", "2026-11-27", "fri"),
        ("it was last Friday", "2026-11-20", "last Friday"),
        ("Friday next week", "2026-11-27", "Friday next week"),
        ("a week from Friday", "2026-12-04", "a week from Friday"),
        ("in two weeks", "2026-12-05", "in two weeks"),
        ("in 3 days' time", "2026-11-24", "in 3 days' time"),
        ("eleven days from now", "2026-12-02", "eleven days from now"),
        ("two weeks ago", "2026-11-07", "two weeks ago"),
        ("a month from now", "2026-12-21", "a month from now"),
        ("the 3rd", "2026-12-03", "3rd"),
        ("the 15th of next month", "2026-12-15", "15th of next month"),
        ("Thursday the 3rd", "2026-12-03", "Thursday the 3rd"),
        ("the twenty-first of May", "2027-05-21", "twenty-first of May"),
        ("Sunday, Sept 9, 2018", "2018-09-09", "Sunday, Sept 9, 2018"),
        ("end of the month", "2026-11-30", "end of the month"),
        ("new year's eve", "2026-12-31", "new year's eve"),
        ("now", "2026-11-21", "now"),
    ],
)
def test_a_day_is_read_from_the_customers_today(text: str, day: str, said: str) -> None:
    assert read(text) == [(day, said)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("übermorgen", "2026-11-23"),
        ("uebermorgen", "2026-11-23"),
        ("morgen früh", "2026-11-22"),
        ("am 3. März", "2027-03-03"),
        ("am 3.", "2026-12-03"),
        ("am dritten", "2026-12-03"),
        ("nächsten Freitag", "2026-11-27"),
        ("Freitag in einer Woche", "2026-12-04"),
        ("heute in zwei Wochen", "2026-12-05"),
        ("vor drei Tagen", "2026-11-18"),
        ("letzten Montag", "2026-11-16"),
        ("Ende des Monats", "2026-11-30"),
        ("3.5.", "2027-05-03"),
        ("den 15. nächsten Monats", "2026-12-15"),
    ],
)
def test_a_day_is_read_in_german(text: str, day: str) -> None:
    assert days(text, GERMAN) == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("demain", "2026-11-22"),
        ("le 1er avril", "2027-04-01"),
        ("mañana", "2026-11-22"),
        ("3 de mayo", "2027-05-03"),
        ("dopodomani", "2026-11-23"),
        ("overmorgen", "2026-11-23"),
        ("amanhã", "2026-11-22"),
        ("3 marca", "2027-03-03"),
    ],
)
def test_a_day_is_read_in_more_languages(text: str, day: str) -> None:
    assert days(text, Setting("fr", None, NOW)) == [day]


@pytest.mark.parametrize(
    ("text", "american", "british"),
    [
        ("5/3", "2027-05-03", "2027-03-05"),
        ("5/3/2026", "2026-05-03", "2026-03-05"),
        ("31/12", "2026-12-31", "2026-12-31"),
        ("12/31", "2026-12-31", "2026-12-31"),
        ("3/5/84", "1984-03-05", "1984-05-03"),
        ("2018/05/08", "2018-05-08", "2018-05-08"),
    ],
)
def test_day_and_month_stand_as_they_do_where_the_customer_is(text: str, american: str, british: str) -> None:
    assert days(text, AMERICAN) == [american]
    assert days(text, BRITISH) == [british]


@pytest.mark.parametrize(("language", "day"), [("en", "2027-05-03"), ("en-GB", "2027-03-05"), ("de", "2027-03-05")])
def test_without_a_region_the_language_says_which_comes_first(language: str, day: str) -> None:
    assert days("5/3", Setting(language, None, NOW)) == [day]


@pytest.mark.parametrize(
    ("text", "lean", "day"),
    [
        ("December 20", None, "2026-12-20"),
        ("November 3", None, "2026-11-03"),
        ("November 3", "future", "2027-11-03"),
        ("July 1", None, "2027-07-01"),
        ("July 1", "past", "2026-07-01"),
        ("Friday", "past", "2026-11-20"),
        ("the 25th", "past", "2026-10-25"),
        ("29 Feb", None, "2028-02-29"),
        ("3/5/84", "birth", "1984-03-05"),
        ("1 May 30", "birth", None),
        ("3 May", "birth", None),
    ],
)
def test_the_year_is_the_nearest_sensible_one(text: str, lean: Lean | None, day: str | None) -> None:
    assert days(text, AMERICAN, lean) == ([day] if day else [])


def test_late_at_night_it_is_the_customers_day_not_the_servers() -> None:
    midnight = int(datetime(2026, 11, 21, 23, 30, tzinfo=UTC).timestamp() * 1000)
    assert days("heute", Setting("de", "DE", midnight)) == ["2026-11-22"]
    assert days("today", Setting("en", "GB", midnight)) == ["2026-11-21"]
    assert days("today", Setting("en", None, midnight, zone="Asia/Tokyo")) == ["2026-11-22"]


@pytest.mark.parametrize(
    "text",
    [
        "some day",
        "2026-02-31",
        "Februar 30",
        "24/7",
        "the 10th floor",
        "March 2026",
        "10 days",
        "guten Morgen",
        "ich bin hier",
        "we are 5 may I come",
        "next week",
        "every Friday",
        "in 99999999 years",
        "in 9999 years",
    ],
)
def test_what_is_no_day_gives_none(text: str) -> None:
    assert days(text, GERMAN) == []


def test_two_dates_come_in_their_order() -> None:
    assert days("from March 3 to 5 April") == ["2027-03-03", "2027-04-05"]


@pytest.mark.parametrize("text", ["1/", "in one ", "the ", "monday, ", "1.1.", " ", "5 may ", "twenty-", "ende "])
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    assert isinstance(days(text * (10_000 // len(text))), list)
