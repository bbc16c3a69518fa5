"""Checks of procedures that lie in files, and what these cannot tell."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from deskhand.cli.documents import Beside, parsed, read_text, unreadable
from deskhand.domain.checks import check
from deskhand.domain.documents import read_procedure
from deskhand.domain.errors import DocumentError, TemplateError
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.live_chat import LiveChatStep
from deskhand.domain.steps.procedure import ProcedureStep
from deskhand.domain.steps.switch_topic import SwitchTopicStep

ALLOW_LIST = "plain-http"
"""The one error that a workspace's settings can take away."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a file."""

    file: Path
    problems: list[Problem]
    unknown: tuple[str, ...] = ()
    """What it names and only the workspace knows."""


def check_files(files: Sequence[Path], beside: Beside) -> list[Checked]:
    """Check each file; they know of each other."""
    read = [(file, _read(file)) for file in files]
    procedures = {found.slug: found for _, found in read if isinstance(found, Procedure)}
    beside = replace(beside, procedures={**beside.procedures, **procedures})
    return [
        Checked(file, check_one(found, beside), tuple(unknown_of(found, beside)))
        if isinstance(found, Procedure)
        else Checked(file, found)
        for file, found in read
    ]


def check_one(procedure: Procedure, beside: Beside) -> list[Problem]:
    """Everything that is wrong with a procedure, as far as files tell. Nobody asks whether it was simulated."""
    found = check(procedure, beside.around(procedure), simulated=True)
    softened = [
        problem.model_copy(update={"severity": "warning"}) if problem.code == ALLOW_LIST else problem
        for problem in found
    ]
    return sorted(softened, key=lambda problem: problem.severity != "error")


def unknown_of(procedure: Procedure, beside: Beside) -> Iterator[str]:
    """What a procedure names and no file tells, each once."""
    called = (step.procedure for step in procedure.steps if isinstance(step, ProcedureStep))
    calls = [step for step in procedure.steps if isinstance(step, CallStep)]
    named = {
        "procedure": (called, {*beside.procedures, procedure.slug}),
        "action": ((step.action for step in calls), beside.actions),
        "connection": ((step.connection for step in calls), beside.connections),
        "secret": ((name for step in calls for name in _secrets(step)), ()),
        "topic": ((step.topic for step in procedure.steps if isinstance(step, SwitchTopicStep)), ()),
    }
    for kind, (names, known) in named.items():
        yield from (f"{kind} `{name}`" for name in dict.fromkeys(names) if name is not None and name not in known)
    if any(isinstance(step, LiveChatStep) for step in procedure.steps):
        yield "an agent with live chat"


def _secrets(step: CallStep) -> Iterator[str]:
    if step.url is None:
        return
    with suppress(TemplateError):  # what is no template is told by its check
        yield from (found.name.removeprefix("secrets.") for found in step.request.placeholders() if found.is_secret)


def _read(file: Path) -> Procedure | list[Problem]:
    try:
        return read_procedure(parsed(file, read_text(file)))
    except Invalid as invalid:
        return invalid.problems
    except DocumentError as error:
        return [unreadable(error)]
