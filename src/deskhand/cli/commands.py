"""How commands behave: they end with a sentence where something is wrong, and their help is short."""

import os
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.exceptions import TyperException

from deskhand.cli.printing import complain, err, tell
from deskhand.domain.errors import DeskhandError

TRACEBACK = "DESKHAND_TRACEBACK"


class BadFile(DeskhandError):
    """A file has problems: a line for each, which begins with the file's name."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Command(TyperCommand):
    """A command whose help names what it takes, and no types."""

    def get_params(self, ctx: Any) -> Any:
        params = super().get_params(ctx)
        for param in params:
            if isinstance(param, TyperArgument):
                vars(param)["display_type_rich"] = lambda ctx: None
        return params

    def get_help_option(self, ctx: Any) -> Any:
        return _without_type(super().get_help_option(ctx))


class Group(TyperGroup):
    """Commands under one name."""

    def get_help_option(self, ctx: Any) -> Any:
        return _without_type(super().get_help_option(ctx))


class Listing(Group):
    """A group that lists where nothing else is asked for: `approvals --all` is `approvals list --all`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)


class Root(Group):
    """All commands. What goes wrong in one becomes a sentence and the exit code 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, TyperException, BrokenPipeError):
            raise  # these end a command in an orderly way
        except BadFile as bad:
            for line in bad.lines:
                tell(line)
        except DeskhandError as error:
            complain(error.sentence)
        except Exception as error:
            _confess(error)
        raise typer.Exit(1)


def _confess(error: Exception) -> None:
    """A fault of Deskhand's own: whoever wants to report it is told how to see more of it."""
    if os.environ.get(TRACEBACK):
        err.print_exception()
    complain(
        f"this is a fault of Deskhand: {type(error).__name__}: {error}. "
        f"Please report it, with what {TRACEBACK}=1 shows."
    )


def _without_type(option: Any) -> Any:
    if option is not None:
        option.metavar = ""
    return option
