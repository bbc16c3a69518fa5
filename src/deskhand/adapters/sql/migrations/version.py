"""Which form a database has, asked without loading Alembic."""

import asyncio

from deskhand.domain.errors import DeskhandError

REVISIONS = ("0001", "0002", "0003")
"""Every form that this version of Deskhand knows, the newest last."""

QUESTION = "SELECT version_num FROM alembic_version"


class UnknownForm(DeskhandError):
    """The database was made by a newer Deskhand."""


async def bring_to_newest(found: str | None, url: str, where: str) -> None:
    """Migrate a database of the form that was found in it. Raises UnknownForm for what only a newer one can know."""
    if found == REVISIONS[-1]:
        return
    if found is not None and found not in REVISIONS:
        raise UnknownForm(
            f"The database {where} has the form `{found}`, which this version of Deskhand does not know: "
            "it was made by a newer one. Install that version, or use a backup from before the update."
        )
    # Loaded only where there is something to do: Alembic and SQLAlchemy take 25 MB and a quarter of a second.
    from deskhand.adapters.sql.migrations.migrate import migrate

    await asyncio.to_thread(migrate, url)
