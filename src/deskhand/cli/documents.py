"""The files that commands are given: procedures, and with them actions and connections, as YAML or JSON."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deskhand.cli.commands import BadFile
from deskhand.domain.actions import ACTION_KINDS, AnyAction, read_action
from deskhand.domain.documents import parse_yaml, read_procedure
from deskhand.domain.documents.parsing import LARGEST
from deskhand.domain.errors import DocumentError
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.requests import Connection
from deskhand.domain.steps.base import Surroundings

ENOUGH = LARGEST + 4
"""Bytes after which a file is too large, even without the half character that they may end in."""

WHOLE = 20_000_000
"""The same for files that are handed on as they are."""

ACTION_FIELDS = frozenset({"request", "call", "form", "button", "script"})
"""Fields of which an action has one, according to its kind."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside a procedure in the workspace that it is for, as far as files tell."""

    procedures: dict[str, Procedure] = field(default_factory=dict)
    actions: dict[str, AnyAction] = field(default_factory=dict)
    connections: dict[str, Connection] = field(default_factory=dict)

    def around(self, procedure: Procedure) -> Surroundings:
        """What checks of the procedure may know."""
        return Surroundings(
            procedure=procedure,
            actions=self.actions,
            procedures={slug: one for slug, one in self.procedures.items() if slug != procedure.slug},
            connections=self.connections,
            workspace_known=False,
        )


def read_beside(files: Iterable[Path]) -> Beside:
    """Procedures, actions and connections, told apart by their fields. Raises BadFile."""
    beside = Beside()
    for file in files:
        data = read_mapping(file)
        try:
            if "steps" in data:
                procedure = read_procedure(data)
                beside.procedures[procedure.slug] = procedure
            elif data.keys() & ACTION_FIELDS:
                action = read_action(data)
                beside.actions[action.slug] = action
            elif "base_url" in data or "command" in data:
                connection = Connection.model_validate(data)
                beside.connections[connection.slug] = connection
            else:
                raise BadFile(
                    f"{file}: this is no procedure (`steps`), action (`request`, `call`, `form`, `button`, `script`) "
                    "or connection (`base_url`)."
                )
        except Invalid as invalid:
            raise bad(file, invalid.problems) from None
        except ValidationError as error:
            raise BadFile(*(f"{file}: {sentence}" for sentence in faults(error))) from None
    return beside


def read_one(file: Path) -> Procedure:
    """The procedure in a file. Raises BadFile."""
    try:
        return read_procedure(parsed(file, read_text(file)))
    except Invalid as invalid:
        raise bad(file, invalid.problems) from None
    except DocumentError as error:
        raise bad(file, [unreadable(error)]) from None


def read_mapping(file: Path) -> dict[str, Any]:
    """The fields of a file that is no procedure, or not for certain. Raises BadFile."""
    try:
        return parsed(file, read_text(file))
    except DocumentError as error:
        raise BadFile(f"{file}: {error.sentence}") from None


def parsed(file: Path, text: str) -> dict[str, Any]:
    """The fields of a document's text. Raises DocumentError, without the file's name."""
    source = str(file)
    try:
        return parse_yaml(text, source)
    except DocumentError as error:
        raise DocumentError(error.sentence.removeprefix(f"{source}: ")) from None


def read_whole(file: Path) -> str:
    """The text of a file that is no document of ours, such as an API description. Raises BadFile."""
    try:
        return read_text(file, WHOLE)
    except DocumentError as error:
        raise BadFile(f"{file}: {error.sentence}") from None


def read_text(file: Path, enough: int = ENOUGH) -> str:
    """A file's text, as far as it is needed; `-` is the standard input. Raises DocumentError."""
    try:
        if str(file) == "-":
            content = sys.stdin.buffer.read(enough)
        else:
            with file.open("rb") as opened:
                content = opened.read(enough)
        return content.decode("utf-8", "ignore" if len(content) == enough else "strict")
    except UnicodeDecodeError:
        raise DocumentError("this is no text in UTF-8.") from None
    except IsADirectoryError:
        raise DocumentError("this is a folder: name the files in it.") from None
    except OSError as error:
        raise DocumentError(f"this cannot be read: {error.strerror}.") from None


def unreadable(error: DocumentError) -> Problem:
    """The problem of a document that cannot be read at all."""
    return Problem(code="document", sentence=error.sentence)


def bad(file: Path, problems: Iterable[Problem]) -> BadFile:
    """All problems of a file."""
    return BadFile(*(line(file, problem) for problem in problems))


def line(file: Path, problem: Problem) -> str:
    """`file: step: sentence`."""
    word = "" if problem.severity == "error" else "warning: "
    return f"{file}: {problem.step or 'procedure'}: {word}{problem.sentence}"


def faults(error: ValidationError) -> list[str]:
    """What is wrong with a record, a sentence for each field."""
    return [_fault(_path(one["loc"]), one["type"], one["msg"]) for one in error.errors(include_url=False)]


def _path(location: tuple[int | str, ...]) -> str:
    # an action's kind stands in front of its fields, and is part of no document
    return ".".join(str(part) for at, part in enumerate(location) if at or part not in ACTION_KINDS)


def _fault(where: str, kind: str, message: str) -> str:
    if kind == "missing":
        return f"`{where}` is missing."
    if kind == "extra_forbidden":
        return f"`{where}` is not known here: leave it out."
    return f"`{where}`: {message[0].lower()}{message[1:]}."
