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


class UseAction(Record):
    """The customer wants what this action does; `values` were found in the same words."""

    kind: Literal["use_action"] = "use_action"
    action: str
    values: dict[str, Json] = {}


class NoAnswer(Record):
    """The words hold no answer to the question that stands: the customer does not know, or asks what is meant."""

    kind: Literal["no_answer"] = "no_answer"


class CorrectVariable(Record):
    """The customer takes back a value given before, and gives another one; without one they are asked again."""

    kind: Literal["correct_variable"] = "correct_variable"
    variable: str
    value: Json = None


class Affirm(Record):
    """The customer says yes to what was offered; a confirmation of an act is read by the engine alone."""

    kind: Literal["affirm"] = "affirm"


class Decline(Record):
    """The customer says no to what was offered."""

    kind: Literal["decline"] = "decline"


class Resume(Record):
    """The customer wants to go on with what was interrupted; without a name, with what is on top."""

    kind: Literal["resume"] = "resume"
    procedure: str | None = None


class Answer(Record):
    """The customer asked something that the knowledge answers."""

    kind: Literal["answer"] = "answer"
    text: str = Field(min_length=1)
    cites: tuple[str, ...] = ()
    """The passages that it is taken from, by their ids."""


class Cancel(Record):
    """The customer wants to stop what is going on."""

    kind: Literal["cancel"] = "cancel"


class Clarify(Record):
    """Several procedures fit; the customer has to say which. `values` were found in the same words."""

    kind: Literal["clarify"] = "clarify"
    between: tuple[str, ...] = Field(min_length=1)
    """With a single one the customer says whether that is meant."""
    values: dict[str, Json] = {}


class HandOver(Record):
    """The customer wants a person."""

    kind: Literal["hand_over"] = "hand_over"
    reason: str


class SmallTalk(Record):
    """The customer is only being polite."""

    kind: Literal["small_talk"] = "small_talk"
    about: Literal["greeting", "thanks", "goodbye"]


class Unanswerable(Record):
    """The customer asked something that nothing here answers."""

    kind: Literal["unanswerable"] = "unanswerable"


Command = Annotated[
    SmallTalk
    | StartProcedure
    | UseAction
    | SetVariables
    | NoAnswer
    | CorrectVariable
    | Affirm
    | Decline
    | Resume
    | Answer
    | Unanswerable
    | Cancel
    | Clarify
    | HandOver,
    Field(discriminator="kind"),
]
