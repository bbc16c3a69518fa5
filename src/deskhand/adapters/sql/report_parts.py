"""Parts of a report's statement: days of a zone, conditions of a span, medians."""

from dataclasses import dataclass, field
from typing import Any

from deskhand.adapters.sql.statements import select
from deskhand.ports.reports import Offsets, Span

DAY = 86_400_000


@dataclass(slots=True)
class Counting:
    """The condition that a span makes, and its values."""

    workspace: bytes
    span: Span
    at: str
    """The column of the time that counts."""
    where: str = ""
    asked: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.where = f"workspace = ? AND {self.at} >= ? AND {self.at} < ?"
        self.asked = [self.workspace, self.span.since, self.span.until]
        if self.span.procedure is not None:
            self.add("procedure = ?", self.span.procedure)
        if self.span.agent is not None:
            self.add("agent = ?", self.span.agent)

    def add(self, condition: str, *values: Any) -> None:
        """One more condition."""
        self.where += f" AND {condition}"
        self.asked += values


def day_of(column: str, offsets: Offsets) -> tuple[str, list[int]]:
    """The day of a time in a zone, in days since 1970, and the values that it takes.

    The zone's changes are in it, so that it is exact in every zone, on the days of a change too.
    """
    *changes, last = offsets
    values: list[int] = []
    cases = ""
    for one in changes:
        cases += f"WHEN {column} < CAST(? AS BIGINT) THEN ({column} + CAST(? AS BIGINT)) / {DAY} "
        values += [one.until, one.ahead]
    rest = f"({column} + CAST(? AS BIGINT)) / {DAY}"
    return (f"CASE {cases}ELSE {rest} END" if cases else rest), [*values, last.ahead]


def quantiles(name: str, value: str, rest: str) -> str:
    """Count, median and 95th percentile of a value by name, each the value at the nearest rank."""
    inner = select(
        f"{name} AS name, {value} AS value, COUNT(*) OVER (PARTITION BY {name}) AS n, "
        f"ROW_NUMBER() OVER (PARTITION BY {name} ORDER BY {value}) AS place",
        rest,
    )
    return select(
        "name, n, MAX(CASE WHEN place = (n * 50 + 99) / 100 THEN value END), "
        "MAX(CASE WHEN place = (n * 95 + 99) / 100 THEN value END)",
        f"({inner}) ranked GROUP BY 1, 2 ORDER BY 1",
    )
