"""The hours of live chat."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from deskhand.domain.live_chat import Desk, LiveChat

WORKDAYS = {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "09:00", "to": "17:00"}


def at(day: int, time: str) -> int:
    """A moment in March 2026, in UTC; the 2nd is a Monday."""
    hours, minutes = map(int, time.split(":"))
    return round(datetime(2026, 3, day, hours, minutes, tzinfo=UTC).timestamp() * 1000)


def chat(*hours: dict[str, Any], **fields: Any) -> LiveChat:
    return LiveChat.model_validate({"hours": list(hours), **fields})


@pytest.mark.parametrize(
    ("day", "time", "open"),
    [(2, "08:59", False), (2, "09:00", True), (6, "16:59", True), (6, "17:00", False), (7, "12:00", False)],
)
def test_it_is_open_from_one_time_until_another_on_its_days(day: int, time: str, open: bool) -> None:
    assert chat(WORKDAYS).open_at(at(day, time)) is open


def test_without_hours_it_is_always_open() -> None:
    assert chat().open_at(at(1, "03:00"))


def test_its_own_zone_counts_and_else_the_workspaces() -> None:
    assert chat(WORKDAYS, time_zone="Europe/Berlin").open_at(at(2, "08:00"), "America/New_York")
    assert not chat(WORKDAYS).open_at(at(2, "09:00"), "America/New_York")
    assert chat(WORKDAYS).open_at(at(2, "14:00"), "America/New_York")


def test_summer_time_moves_the_hours() -> None:
    berlin = chat(WORKDAYS, time_zone="Europe/Berlin")
    assert not berlin.open_at(at(27, "07:30"))
    assert berlin.open_at(at(30, "07:30"))


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    night = chat({"days": ["sat"], "from": "22:00", "to": "02:00"})
    assert night.open_at(at(7, "23:00"))
    assert night.open_at(at(8, "01:59"))
    assert not night.open_at(at(8, "02:00"))
    assert not night.open_at(at(7, "01:00"))


def test_a_whole_day_ends_at_24() -> None:
    sunday = chat({"days": ["sun"], "from": "00:00", "to": "24:00"})
    assert sunday.open_at(at(8, "00:00"))
    assert sunday.open_at(at(8, "23:59"))
    assert not sunday.open_at(at(9, "00:00"))


@pytest.mark.parametrize(
    "hours",
    [
        {"days": [], "from": "09:00", "to": "17:00"},
        {"days": ["monday"], "from": "09:00", "to": "17:00"},
        {"days": ["mon"], "from": "9:00", "to": "17:00"},
        {"days": ["mon"], "from": "09:00", "to": "25:00"},
        {"days": ["mon"], "from": "24:00", "to": "09:00"},
        {"days": ["mon"], "from": "09:00", "to": "09:00"},
    ],
)
def test_hours_that_mean_nothing_are_refused(hours: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        chat(hours)


def test_a_zone_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="no time zone"):
        chat(time_zone="Mars/Base")


def test_somebody_answers_now_only_where_all_is_as_it_has_to_be() -> None:
    assert Desk(on=True, open=True, there=True).available
    assert not Desk(on=True, open=True).available
    assert not Desk(open=True, there=True).available
    assert not Desk(on=True, there=True).available
