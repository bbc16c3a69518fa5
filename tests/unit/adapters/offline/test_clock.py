"""Times of day, as customers write them."""

import pytest

from deskhand.adapters.offline.clock import is_time_like, times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at half past 11 in the morning", "11:30"),
        ("quarter to 5 in the evening", "16:45"),
        ("a quarter past 12 in the afternoon", "12:15"),
        ("evening 5:45", "17:45"),
        ("one in the afternoon", "13:00"),
        ("5 pm", "17:00"),
        ("12 am", "00:00"),
        ("12 p.m.", "12:00"),
        ("16:30 please", "16:30"),
        ("8 in the night", "20:00"),
        ("around noon", "12:00"),
        ("12 o'clock at night", "00:00"),
        ("um 14 Uhr", "14:00"),
    ],
)
def test_a_time_is_read_in_24_hours(text: str, expected: str) -> None:
    assert [one.value for one in times(text)] == [expected]


@pytest.mark.parametrize(
    "text", ["for 2 people", "on March 5", "$12.30", "version 1.2.3", "A1001", "at 7", "1/2", "25:10"]
)
def test_other_numbers_are_no_times(text: str) -> None:
    assert times(text) == []


def test_a_bare_hour_is_a_time_only_as_an_answer() -> None:
    assert [one.value for one in times("at 7", asked=True)] == ["07:00"]
    assert [one.value for one in times("eleven", asked=True)] == ["11:00"]


def test_only_times_in_24_hours_are_examples_of_times() -> None:
    assert is_time_like("14:30")
    assert not is_time_like("A1001")
    assert not is_time_like(None)
