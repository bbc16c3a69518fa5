"""Which form a database has, asked without loading Alembic."""

import asyncio
import sys

from deskhand.domain.errors import DeskhandError
from deskhand.ports.stores import StorageFailed

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013")
"""Every form that this version of Deskhand knows, the newest last."""

QUESTION = "SELECT version_num FROM alembic_version"


class UnknownForm(DeskhandError):
    """The database was made by a newer Deskhand."""


async def bring_to_newest(found: str | None, url: str, where: str, apart: bool = False) -> None:
    """Migrate a database of the form that was found in it.

    apart: in a process of its own, so that a server does not keep the memory that it takes. Raises UnknownForm for what
    only a newer one can know, and StorageFailed.
    """
    if found == REVISIONS[-1]:
        return
    if found is not None and found not in REVISIONS:
        raise UnknownForm(
            f"The database {where} has the form `{found}`, which this version of Deskhand does not know: "
            "it was made by a newer one. Install that version, or use a backup from before the update."
        )
    # Loaded only where there is something to do: Alembic and SQLAlchemy take 25 MB and a quarter of a second.
    if apart:
        await _migrate_apart(url, where)
        return
    from deskhand.adapters.sql.migrations.migrate import migrate

    await asyncio.to_thread(migrate, url)


async def _migrate_apart(url: str, where: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "deskhand.adapters.sql.migrations.process",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate(url.encode())  # not as an argument: others can read those
    if process.returncode:
        problem = said.decode(errors="replace").strip().rstrip(".") or f"it ended with {process.returncode}"
        raise StorageFailed(f"The database {where} cannot be brought to the newest form: {problem}.")
