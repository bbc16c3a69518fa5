"""Taking a procedure out of use, with or without the runs that are open."""

from deskhand.application.services import Services
from deskhand.domain.errors import RuleError
from deskhand.domain.events import RunStopped
from deskhand.ports.stores import RunRow

AT_ONCE = 200


async def archive(services: Services, workspace: str, slug: str, by: str, stop_runs: bool = False) -> int:
    """Archive a procedure; gives how many runs were stopped. Raises NotFound."""
    await services.authoring.archive(workspace, slug, by)
    return await _stop_all(services, workspace, slug, by) if stop_runs else 0


async def _stop_all(services: Services, workspace: str, slug: str, by: str) -> int:
    stopped, cursor = 0, None
    while True:
        page = await services.stores.conversations.runs(
            workspace, status="running", procedure=slug, cursor=cursor, limit=AT_ONCE
        )
        for run in page.items:
            stopped += await _stop(services, workspace, run, by)
        cursor = page.cursor
        if cursor is None:
            return stopped


async def _stop(services: Services, workspace: str, run: RunRow, by: str) -> bool:
    try:
        await services.engine.handle(workspace, run.conversation, RunStopped(run=run.id, by=by))
    except RuleError:
        return False  # it ended in the meantime
    return True
