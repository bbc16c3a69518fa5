"""How sure to be that a message wants a procedure at all, learned from the workspace's own examples.

Each phrase is looked at twice: as if it were new, and as if its procedure were not there, which makes it foreign. What
tells the two apart is the same that tells requests from everything else, and only the workspace knows how much of it
is enough: procedures that resemble each other need more than those that don't.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deskhand.adapters.offline.postings import Numbers
from deskhand.adapters.offline.ridge import Ridge

BEFORE = (-2.2, 4.0, 3.0)
"""What is held of a constant, the best answer and its nearest example before anything is learned."""
FIRMNESS = 1.0
"""How firmly."""
CAUTION = 1.4
"""How much worse it is to start what nobody wants than to ask once more."""
ROUNDS, SETTLED = 25, 1e-6


@dataclass(frozen=True, slots=True)
class Refusal:
    """Weights of a constant, of the best answer and of its nearest example."""

    weights: tuple[float, ...] = BEFORE

    def confidence(self, answer: float, nearest: float) -> float:
        """From 0 to 1: how likely the message wants the procedure that answers best."""
        constant, of_answer, of_nearest = self.weights
        return float(_logistic(np.array(constant + of_answer * answer + of_nearest * nearest)))


def learn(ridge: Ridge, said: NDArray[np.bool_]) -> Refusal:
    """From the examples that customers say; with fewer than two procedures there is nothing to be foreign to."""
    if len(ridge.learned.starts) < 2 or not said.any():
        return Refusal()
    new, foreign = (_looked_at(*seen)[said] for seen in (ridge.without_twin(), ridge.without_owner()))
    weights = _fitted(new, foreign)
    # where procedures are twins, what is foreign to the one is wanted of the other: nothing can be learned from that
    return Refusal(weights) if min(weights[1:]) > 0 else Refusal()


def _looked_at(answers: Numbers, nearest: Numbers) -> Numbers:
    best = answers.argmax(axis=1)
    rows = np.arange(len(best))
    return np.column_stack([np.ones(len(best)), answers[rows, best], nearest[rows, best]])


def _fitted(new: Numbers, foreign: Numbers) -> tuple[float, ...]:
    """Logistic regression by Newton's method, drawn towards what was held before."""
    seen, wanted = np.concatenate([new, foreign]), np.repeat([1.0, 0.0], len(new))
    counted = np.where(wanted > 0, 1.0, CAUTION)
    before = np.array(BEFORE)
    weights = before.copy()
    for _ in range(ROUNDS):
        held = _logistic(seen @ weights)
        slope = seen.T @ (counted * (held - wanted)) + FIRMNESS * (weights - before)
        bend = (seen.T * (counted * held * (1 - held))) @ seen + FIRMNESS * np.eye(len(before))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < SETTLED:
            break
    return tuple(map(float, weights))


def _logistic(value: Numbers) -> Numbers:
    logistic: Numbers = 1.0 / (1.0 + np.exp(-np.clip(value, -30.0, 30.0)))
    return logistic
