"""Simulations of files: a procedure with what lies beside it, and a script of answers."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from deskhand.application.simulation import Report, Script, simulate
from deskhand.cli.checking import check_one
from deskhand.cli.commands import BadFile
from deskhand.cli.documents import Beside, bad, read_beside, read_one
from deskhand.cli.scripts import read_script
from deskhand.domain.checks import errors
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.requests import Connection
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.procedure import ProcedureStep


def run(file: Path, inputs: Path | None, others: Iterable[Path]) -> Report:
    """Simulate the procedure in a file. Raises BadFile."""
    procedure = read_one(file)
    beside = read_beside(others)
    wrong = errors(check_one(procedure, beside))
    if wrong:
        raise bad(file, wrong)
    published = _published(file, procedure, beside, ())
    script = Script() if inputs is None else read_script(inputs, [one.procedure for one in whole(published)])
    return simulate(published, script, _connections(published, beside))


def whole(published: Published) -> Iterator[Published]:
    """A procedure and all that it runs."""
    yield published
    for child in published.procedures.values():
        yield from whole(child)


def _published(file: Path, procedure: Procedure, beside: Beside, way: tuple[str, ...]) -> Published:
    """The procedure as if it were published now; `way`: the procedures that lead to it."""
    way = (*way, procedure.slug)
    actions, procedures = {}, {}
    for step in procedure.steps:
        if isinstance(step, CallStep) and step.action is not None:
            if step.action not in beside.actions:
                raise _missing(file, step.id, f"the action `{step.action}`")
            actions[step.action] = beside.actions[step.action]
        elif isinstance(step, ProcedureStep):
            if step.procedure not in beside.procedures:
                raise _missing(file, step.id, f"the procedure `{step.procedure}`")
            if step.procedure in way:
                raise BadFile(f"{file}: {step.id}: these procedures run each other in a circle: {', '.join(way)}.")
            procedures[step.procedure] = _published(file, beside.procedures[step.procedure], beside, way)
    return Published(procedure, 0, actions=actions, procedures=procedures)


def _missing(file: Path, step: str, what: str) -> BadFile:
    return BadFile(f"{file}: {step}: only the workspace knows {what}: give a file that holds it, with --with.")


def _connections(published: Published, beside: Beside) -> dict[str, Connection]:
    """Those that files describe, and stand-ins for the others: nothing is sent, wherever they lead."""
    found: dict[str, Connection] = {}
    for one in whole(published):
        calls = [step.connection for step in one.procedure.steps if isinstance(step, CallStep)]
        for name in (*calls, *(action.reaches for action in one.actions.values())):
            if name is not None:
                found[name] = beside.connections.get(name) or Connection(slug=name, base_url=f"https://{name}.example")
    return found
