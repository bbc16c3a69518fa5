from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deskhand.adapters.passwords import ArgonPasswords
from deskhand.api.app import create_app
from deskhand.application.people import NewPerson
from deskhand.application.sessions import Browser
from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.clock import ScriptedClock
from tests.integration.approvals.office import Office
from tests.integration.members.people import PASSWORD, Town, email_of


@pytest.fixture
async def office(database_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    """A shop's office, once on SQLite and once on PostgreSQL: Ana owns it, Ben and Cleo are agents, Dora an admin."""
    clock = ScriptedClock()
    quick = ArgonPasswords(rounds=1, kibibytes=64)
    running = await build(Settings(data=tmp_path, database_url=database_url), clock=clock, passwords=quick)
    home = await running.services.configuration.create_workspace("Acme")
    token = await running.services.accounts.set_up_token()
    assert token is not None
    ana = NewPerson(email_of("Ana"), "Ana", PASSWORD)
    await running.services.accounts.set_up(token, ana, None, Browser("127.0.0.1"))
    town = Town(running, create_app(running.services), clock, home.id)
    async with Office.opened(town) as opened:
        yield opened
    await running.close()
