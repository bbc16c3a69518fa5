"""`deskhand simulate`: a procedure from its start to its end, with answers from a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deskhand.cli.options import AsJson, With
from deskhand.cli.printing import listed_values, say, show_table, tell

if TYPE_CHECKING:
    from deskhand.application.simulation import Report

UNFINISHED = ("failed", "endless", "waiting")


def simulate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A procedure as YAML or JSON.")],
    inputs: Annotated[
        Path | None,
        typer.Option("--inputs", metavar="FILE", help="What customers, APIs and members answer, as YAML or JSON."),
    ] = None,
    beside: With = None,
    as_json: AsJson = False,
) -> None:
    """Run a procedure with made-up answers.

    Nothing is sent: no call, no ticket, no mail. The file of answers may have these parts:

    - `inputs`: what the customer answers, by variable; a file without any of these words holds inputs alone
    - `responses`: what calls answer, by step: a `status` and a `body`, or a `failure`, which is `timeout` or `refused`
    - `decisions`: what members decide, by step: `approve` (as they do without), `reject` or `expire`
    - `confirmations`: whether the customer says yes, by step: `true` (as they do without) or `false`
    - `arguments`: values that are known from the beginning; `language`: the customer's, such as `de`

    Of several inputs or responses in a list, one is used after the other. The exit code is 1 where the run comes to
    no proper end.
    """
    # these take a third of a second, which no other command should wait for
    from deskhand.cli.simulating import run

    report = run(file, inputs, beside or ())
    if as_json:
        typer.echo(report.model_dump_json())
    else:
        _show(report)
    if report.missing:
        tell(f"{inputs or file}: `{report.missing}` is asked for, and `inputs` has no (further) answer for it.")
    if report.outcome in UNFINISHED:
        raise typer.Exit(1)


def _show(report: "Report") -> None:
    for one in report.transcript:
        say(f"{one['who']:<9} " + one["text"].replace("\n", f"\n{'':10}"))
    if report.acts:
        say("")
        show_table(
            ("step", "what would be done", "answer"),
            [(act.step, _described(act.kind, act.request), act.answer) for act in report.acts],
        )
    say("")
    say(f"steps: {', '.join(report.steps)}")
    if report.approvals:
        say(f"approvals: {', '.join(report.approvals)}")
    say(f"outcome: {report.outcome}", "bold")
    if report.handed_over:
        say(f"handed over: {report.handed_over}")
    if report.unused:
        tell(f"never used: {', '.join(report.unused)}", "dim")


def _described(kind: str, request: dict[str, Any]) -> str:
    if "method" in request:
        return f"{request['method']} {request['url']}"
    return f"{kind.replace('_', ' ')}: {listed_values(request)}"
