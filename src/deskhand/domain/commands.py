"""What an understanding of the customer can ask for; the engine decides what comes of it."""

from typing import Annotated, Literal

from pydantic import Field

from deskhand.domain.model import Json, Record


class StartProcedure(Record):
    """The customer wants this procedure; `values` were found in the same words."""

    kind: Literal["start_procedure"] = "start_procedure"
    procedure: str
    values: dict[str, Json] = {}


class SetVariables(Record):
    """The customer gave these values, asked for or not; they are checked against their types."""

    kind: Literal["set_variables"] = "set_variables"
    values: dict[str, Json]


class Cancel(Record):
    """The customer wants to stop what is going on."""

    kind: Literal["cancel"] = "cancel"


class Clarify(Record):
    """Two or more procedures fit; the customer has to say which."""

    kind: Literal["clarify"] = "clarify"
    between: tuple[str, ...] = Field(min_length=2)


class HandOver(Record):
    """The customer wants a person."""

    kind: Literal["hand_over"] = "hand_over"
    reason: str


class SmallTalk(Record):
    """The customer is only being polite."""

    kind: Literal["small_talk"] = "small_talk"
    about: Literal["greeting", "thanks", "goodbye"]


Command = Annotated[
    SmallTalk | StartProcedure | SetVariables | Cancel | Clarify | HandOver,
    Field(discriminator="kind"),
]
