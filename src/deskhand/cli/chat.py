"""`deskhand chat`: talk to the agent in the terminal."""

from typing import Annotated

import typer

from deskhand.cli.options import Key, Url


def chat(
    conversation: Annotated[
        str | None, typer.Option("--conversation", metavar="ID", help="Go on with this conversation.")
    ] = None,
    language: Annotated[
        str, typer.Option("--language", metavar="LANGUAGE", help="The customer's language, such as en or de.")
    ] = "en",
    url: Url = None,
    key: Key = None,
) -> None:
    """Talk to the agent as a customer would.

    `/quit` ends it, as Ctrl-D and Ctrl-C do; the conversation can be gone on with. `/help` tells what else there is.
    From a pipe, each line is a message that is sent once the one before it has been answered.
    """
    from deskhand.cli.chatting import talk
    from deskhand.cli.server import connect

    if not talk(connect(url, key), conversation, language):
        raise typer.Exit(1)
