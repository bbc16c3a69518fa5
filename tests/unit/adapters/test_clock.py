"""The machine's clock."""

import time

from deskhand.adapters.clock import SystemClock
from deskhand.domain.ids import make_id
from deskhand.ports.clock import Clock


async def test_the_system_clock_tells_milliseconds() -> None:
    clock: Clock = SystemClock()

    before, told, after = time.time_ns(), clock.now(), time.time_ns()
    await clock.sleep(0)

    assert before // 1_000_000 <= told <= after // 1_000_000


def test_entropy_is_ten_bytes_that_do_not_come_twice() -> None:
    clock = SystemClock()
    drawn = {clock.entropy() for _ in range(100)}

    assert len(drawn) == 100
    assert {len(entropy) for entropy in drawn} == {10}


def test_identifiers_of_one_millisecond_sort_as_they_were_made() -> None:
    clock = SystemClock()
    made = [make_id("aud", 1, clock.entropy()) for _ in range(1000)]

    assert made == sorted(made)
