"""Days are those of the viewer's zone, exactly, also where clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from deskhand.application.zones import HOUR, ahead, day_named, days_between, midnight, offsets, zone_of
from deskhand.domain.errors import RuleError


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("Europe/Berlin", "2026-03-01T00:00", "2026-11-20T00:00"),
        ("Asia/Kathmandu", "2026-03-01T00:00", "2026-05-01T00:00"),
        ("Australia/Lord_Howe", "2025-09-01T00:00", "2026-06-01T00:00"),
        ("America/St_Johns", "2024-06-01T00:00", "2026-06-01T00:00"),
        ("UTC", "2026-03-01T00:00", "2026-03-02T00:00"),
    ],
)
def test_every_hour_falls_on_the_day_that_the_zone_says(name: str, since: str, until: str) -> None:
    zone, first, last = ZoneInfo(name), at(since), at(until)
    found = offsets(zone, first, last)

    for moment in range(first, last, HOUR // 2):
        shift = next((one.ahead for one in found[:-1] if moment < one.until), found[-1].ahead)
        assert shift == ahead(zone, moment), datetime.fromtimestamp(moment / 1000, UTC)


def test_a_stretch_has_every_day_that_it_touches() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    days = days_between(berlin, at("2026-03-28T23:30"), at("2026-03-29T22:30"))
    assert [day_named(day) for day in days] == ["2026-03-29", "2026-03-30"]
    assert days_between(berlin, at("2026-03-28T23:00"), at("2026-03-29T22:00")) == days[:1]
    assert days_between(berlin, 5, 5) == []


def test_midnight_is_the_zones_own_on_the_day_that_has_23_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    begins = midnight(berlin, at("2026-03-29T12:00"))
    assert begins == at("2026-03-28T23:00")
    assert midnight(berlin, at("2026-03-29T12:00"), 1) - begins == 23 * HOUR


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "/etc/localtime", "Europe"])
def test_a_zone_that_is_none_is_refused_in_words(name: str) -> None:
    with pytest.raises(RuleError, match="IANA name"):
        zone_of(name)
