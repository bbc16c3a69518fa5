"""Tables as CSV: for spreadsheets, which must not take a customer's words for a formula."""

import csv
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Sequence
from io import StringIO
from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from starlette.responses import Response, StreamingResponse

Cell = str | int | float | bool | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""
MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""

Form = Annotated[
    Literal["json", "csv"] | None,
    Query(description="`csv` for a table that spreadsheets open; the same as `Accept: text/csv`."),
]


async def _wants_csv(request: Request, form: Form = None) -> bool:
    return form == "csv" if form else request.headers.get("accept", "").strip().lower().startswith("text/csv")


AsCsv = Annotated[bool, Depends(_wants_csv)]
"""Whether the caller wants a table."""


def csv_line(cells: Sequence[Cell]) -> str:
    """One line, with formulas made harmless."""
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_safe(cell) for cell in cells])
    return line.getvalue()


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A whole table as a file of this name."""
    text = MARK + csv_line(header) + "".join(map(csv_line, rows))
    return Response(text.encode(), media_type="text/csv; charset=utf-8", headers=_headers(name))


def csv_stream(name: str, header: Sequence[str], rows: AsyncIterable[Sequence[Cell]]) -> Response:
    """A long table as a file of this name, sent while it is read."""

    async def lines() -> AsyncIterator[bytes]:
        yield (MARK + csv_line(header)).encode()
        async for row in rows:
            yield csv_line(row).encode()

    return StreamingResponse(lines(), media_type="text/csv; charset=utf-8", headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}.csv"', "cache-control": "no-store"}


def _safe(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell
