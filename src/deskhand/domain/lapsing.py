"""Why approvals lapse, in words for the members."""

from typing import Literal

Lapse = Literal["corrected", "connection", "action", "run_ended"]

LAPSED: dict[Lapse, str] = {
    "corrected": "The customer corrected a value that it used.",
    "connection": "The connection was changed after the request was made.",
    "action": "The action was changed after the request was made.",
    "run_ended": "The run ended before a decision.",
}


def lapse_of(reason: str | None) -> Lapse | None:
    """What the words of a reason stand for."""
    return next((lapse for lapse, words in LAPSED.items() if words == reason), None)
