"""Preconditions of an action: what has to be true before it is carried out, whoever asks for it.

The engine checks them when the action is asked for and afresh right before it is sent; no prompt can talk them away.
"""

from typing import Annotated, Literal

from pydantic import Field

from deskhand.domain.comparisons import Comparison
from deskhand.domain.model import Record
from deskhand.domain.sentences import Text

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MOST_TIMES = 1000


class _Precondition(Record):
    otherwise: Literal["refuse", "hand_over"] = "refuse"
    """What happens when it is not met."""
    message: Text | None = None
    """What the customer is told then."""


class Succeeded(_Precondition):
    """One of these actions succeeded in this conversation, by its own success condition."""

    kind: Literal["succeeded"] = "succeeded"
    actions: list[str] = Field(min_length=1)
    start: bool = False
    """Whether the first of them is run by itself where none has succeeded yet."""


class Holds(_Precondition):
    """Comparisons over the action's variables, facts of earlier calls, and what a read action fetches for it."""

    kind: Literal["holds"] = "holds"
    fetch: str | None = Field(default=None, pattern=SLUG)
    """A reading action that is called for it; its answer is `fetched`."""
    arguments: dict[str, str] = {}
    """That action's variables, filled in; by default those of the same name."""
    conditions: list[Comparison] = Field(min_length=1)


class AtMost(_Precondition):
    """At most so many times in a conversation, or for one value in the whole workspace."""

    kind: Literal["at_most"] = "at_most"
    times: int = Field(ge=1, le=MOST_TIMES)
    per: str = "conversation"
    """`conversation`, or a template such as `{{order_id}}`: once per order, in all conversations together."""
    counts: Literal["done", "tried"] = "done"
    """Whether a call counts that the other side refused, too: who guesses PINs must not guess for ever."""


Precondition = Annotated[Succeeded | Holds | AtMost, Field(discriminator="kind")]
