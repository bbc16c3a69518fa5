"""`deskhand models`: the language models that agents understand with."""

import json
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from deskhand.cli.commands import BadFile, Command, Listing
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table

app = typer.Typer(cls=Listing, help="Choose the language models that agents understand with.")

Slug = Annotated[str, typer.Argument(metavar="MODEL", help="Its slug; agents that name none use `default`.")]


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List language models.

    The same as `deskhand models` alone.
    """
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", "/v1/models")["items"]
    if as_json:
        show_json(rows)
    elif not rows:
        say("No language models: agents understand offline.")
    else:
        cells = ((row["slug"], row["provider"], row["model"], row["address"], row["secret"] or "") for row in rows)
        show_table(("model", "provider", "name", "address", "key"), cells)


@app.command(cls=Command)
def put(
    model: Slug,
    provider: Annotated[str, typer.Argument(metavar="PROVIDER", help="openai, anthropic, gemini or compatible.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The model's name, as its provider writes it.")],
    address: Annotated[
        str | None, typer.Option("--base-url", metavar="ADDRESS", help="Where it is reached, for `compatible`.")
    ] = None,
    secret: Annotated[
        str | None, typer.Option("--secret", metavar="NAME", help="The secret that holds its key.")
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", help="For one whole answer.")] = 20.0,
    temperature: Annotated[float | None, typer.Option("--temperature", metavar="T", help="From 0 to 2.")] = None,
    price_input: Annotated[
        float | None, typer.Option("--price-input", metavar="USD", help="For a million tokens of the prompt.")
    ] = None,
    price_output: Annotated[
        float | None, typer.Option("--price-output", metavar="USD", help="For a million tokens of the answer.")
    ] = None,
    limit_conversation: Annotated[
        float | None, typer.Option("--limit-conversation", metavar="USD", help="What one conversation may cost.")
    ] = None,
    limit_day: Annotated[
        float | None, typer.Option("--limit-day", metavar="USD", help="What one day may cost.")
    ] = None,
    tokens_conversation: Annotated[
        int | None, typer.Option("--tokens-conversation", metavar="N", help="Tokens that one conversation may take.")
    ] = None,
    tokens_day: Annotated[
        int | None, typer.Option("--tokens-day", metavar="N", help="Tokens that one day may take.")
    ] = None,
    per_minute: Annotated[
        int | None, typer.Option("--per-minute", metavar="N", help="How often it may be asked within a minute.")
    ] = None,
    embeddings: Annotated[
        str | None, typer.Option("--embeddings", metavar="NAME", help="The model there that gives vectors.")
    ] = None,
    only_embeddings: Annotated[
        bool, typer.Option("--only-embeddings", metavar="", help="Understand offline, and by the vectors' likeness.")
    ] = False,
    url: Url = None,
    key: Key = None,
) -> None:
    """Store a language model; its key is a secret that is stored before.

    `deskhand secrets put MODEL_KEY` asks for the key, so that it stands in no history.
    """
    from deskhand.cli.server import connect

    given: dict[str, Any] = {
        "provider": provider, "model": name, "base_url": address, "secret": secret, "timeout_seconds": timeout,
        "temperature": temperature, "price_input": price_input, "price_output": price_output,
        "limit_conversation": limit_conversation, "limit_day": limit_day, "tokens_conversation": tokens_conversation,
        "tokens_day": tokens_day, "requests_per_minute": per_minute, "embeddings_model": embeddings,
        "only_embeddings": only_embeddings,
    }  # fmt: skip
    body = {field: value for field, value in given.items() if value is not None}
    connect(url, key).request("PUT", _path(model), body)
    say(f"`{model}` is stored.")


@app.command(cls=Command)
def remove(model: Slug, url: Url = None, key: Key = None) -> None:
    """Remove a language model; agents then understand offline."""
    from deskhand.cli.server import connect

    connect(url, key).request("DELETE", _path(model))
    say(f"`{model}` is removed.")


@app.command("test", cls=Command)
def try_it(model: Slug, url: Url = None, key: Key = None) -> None:
    """Ask a language model a short question, to see whether it answers."""
    from deskhand.cli.server import connect

    told = connect(url, key).request("POST", f"{_path(model)}/test")
    if not told["ok"]:
        say(told["problem"], "red")
        raise typer.Exit(1)
    say(f"It answers, after {told['milliseconds']} ms.")


@app.command(cls=Command)
def spending(model: Slug, url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """Show what was spent on a language model, day by day."""
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", f"{_path(model)}/spending")["items"]
    if as_json:
        show_json(rows)
    elif not rows:
        say("Nothing so far.")
    else:
        show_table(("day", "USD", "tokens in", "tokens out", "calls"), map(_row, rows))


def _path(slug: str) -> str:
    return "/v1/models/" + quote(slug, safe="")


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    cost = f"{row['cost'] / 1_000_000:.4f}"
    return row["day"], cost, str(row["input_tokens"]), str(row["output_tokens"]), str(row["calls"])


@app.command(cls=Command)
def recording(
    conversation: Annotated[str, typer.Argument(metavar="CONVERSATION", help="Its identifier, `conv_…`.")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Where to write; the screen, if left out.")
    ] = None,
    url: Url = None,
    key: Key = None,
) -> None:
    """Write what models were asked and answered in a conversation, to be replayed.

    `DESKHAND_MODEL_REPLAY=FILE deskhand serve` then answers from it, without a model.
    """
    from deskhand.cli.server import connect

    server, lines, after = connect(url, key), [], 0
    while True:
        found = server.request("GET", f"/v1/conversations/{quote(conversation, safe='')}/entries?after={after}")
        lines += [one["body"] for one in found["items"] if one["kind"] == "model" and not one["body"].get("problem")]
        if not found["items"]:
            break
        after = found["last"]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if to is None:
        typer.echo(text, nl=False)
        return
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadFile(f"{to} cannot be written: {error.strerror}.") from None
    say(f"{len(lines)} exchange{'' if len(lines) == 1 else 's'} written to {to}.")
