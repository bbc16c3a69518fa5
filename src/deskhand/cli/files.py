"""Commands on files: `validate`, `simulate`, `schema`. They need no server and send nothing."""

import json
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.table import Table

from deskhand.application.simulation import Report, Script
from deskhand.application.simulation import simulate as run_simulation
from deskhand.cli.common import AsJson, err, out, plain_errors, read_file
from deskhand.domain.checks import check, errors
from deskhand.domain.documents import json_schema, parse_yaml, read_procedure
from deskhand.domain.errors import DeskhandError, DocumentError
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.requests import Connection
from deskhand.domain.steps.base import Surroundings
from deskhand.domain.steps.call import CallStep


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Procedures as YAML or JSON.")],
    as_json: AsJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
) -> None:
    """Check procedures as publishing would; exit code 1 where one has errors.

    Prints `file: step: sentence` for each problem.
    """
    with plain_errors():
        found = [(file, problem) for file in files for problem in _problems_of(file)]
        if as_json:
            typer.echo(json.dumps([{"file": str(file), **problem.model_dump(mode="json")} for file, problem in found]))
        else:
            for file, problem in found:
                word = "" if problem.severity == "error" else "warning: "
                out.print(
                    f"{file}: {problem.step or 'procedure'}: {word}{problem.sentence}", markup=False, soft_wrap=True
                )
            if not found:
                out.print(f"{len(files)} {'file is' if len(files) == 1 else 'files are'} valid.")
    if errors([problem for _, problem in found]) or (strict and found):
        raise typer.Exit(1)


def simulate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A procedure as YAML or JSON.")],
    inputs: Annotated[
        Path | None,
        typer.Option("--inputs", help="Answers of the customer, of APIs and of members, as YAML or JSON."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a procedure with scripted answers. Nothing is sent: no call, no ticket, no mail."""
    with plain_errors():
        procedure = _read(file)
        script = _script(inputs)
        report = run_simulation(Published(procedure, 0), script, _stand_ins(procedure))
    if as_json:
        typer.echo(report.model_dump_json())
    else:
        _show(report)
    if report.outcome in ("failed", "endless", "waiting"):
        raise typer.Exit(1)


def schema() -> None:
    """Print the JSON Schema of a procedure's YAML, for editors and other tools."""
    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _problems_of(file: Path) -> list[Problem]:
    try:
        procedure = _read(file)
    except Invalid as invalid:
        return invalid.problems
    except DocumentError as error:
        return [Problem(code="document", sentence=error.sentence)]
    # a file on its own knows nothing of the workspace, and nobody can say whether it was simulated
    return check(procedure, Surroundings(procedure=procedure, workspace_known=False), simulated=True)


def _read(file: Path) -> Procedure:
    return read_procedure(parse_yaml(read_file(file), str(file)))


def _script(inputs: Path | None) -> Script:
    if inputs is None:
        return Script()
    data = parse_yaml(read_file(inputs), str(inputs))
    if not set(data) & set(Script.model_fields):
        data = {"inputs": data}
    try:
        return Script.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DeskhandError(f"{inputs}: `{where}`: {first['msg']}.") from None


def _stand_ins(procedure: Procedure) -> dict[str, Connection]:
    """The connections that the steps name: a file does not say where they lead, and nothing is sent there."""
    names = {step.connection for step in procedure.steps if isinstance(step, CallStep) and step.connection}
    return {name: Connection(slug=name, base_url=f"https://{name}.example") for name in names}


def _show(report: Report) -> None:
    for line in report.transcript:
        who = "[cyan]customer[/]" if line["who"] == "customer" else "[green]agent[/]   "
        out.print(f"{who}  ", end="")
        out.print(line["text"], markup=False)
    if report.acts:
        table = Table("step", "what would be done", "answer", title="Nothing of this was sent", title_justify="left")
        for act in report.acts:
            table.add_row(act.step, _act(act.request) or act.kind, act.answer)
        out.print(table)
    out.print(f"steps: {' → '.join(report.steps)}", markup=False)
    out.print(f"outcome: [bold]{report.outcome}[/]")
    if report.handed_over:
        out.print(f"handed over: {report.handed_over}", markup=False)
    if report.missing:
        err.print(f"`{report.missing}` was asked for, but the inputs have no (further) answer for it.", markup=False)
    for name in report.unused:
        err.print(f"`{name}` was never used.", markup=False)


def _act(request: dict[str, object]) -> str:
    if "method" in request:
        return f"{request['method']} {request['url']}"
    return ", ".join(f"{name}: {value}" for name, value in request.items())
