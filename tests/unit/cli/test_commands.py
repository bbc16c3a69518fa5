import pytest
import typer
from typer.testing import CliRunner

from deskhand.cli.commands import TRACEBACK, BadFile, Command, Root
from deskhand.cli.main import app
from deskhand.domain.errors import DeskhandError

FAULTS: dict[str, Exception] = {
    "foreseen": DeskhandError("The port is taken:\n  choose another."),
    "file": BadFile("x.yaml: one: wrong.", "x.yaml: two: [wrong]."),
    "unforeseen": KeyError("order"),
    "leaving": typer.Exit(3),
}


def failing() -> typer.Typer:
    program = typer.Typer(cls=Root, pretty_exceptions_enable=False)

    @program.command(cls=Command)
    def fail(how: str) -> None:
        """Fail."""
        raise FAULTS[how]

    @program.command(cls=Command)
    def fine() -> None:
        """Do nothing."""

    return program


def told(how: str, **env: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(failing(), ["fail", how], env=env)
    return done.exit_code, done.stdout, done.stderr


def test_what_was_foreseen_is_a_sentence() -> None:
    assert told("foreseen") == (1, "", "deskhand: The port is taken: choose another.\n")


def test_what_is_wrong_with_a_file_is_a_line_each() -> None:
    assert told("file") == (1, "", "x.yaml: one: wrong.\nx.yaml: two: [wrong].\n")


def test_a_fault_of_deskhand_is_confessed_without_a_traceback() -> None:
    code, out, err = told("unforeseen")

    assert (code, out) == (1, "")
    assert err == (
        f"deskhand: this is a fault of Deskhand: KeyError: 'order'. Please report it, with what {TRACEBACK}=1 shows.\n"
    )
    assert "Traceback" in told("unforeseen", **{TRACEBACK: "1"})[2]


def test_a_command_may_end_with_a_code_of_its_own() -> None:
    assert told("leaving") == (3, "", "")


def commands() -> list[list[str]]:
    """The words of every command and group."""
    found: list[list[str]] = [[]]
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        found.append([name])
        found += [[name, inner] for inner in getattr(command, "commands", {})]
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_help_is_short_and_names_no_types(words: list[str]) -> None:
    done = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "80"}, prog_name="deskhand")

    assert done.exit_code == 0
    usage, first, *_ = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    assert usage.startswith(" ".join(["Usage: deskhand", *words]))
    assert first.endswith(".")
    assert not {"<bool>", "<str>", "<path>", "<list[Path]>"} & set(done.stdout.split())
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_group_lists_where_no_command_is_given() -> None:
    listed = CliRunner().invoke(app, ["approvals", "--all", "--url", "ftp://x"])
    unknown = CliRunner().invoke(app, ["approvals", "aprove", "x"])

    assert listed.stderr.startswith("deskhand: `ftp://x` is no server's address")
    assert "Did you mean 'approve'?" in unknown.stderr
