"""The local mailbox."""

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.database import Do, Params, Script
from deskhand.adapters.sql.pages import before_id, page, wanted
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import insert, select
from deskhand.ports.stores import Mail, Page

ADD = insert("mails", "workspace, " + rows.MAIL, "ON CONFLICT DO NOTHING")
PAGE = select(rows.MAIL, "mails WHERE workspace = ? AND id < ? ORDER BY id DESC LIMIT ?")


class SqlMailbox(Store):
    """E-mails on SQLite or PostgreSQL; one that is there already is not added again."""

    async def add(self, workspace: str, mail: Mail) -> None:
        own = workspace_id(workspace), ids.raw(ids.MAIL, mail.id)
        await self._database.write(_add((*own, mail.to, mail.subject, mail.body, mail.at)))

    async def page(self, workspace: str, cursor: str | None = None, limit: int = 50) -> Page:
        asked = workspace_id(workspace), before_id(cursor), wanted(limit)
        return page(await self._database.rows(PAGE, asked), limit, rows.mail)


def _add(asked: Params) -> Script[None]:
    yield Do(ADD, asked)
