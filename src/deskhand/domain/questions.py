"""Asking the customer for a value, and taking the answer."""

from typing import Any

from deskhand.domain.events import Answered
from deskhand.domain.frame import Frame
from deskhand.domain.sentences import Text, sentence
from deskhand.domain.state import ForAnswer
from deskhand.domain.values import InvalidValue
from deskhand.domain.variables import fit


def ask(frame: Frame, question: ForAnswer) -> None:
    """Put a question before the customer."""
    frame.waiting = question
    frame.ask(question.prompt, question.choices)


def take_answer(frame: Frame, event: Answered, limit: int, invalid: Text | None = None) -> bool | None:
    """Take the answer to the pending question.

    Gives True when the value was valid and is set, None when the question was asked again, and False when that was
    the last of `limit` tries.
    """
    question: ForAnswer = frame.waiting
    frame.volunteer(_others(frame, question, event))
    if question.variable not in event.values and event.values:
        ask(frame, question)
        return None
    given = event.values.get(question.variable, event.text)
    try:
        value = _value(frame, question, given)
    except InvalidValue as error:
        return _again(frame, question, error, limit, invalid)
    frame.assign(question.variable, value, "customer")
    frame.waiting = None
    return True


def _value(frame: Frame, question: ForAnswer, given: Any) -> Any:
    """The answer in its type; a declared variable has more to say about what is valid."""
    declared = frame.published.procedure.declared.get(question.variable)
    if declared is not None and declared.type == question.type and declared.choices == question.choices:
        return declared.accept(given, frame.given.region)
    return fit(question.type, question.choices, given, frame.given.region)


def _again(frame: Frame, question: ForAnswer, error: InvalidValue, limit: int, invalid: Text | None) -> bool | None:
    attempts = question.attempts + 1
    if attempts >= limit:
        frame.waiting = None
        return False
    wrong = frame.render(invalid) if invalid else sentence(error.key, frame.given.language, **error.parameters)
    frame.waiting = question.model_copy(update={"attempts": attempts})
    frame.ask(f"{wrong}\n{question.prompt}", question.choices)
    return None


def _others(frame: Frame, question: ForAnswer, event: Answered) -> list[tuple[str, Any]]:
    given = {name: value for name, value in event.values.items() if name != question.variable}
    return valid_values(frame, given)


def valid_values(frame: Frame, given: dict[str, Any]) -> list[tuple[str, Any]]:
    """Those of the values that the procedure asks for and that fit their types."""
    wanted = frame.published.procedure.asked
    found = []
    for name, raw in given.items():
        if name in wanted:
            kind, choices = wanted[name]
            declared = frame.published.procedure.declared.get(name)
            try:
                region = frame.given.region
                found.append((name, declared.accept(raw, region) if declared else fit(kind, choices, raw, region)))
            except InvalidValue:
                continue  # it was not asked for; when its turn comes the customer is asked properly
    return found
