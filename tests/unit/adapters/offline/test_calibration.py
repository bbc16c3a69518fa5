"""What an example would be called if it were not there, without learning anew; and how sure to be."""

from collections.abc import Sequence

import numpy as np
import pytest

from deskhand.adapters.offline.calibration import BEFORE, Refusal, learn
from deskhand.adapters.offline.postings import Numbers
from deskhand.adapters.offline.ridge import Ridge

OWNERS = [0, 0, 0, 1, 1, 2, 2, 2, 2, 3]
MANY = [owner for owner in range(12) for _ in range(8)]


def alike(owners: Sequence[int] = OWNERS, spread: float = 1.0) -> Numbers:
    """How alike points are, those of an owner lying within the spread of each other."""
    draw = np.random.default_rng(1)
    middles = draw.normal(size=(max(owners) + 1, 6))
    points = np.array([middles[owner] + spread * draw.normal(size=6) for owner in owners])
    distances = ((points[:, None] - points) ** 2).sum(axis=2)
    likeness: Numbers = np.exp(-distances / 4)
    return likeness


def learned_without(gone: list[int], at: int) -> Numbers:
    """The answers for an example, learned from all but some."""
    kept = [other for other in range(len(OWNERS)) if other not in gone]
    owners = sorted({OWNERS[other] for other in kept})
    whole = alike()
    ridge = Ridge(whole[np.ix_(kept, kept)], [owners.index(OWNERS[other]) for other in kept])
    answers = np.zeros(4)
    answers[owners] = ridge.learned.answers(whole[at, kept])
    return answers


def twin(at: int) -> int:
    siblings = [other for other, owner in enumerate(OWNERS) if owner == OWNERS[at] and other != at]
    return max(siblings, key=lambda other: float(alike()[at, other]), default=at)


@pytest.mark.parametrize("at", range(len(OWNERS)))
def test_without_its_twin_an_example_is_answered_as_if_both_had_never_been_learned(at: int) -> None:
    answers, _ = Ridge(alike(), OWNERS).without_twin()
    assert answers[at] == pytest.approx(learned_without([at, twin(at)], at), abs=1e-9)


@pytest.mark.parametrize("at", range(len(OWNERS)))
def test_without_its_owner_an_example_is_answered_as_if_that_had_never_been(at: int) -> None:
    answers, nearest = Ridge(alike(), OWNERS).without_owner()
    gone = [other for other, owner in enumerate(OWNERS) if owner == OWNERS[at]]
    others = [owner for owner in range(4) if owner != OWNERS[at]]
    assert answers[at, others] == pytest.approx(learned_without(gone, at)[others], abs=1e-9)
    assert answers[at, OWNERS[at]] == -np.inf
    assert nearest[at, OWNERS[at]] == 0


def refusal(spread: float) -> Refusal:
    return learn(Ridge(alike(MANY, spread), MANY), np.full(len(MANY), True))


def test_confidence_grows_with_the_answer_and_with_the_nearest_example() -> None:
    for one in (Refusal(), refusal(0.3)):
        assert 0 < one.confidence(0, 0) < one.confidence(0.5, 0.2) < one.confidence(0.9, 0.8) < 1


def test_procedures_that_lie_apart_tell_more_clearly_what_is_wanted() -> None:
    apart, mixed = refusal(0.2), refusal(1.5)
    assert apart.confidence(0.9, 0.9) - apart.confidence(0.1, 0.1) > mixed.confidence(0.9, 0.9) - mixed.confidence(
        0.1, 0.1
    )


def test_procedures_with_the_same_phrases_teach_nothing_of_what_is_foreign() -> None:
    twins = [0, 0, 0, 0, 1, 1, 1, 1]
    points = np.tile(np.eye(4), (2, 2)) * 0.9 + 0.1
    assert learn(Ridge(points, twins), np.full(8, True)).weights == BEFORE


def test_with_nothing_to_learn_from_what_was_held_before_stays() -> None:
    ridge = Ridge(alike(), OWNERS)
    assert learn(ridge, np.full(len(OWNERS), False)).weights == BEFORE
    assert learn(Ridge(np.eye(2), [0, 0]), np.full(2, True)).weights == BEFORE
