"""Files of contacts, read line by line: CSV with a line of names, or JSON lines."""

import codecs
import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any

from deskhand.cli.commands import BadFile
from deskhand.domain.contact import NAMED
from deskhand.domain.suggestions import listed, shortened
from deskhand.domain.untrusted import Unreadable, read_json

LONGEST_LINE = 200_000
"""Characters of a line: a contact is far smaller."""
DELIMITERS = ",;\t|"
ATTRIBUTES = "attributes."


@dataclass(frozen=True, slots=True)
class Line:
    """A contact as the file has it, or what is wrong with its line."""

    number: int
    contact: dict[str, Any] | None = None
    problem: str | None = None


def read_contacts(file: Path) -> Iterator[Line]:
    """Each contact of a file, however long that is; `-` is the standard input. Raises BadFile."""
    with _opened(file) as lines:
        numbered = ((number, line) for number, line in enumerate(_bounded(lines, file), 1) if line.strip())
        first = next(numbered, None)
        if first is None:
            raise BadFile(f"{file}: there is nothing in it.")
        everything = chain([first], numbered)
        yield from _json_lines(everything) if first[1].lstrip().startswith("{") else _csv(everything, file)


def _json_lines(lines: Iterator[tuple[int, str]]) -> Iterator[Line]:
    for number, line in lines:
        try:
            data = read_json(line.strip())
        except Unreadable as error:
            yield Line(number, problem=f"{error.sentence[0].upper()}{error.sentence[1:]}.")
            continue
        if isinstance(data, dict):
            yield Line(number, contact=data)
        else:
            yield Line(number, problem="This is no object: write one contact to a line.")


def _csv(lines: Iterator[tuple[int, str]], file: Path) -> Iterator[Line]:
    start, header = next(lines)
    delimiter = max(DELIMITERS, key=header.count)
    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
    if not {"id", "email"} & set(names):
        raise BadFile(f"{file}:{start}: no column is called `id` or `email`: the first line names the columns.")
    doubled = [name for at, name in enumerate(names) if name in names[:at]]
    if doubled:
        raise BadFile(f"{file}:{start}: {listed(dict.fromkeys(doubled))} is there twice: name each column once.")
    places = _Places(lines, start)
    rows = csv.reader(places, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            raise BadFile(f"{file}:{places.begin}: this is no CSV: {error}.") from None
        if cells is None:
            return
        yield _row(places.taken(), names, cells)


class _Places:
    """Hands lines to a reader of CSV, and knows where a row began that goes over several of them."""

    def __init__(self, lines: Iterator[tuple[int, str]], start: int) -> None:
        self._lines = lines
        self._rows: list[int] = []
        self._last = start

    def __iter__(self) -> "_Places":
        return self

    def __next__(self) -> str:
        self._last, line = next(self._lines)
        self._rows.append(self._last)
        return line

    @property
    def begin(self) -> int:
        """The line at which the present row began."""
        return self._rows[0] if self._rows else self._last

    def taken(self) -> int:
        """The same; the next row begins anew."""
        begin = self.begin
        self._rows.clear()
        return begin


def _row(number: int, names: list[str], cells: list[str]) -> Line:
    if len(cells) != len(names):
        return Line(number, problem=f"It has {len(cells)} cells, but there are {len(names)} columns.")
    contact: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=True):
        value = cell.strip()
        if not name or not value:
            continue
        if name in NAMED:
            contact[name] = value
        else:
            attributes[name.removeprefix(ATTRIBUTES)] = value
    return Line(number, contact={**contact, "attributes": attributes} if attributes else contact)


def _bounded(lines: IO[str], file: Path) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        try:
            line = lines.readline(LONGEST_LINE)
        except UnicodeDecodeError:
            raise BadFile(f"{file}: this is no text in UTF-8.") from None
        except OSError as error:
            raise BadFile(f"{file}: this cannot be read: {error.strerror}.") from None
        if not line:
            return
        if len(line) == LONGEST_LINE:
            raise BadFile(f"{file}:{number}: this line is too long for a contact: `{shortened(line)}`")
        yield line


@contextmanager
def _opened(file: Path) -> Iterator[IO[str]]:
    try:
        source = sys.stdin.buffer if str(file) == "-" else file.open("rb")
    except IsADirectoryError:
        raise BadFile(f"{file}: this is a folder: name the file in it.") from None
    except OSError as error:
        raise BadFile(f"{file}: this cannot be read: {error.strerror}.") from None
    try:
        yield codecs.getreader("utf-8-sig")(source)  # type: ignore[misc]
    finally:
        if source is not sys.stdin.buffer:
            source.close()
