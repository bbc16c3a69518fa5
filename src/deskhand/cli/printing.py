"""What the commands print: text that commands no terminal, tables that keep identifiers whole, JSON for programs."""

import json
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

# words come from customers, APIs and files: they are printed as text and never read as markup
out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)

WIDEST = 10_000
"""Columns of a table that goes to a file or another program."""

# what a terminal would obey: control characters, and those that turn the direction of the text around
_ORDERS = dict.fromkeys(
    [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
)


def clean(text: str) -> str:
    """The text without anything that a terminal would obey."""
    return text.translate(_ORDERS)


def say(text: str, style: str = "") -> None:
    """Print a line on standard output."""
    out.print(Text(clean(text), style))


def tell(text: str, style: str = "") -> None:
    """Print a line on standard error."""
    err.print(Text(clean(text), style))


def complain(sentence: str) -> None:
    """Tell what is wrong, on standard error."""
    err.print(Text.assemble(("deskhand: ", "red"), clean(" ".join(sentence.split()))))


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their columns; the first column is never broken."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for at, column in enumerate(columns):
        table.add_column(column, no_wrap=at == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    if out.is_terminal:
        out.print(table, soft_wrap=False)
        return
    plain = Console(file=StringIO(), width=WIDEST)
    plain.print(table)
    for line in plain.file.getvalue().splitlines():  # type: ignore[attr-defined]
        say(line.rstrip())


def show_json(data: Any, indent: int | None = None) -> None:
    """Print JSON for programs."""
    typer.echo(json.dumps(data, indent=indent))


def listed_values(values: dict[str, Any]) -> str:
    """Names and values on one line."""
    return ", ".join(f"{name}: {written(value)}" for name, value in values.items())


def written(value: Any) -> str:
    """A value as text: what is no text, as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def linked(sources: Iterable[dict[str, Any]]) -> list[str]:
    """Where an answer stands: a numbered line for each source."""
    lines = []
    for number, source in enumerate(sources, 1):
        page = f", page {source['page']}" if source.get("page") else ""
        url = f": {source['url']}" if source.get("url") else ""
        lines.append(f"[{number}] {source.get('title') or source['source']}{page}{url}")
    return lines


def when(at: str) -> str:
    """A time of the API, to the minute."""
    return f"{at[:10]} {at[11:16]} UTC"
