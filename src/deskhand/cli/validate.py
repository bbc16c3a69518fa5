"""`deskhand validate` and `deskhand schema`: what a procedure's file may hold, and whether it does."""

from typing import Annotated

import typer

from deskhand.cli.options import AsJson, Files, With
from deskhand.cli.printing import say, show_json, tell


def validate(
    files: Files,
    beside: With = None,
    strict: Annotated[bool, typer.Option("--strict", metavar="", help="Let warnings count as errors.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check procedures as publishing would.

    Prints “file: step: sentence” for each problem. The exit code is 1 where there is an error. Needs no server; what
    only the workspace knows is not checked, and said.
    """
    # these take a third of a second, which no other command should wait for
    from deskhand.cli.checking import check_files
    from deskhand.cli.documents import line, read_beside

    checked = check_files(files, read_beside(beside or ()))
    found = [(one.file, problem) for one in checked for problem in one.problems]
    if as_json:
        show_json([{"file": str(file), **problem.model_dump(mode="json")} for file, problem in found])
    else:
        for file, problem in found:
            say(line(file, problem))
        for one in checked:
            if one.unknown:
                tell(f"{one.file}: not checked, as only the workspace knows: {', '.join(one.unknown)}.", "dim")
        if not found:
            say("The file is valid." if len(files) == 1 else f"All {len(files)} files are valid.")
    if any(strict or problem.severity == "error" for _, problem in found):
        raise typer.Exit(1)


def schema() -> None:
    """Print the JSON Schema of a procedure's file.

    Editors complete and check YAML with it: deskhand schema > procedure.schema.json
    """
    from deskhand.domain.documents import json_schema

    show_json(json_schema(), indent=2)
