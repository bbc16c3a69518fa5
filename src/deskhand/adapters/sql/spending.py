"""What was spent on language models, by day."""

from deskhand.adapters.sql.database import Do, Script
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import insert, select
from deskhand.domain.language_model import Spent
from deskhand.ports.stores import SpendingRow

COLUMNS = "day, model, cost, input_tokens, output_tokens, calls"
ADD = insert(
    "spending",
    f"workspace, {COLUMNS}",
    "ON CONFLICT (workspace, day, model) DO UPDATE SET cost = spending.cost + excluded.cost, "
    "input_tokens = spending.input_tokens + excluded.input_tokens, "
    "output_tokens = spending.output_tokens + excluded.output_tokens, calls = spending.calls + excluded.calls",
)
SPENT = select(
    "cost, input_tokens + output_tokens", "spending WHERE workspace = ? AND day = ? AND model = ?"
)  # fmt: skip
DAYS = select(COLUMNS, "spending WHERE workspace = ? AND day >= ?")
MOST_DAYS = " ORDER BY day DESC, model LIMIT 1000"


class SqlSpending(Store):
    """Spending on SQLite or PostgreSQL."""

    async def add(self, workspace: str, day: str, model: str, cost: int, input_tokens: int, output_tokens: int) -> None:
        asked = (workspace_id(workspace), day, model, cost, input_tokens, output_tokens, 1)
        await self._database.write(_once(Do(ADD, asked)))

    async def spent(self, workspace: str, day: str, model: str) -> Spent:
        found = await self._database.rows(SPENT, (workspace_id(workspace), day, model))
        return Spent(cost=int(found[0][0]), tokens=int(found[0][1])) if found else Spent()

    async def days(self, workspace: str, since: str = "", model: str | None = None) -> list[SpendingRow]:
        asked = [workspace_id(workspace), since]
        sql = DAYS
        if model is not None:
            sql += " AND model = ?"
            asked.append(model)
        return [SpendingRow(*row) for row in await self._database.rows(sql + MOST_DAYS, tuple(asked))]


def _once(step: Do) -> Script[None]:
    yield step
