"""Counting what somebody does, within bounds."""

import pytest

from deskhand.application import pace
from deskhand.application.pace import Pace, Slots, TooFast
from tests.clock import ScriptedClock


def test_so_many_at_once_and_then_one_whenever_its_share_of_the_time_has_passed() -> None:
    clock = ScriptedClock()
    counted = Pace(clock, most=3, seconds=60)
    for _ in range(3):
        counted.take("ada")
    with pytest.raises(TooFast) as refused:
        counted.take("ada")
    assert refused.value.seconds == 20
    assert "20 seconds" in refused.value.sentence
    counted.take("bob")
    clock.advance(19)
    with pytest.raises(TooFast, match="a second"):
        counted.take("ada")
    clock.advance(1)
    counted.take("ada")
    with pytest.raises(TooFast):
        counted.take("ada")
    clock.advance(60)
    for _ in range(3):
        counted.take("ada")


def test_who_is_refused_again_and_again_waits_no_longer_for_it() -> None:
    clock = ScriptedClock()
    counted = Pace(clock, most=1, seconds=60)
    counted.take("ada")
    for _ in range(5):
        with pytest.raises(TooFast):
            counted.take("ada")
    clock.advance(60)
    counted.take("ada")


def test_however_many_come_no_more_are_remembered_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_KEPT", 3)
    counted = Pace(ScriptedClock(), most=1, seconds=60)
    for name in ("a", "b", "c"):
        counted.take(name)
    with pytest.raises(TooFast):
        counted.take("a")
    counted.take("d")  # `b` was silent for longest
    counted.take("b")
    with pytest.raises(TooFast):
        counted.take("d")


def test_a_slot_is_free_again_once_it_is_given_back() -> None:
    slots = Slots(2)
    slots.take("ada")
    slots.take("ada")
    with pytest.raises(TooFast):
        slots.take("ada")
    slots.take("bob")
    slots.give_back("ada")
    slots.take("ada")
