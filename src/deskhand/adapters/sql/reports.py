"""What reports count, on SQLite or PostgreSQL; read apart, for a year of it takes longer than a turn."""

from typing import Any

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.report_parts import Counting, day_of, quantiles
from deskhand.adapters.sql.statements import select
from deskhand.ports.reports import (
    ApprovalCount,
    CallCount,
    DayCount,
    MomentCount,
    MomentRow,
    Offsets,
    ProcedureCount,
    Quantiles,
    QuestionCount,
    RunCount,
    Span,
    StepCount,
)

WAITED = "closed_at IS NOT NULL AND status IN ('approved', 'rejected', 'expired', 'happened', 'retried', 'taken_over')"
PROCEDURES = (
    "SELECT procedure, MAX(began_at), COALESCE(SUM(CASE WHEN began_at >= ? THEN 1 ELSE 0 END), 0), "
    "COALESCE(SUM(CASE WHEN began_at >= ? AND outcome = 'completed' THEN 1 ELSE 0 END), 0), "
    "COALESCE(SUM(CASE WHEN began_at >= ? AND ended_at IS NOT NULL THEN 1 ELSE 0 END), 0) "
    "FROM report_runs WHERE workspace = ? GROUP BY procedure ORDER BY procedure"
)
BEGAN = "SELECT COUNT(*) FROM digests WHERE workspace = ? AND test = 0 AND created_at >= ? AND created_at < ?"


class SqlReports(Store):
    """Figures of a stretch of time."""

    async def conversations(self, workspace: str, span: Span) -> int:
        asked: list[Any] = [workspace_id(workspace), span.since, span.until]
        sql = BEGAN
        if span.agent is not None:
            sql += " AND agent = ?"
            asked.append(span.agent)
        return int((await self._database.rows_apart(sql, asked))[0][0])

    async def runs(self, workspace: str, span: Span, offsets: Offsets) -> list[RunCount]:
        day, shifts = day_of("began_at", offsets)
        counting = Counting(workspace_id(workspace), span, "began_at")
        sql = select(
            f"{day}, procedure, outcome, COUNT(*)",
            f"report_runs WHERE {counting.where} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        )
        return [RunCount(*row) for row in await self._database.rows_apart(sql, (*shifts, *counting.asked))]

    async def durations(self, workspace: str, span: Span, together: bool = False) -> list[Quantiles]:
        counting = Counting(workspace_id(workspace), span, "began_at")
        counting.add("outcome = 'completed' AND ended_at IS NOT NULL")
        name = "CAST('' AS TEXT)" if together else "procedure"
        return await self._quantiles(name, "ended_at - began_at", "report_runs", counting)

    async def versions(self, workspace: str, span: Span) -> list[tuple[int, int]]:
        counting = Counting(workspace_id(workspace), span, "began_at")
        sql = select("version, COUNT(*)", f"report_runs WHERE {counting.where} GROUP BY 1 ORDER BY 1 DESC")
        return [(row[0], row[1]) for row in await self._database.rows_apart(sql, counting.asked)]

    async def steps(self, workspace: str, span: Span, version: int) -> list[StepCount]:
        counting = Counting(workspace_id(workspace), span, "began_at")
        counting.add("version = ?", version)
        sql = select(
            "step, standing, COUNT(*), CAST(SUM(visits) AS BIGINT)",
            f"report_steps WHERE {counting.where} GROUP BY 1, 2 ORDER BY 1, 2",
        )
        return [StepCount(*row) for row in await self._database.rows_apart(sql, counting.asked)]

    async def moments(self, workspace: str, kind: str, span: Span, offsets: Offsets) -> list[MomentCount]:
        day, shifts = day_of("at", offsets)
        counting = Counting(workspace_id(workspace), span, "at")
        counting.add("kind = ?", kind)
        sql = select(
            f"{day}, procedure, value, COUNT(*)",
            f"report_moments WHERE {counting.where} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        )
        return [MomentCount(*row) for row in await self._database.rows_apart(sql, (*shifts, *counting.asked))]

    async def last_moments(self, workspace: str, kind: str, span: Span, limit: int) -> list[MomentRow]:
        counting = Counting(workspace_id(workspace), span, "at")
        counting.add("kind = ?", kind)
        sql = select(
            "conversation, seq, value, text, procedure, at",
            f"report_moments WHERE {counting.where} ORDER BY at DESC, conversation DESC, seq DESC LIMIT ?",
        )
        found = await self._database.rows_apart(sql, (*counting.asked, limit))
        return [MomentRow(ids.shown(ids.CONVERSATION, row[0]), *row[1:]) for row in found]

    async def questions(self, workspace: str, span: Span, limit: int) -> list[QuestionCount]:
        counting = Counting(workspace_id(workspace), span, "at")
        counting.add("kind = 'unanswered'")
        numbered = select(
            "value, text, conversation, seq, at, COUNT(*) OVER (PARTITION BY value) AS n, "
            "ROW_NUMBER() OVER (PARTITION BY value ORDER BY at DESC, seq DESC) AS place",
            f"report_moments WHERE {counting.where}",
        )
        sql = select(
            "value, n, at, text, conversation, seq",
            f"({numbered}) grouped WHERE place = 1 ORDER BY n DESC, at DESC LIMIT ?",
        )
        found = await self._database.rows_apart(sql, (*counting.asked, limit))
        return [
            QuestionCount(row[0], row[1], row[2], row[3], ids.shown(ids.CONVERSATION, row[4]), row[5]) for row in found
        ]

    async def calls(self, workspace: str, span: Span) -> list[CallCount]:
        counting = Counting(workspace_id(workspace), span, "at")
        sql = select(
            "name, kind, outcome, status, COUNT(*)",
            f"report_calls WHERE {counting.where} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
        )
        return [CallCount(*row) for row in await self._database.rows_apart(sql, counting.asked)]

    async def call_days(self, workspace: str, span: Span, offsets: Offsets) -> list[DayCount]:
        day, shifts = day_of("at", offsets)
        counting = Counting(workspace_id(workspace), span, "at")
        sql = select(f"{day}, outcome, COUNT(*)", f"report_calls WHERE {counting.where} GROUP BY 1, 2 ORDER BY 1, 2")
        return [DayCount(*row) for row in await self._database.rows_apart(sql, (*shifts, *counting.asked))]

    async def call_times(self, workspace: str, span: Span) -> list[Quantiles]:
        counting = Counting(workspace_id(workspace), span, "at")
        counting.add("milliseconds IS NOT NULL")
        return await self._quantiles("name", "milliseconds", "report_calls", counting)

    async def approvals(self, workspace: str, span: Span, offsets: Offsets) -> list[ApprovalCount]:
        day, shifts = day_of("requested_at", offsets)
        counting = Counting(workspace_id(workspace), span, "requested_at")
        sql = select(
            f"{day}, procedure, status, decided_by, COUNT(*)",
            f"report_approvals WHERE {counting.where} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
        )
        return [ApprovalCount(*row) for row in await self._database.rows_apart(sql, (*shifts, *counting.asked))]

    async def waiting_times(self, workspace: str, span: Span) -> Quantiles | None:
        counting = Counting(workspace_id(workspace), span, "requested_at")
        counting.add(WAITED)
        found = await self._quantiles(
            "CAST('' AS TEXT)", "closed_at - requested_at", "report_approvals", counting
        )  # fmt: skip
        return found[0] if found else None

    async def procedures(self, workspace: str, since: int) -> list[ProcedureCount]:
        asked = since, since, since, workspace_id(workspace)
        return [ProcedureCount(*row) for row in await self._database.rows_apart(PROCEDURES, asked)]

    async def _quantiles(self, name: str, value: str, table: str, counting: Counting) -> list[Quantiles]:
        sql = quantiles(name, value, f"{table} WHERE {counting.where}")
        return [Quantiles(*row) for row in await self._database.rows_apart(sql, counting.asked)]
