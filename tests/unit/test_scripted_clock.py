"""The tests' own clock."""

from datetime import UTC, datetime

from deskhand.domain.ids import make_id
from deskhand.ports.clock import Clock
from tests.clock import START, ScriptedClock


def test_time_stands_still_until_it_is_moved() -> None:
    clock: Clock = (scripted := ScriptedClock())

    assert clock.now() == clock.now() == START
    assert scripted.advance(1.5, minutes=2, hours=1, days=1) == START + 90_121_500
    assert clock.now() == START + 90_121_500


def test_the_start_is_a_working_day() -> None:
    assert datetime.fromtimestamp(START / 1000, UTC) == datetime(2026, 3, 2, 9, tzinfo=UTC)


async def test_a_sleep_is_recorded_and_passes_at_once() -> None:
    clock = ScriptedClock(start=1_000)

    await clock.sleep(3600)
    await clock.sleep(0.25)

    assert clock.sleeps == [3600, 0.25]
    assert clock.now() == 1_000 + 3_600_250


def test_entropy_repeats_from_run_to_run_and_makes_identifiers_in_order() -> None:
    first, second = ScriptedClock(), ScriptedClock()
    identifiers = [make_id("run", first.now(), first.entropy()) for _ in range(20)]

    assert identifiers == [make_id("run", second.now(), second.entropy()) for _ in range(20)]
    assert identifiers == sorted(set(identifiers))
