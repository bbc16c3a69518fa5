"""`advance(published, run, event, given)`: one run, one event, the next state and the effects, none performed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.domain.actions import AnyAction
from deskhand.domain.comparisons import all_hold
from deskhand.domain.correcting import Plan, rewind
from deskhand.domain.effects import Complete, Effect, HandOver
from deskhand.domain.errors import TemplateError
from deskhand.domain.events import Answered, RunEvent
from deskhand.domain.frame import Entered, Finish, Frame, Given, Goto, Move, Pause
from deskhand.domain.procedure import Published
from deskhand.domain.questions import ask, take_answer, valid_values
from deskhand.domain.sentences import in_language
from deskhand.domain.state import ForAnswer, Run
from deskhand.domain.steps.base import END
from deskhand.domain.values import InvalidValue
from deskhand.domain.variables import Variable, typed_default

MOST_STEPS_WITHOUT_PAUSE = 1000
"""A run that goes through more steps without waiting is stopped: it would go on for ever."""

ASK_TRIES = 5


@dataclass(frozen=True, slots=True)
class Advanced:
    """A run after an event, what it wants done, and the steps that it went through."""

    run: Run
    effects: tuple[Effect, ...]
    trace: tuple[str, ...]


def begin(
    published: Published,
    run_id: str,
    arguments: dict[str, Any],
    given: Given,
    *,
    parent: str | None = None,
    words: str = "",
    volunteered: bool = False,
    prefilled: Mapping[str, Any] | None = None,
    irreversible: bool = False,
    action: AnyAction | None = None,
) -> Advanced:
    """Start a run. Volunteered values are checked like answers; a value that doesn't fit is asked for.

    prefilled: what the host page gave, for what is not known otherwise. irreversible: whether it runs for a procedure
    that is marked so. action: the action that it uses directly.
    """
    run = Run(
        id=run_id, procedure=published.slug, version=published.version, step="", parent=parent, words=words,
        irreversible=irreversible, action=action,
    )  # fmt: skip
    frame = Frame.of(published, run, given)
    if volunteered:
        frame.volunteer(valid_values(frame, arguments))
    else:
        _take_arguments(frame, arguments)
    if prefilled:
        unknown = {name: value for name, value in prefilled.items() if name not in frame.variables}
        frame.volunteer(valid_values(frame, unknown))
    return _go(frame, _declared(frame))


def advance(published: Published, run: Run, event: RunEvent, given: Given) -> Advanced:
    """Give an event to a run; an event that it does not wait for changes nothing."""
    if run.status != "running":
        return Advanced(run, (), ())
    frame = Frame.of(published, run, given)
    return _go(frame, _resume(frame, event))


def wrong_values(published: Published, run: Run, values: dict[str, Any], given: Given) -> set[str]:
    """Those of the corrected variables that the customer has to be asked for again."""
    fitting = dict(valid_values(Frame.of(published, run, given), values))
    return {name for name, value in values.items() if value is None or name not in fitting}


def correct(
    published: Published, run: Run, values: dict[str, Any], wanted: Plan, given: Given, also: dict[str, Any]
) -> Advanced:
    """Take corrected values over, and go on from where they matter.

    also: what the customer said besides, for the questions that come.
    """
    frame = Frame.of(published, run, given)
    fitting = dict(valid_values(frame, {name: value for name, value in values.items() if value is not None}))
    rewind(frame, wanted, fitting)
    if wanted.back_to is None:
        frame.volunteer(valid_values(frame, also))
        return Advanced(frame.result(), (), ())
    for name, value in valid_values(frame, also):
        if frame.may_say(name):
            frame.assign(name, value, "customer")
            frame.ahead.append(name)
    if wanted.back_to == "":
        frame.step = ""
        return _go(frame, _declared(frame))
    return _go(frame, Goto(wanted.back_to))


def _resume(frame: Frame, event: RunEvent) -> Move:
    try:
        if frame.step == "":
            return _declared_answer(frame, event)
        return frame.published.procedure.by_id[frame.step].resume(frame, event)
    except TemplateError as error:
        return _broken(frame, error)


def _go(frame: Frame, move: Move) -> Advanced:
    """Enter step after step until one pauses or the run is over."""
    procedure = frame.published.procedure
    while isinstance(move, Goto):
        target = (
            procedure.steps[0].id if frame.step == "" and move.step is None else procedure.target(frame.step, move.step)
        )
        if target == END:
            move = Finish()
        elif target in frame.kept:
            frame.trail.append(target)
            move = Goto(frame.kept.pop(target))  # a correction left it as it is
        elif len(frame.trace) >= MOST_STEPS_WITHOUT_PAUSE:
            frame.say_sentence("failed")
            move = Finish("failed", f"It went through {len(frame.trace)} steps without a pause and was stopped.")
        else:
            move = _enter(frame, target)
    if isinstance(move, Pause):
        return Advanced(frame.result(), tuple(frame.effects), tuple(frame.trace))
    return _finished(frame, move)


def _enter(frame: Frame, target: str) -> Move:
    frame.step = target
    frame.edits = {}
    frame.visits[target] = frame.visits.get(target, 0) + 1
    frame.trace.append(target)
    frame.trail.append(target)
    if frame.given.entered is not None:
        entered = Entered(frame.run.id, target, dict(frame.variables), frame.effects, len(frame.effects))
        frame.given.entered.append(entered)
    try:
        return frame.published.procedure.by_id[target].enter(frame)
    except TemplateError as error:
        return _broken(frame, error)


def _broken(frame: Frame, error: TemplateError) -> Move:
    """A step cannot be carried out: the customer gets a person, the members get the sentence."""
    frame.waiting = None
    frame.say_sentence("failed")
    where = f"Step `{frame.step}`" if frame.step else "Before the first step"
    return Finish("failed", f"{where}: {error.sentence}")


def _finished(frame: Frame, move: Finish) -> Advanced:
    frame.waiting = None
    run = frame.result(move.outcome)
    if move.hand_over is not None:
        frame.emit(HandOver(reason=move.hand_over, run=run.id, available=move.available, to=move.to))
    frame.emit(Complete(run=run.id, procedure=run.procedure, outcome=move.outcome, step=frame.step))  # type: ignore[arg-type]
    return Advanced(run, tuple(frame.effects), tuple(frame.trace))


# what a procedure declares that it needs to know before its first step


def _take_arguments(frame: Frame, arguments: dict[str, Any]) -> None:
    for name, raw in arguments.items():
        variable = frame.published.procedure.declared.get(name)
        if variable is None:
            frame.volunteer(valid_values(frame, {name: raw}))
            continue
        try:
            frame.assign(name, variable.accept(raw, frame.given.region), "argument")
        except InvalidValue:
            continue  # the customer is asked for it like for any other value that is missing


def _declared(frame: Frame) -> Move:
    """Ask for the first required variable that nobody gave, or go to the first step."""
    try:
        return _ask_declared(frame)
    except TemplateError as error:
        return _broken(frame, error)


def _ask_declared(frame: Frame) -> Move:
    for variable in frame.published.procedure.variables:
        if variable.ask_when and not all_hold(variable.ask_when, frame.scope()):
            frame.variables.pop(variable.name, None)  # no earlier answer makes it needed, any longer
            continue
        if variable.name in frame.variables:
            continue
        if variable.default is not None:
            frame.assign(variable.name, typed_default(variable, frame.given.region), "default")
        elif variable.required:
            ask(frame, _question(frame, variable))
            return Pause()
    return Goto()


def _declared_answer(frame: Frame, event: RunEvent) -> Move:
    if not isinstance(event, Answered):
        return Pause()
    taken = take_answer(frame, event, ASK_TRIES)
    if taken is None:
        return Pause()
    if taken:
        return _declared(frame)
    frame.say_sentence("too_many_tries")
    return Finish("escalated", f"No valid answer after {ASK_TRIES} tries.")


def _question(frame: Frame, variable: Variable) -> ForAnswer:
    if variable.prompt is not None:
        prompt = frame.render(variable.prompt)
    else:
        prompt = f"{in_language(variable.description, frame.given.language) or variable.name.replace('_', ' ')}?"
    return ForAnswer(
        variable=variable.name,
        type=variable.type,
        choices=variable.choices,
        example=variable.example,
        prompt=prompt,
        sensitive=variable.sensitive,
    )
