import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from deskhand.application.action_templates import read_action_template
from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.integration.templates.template_desk import SECRETS, Desk, example_backends


@pytest.fixture(scope="package")
def backends() -> Iterator[tuple[str, Any]]:
    """The address of the example's systems, and what they remember."""
    module = example_backends()
    memory = module.Memory()
    server = uvicorn.Server(uvicorn.Config(module.backends(memory), port=0, log_level="error", ws="none"))
    listener = server.config.bind_socket()
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", memory
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture
def fresh_backends(backends: tuple[str, Any]) -> tuple[str, Any]:
    """The systems as they are on a first day."""
    url, memory = backends
    memory.__init__()
    return url, memory


@pytest.fixture
async def desk(request: pytest.FixtureRequest, fresh_backends: tuple[str, Any], tmp_path: Path) -> AsyncIterator[Desk]:
    """A workspace that uses the template which the test's mark names."""
    url, memory = fresh_backends
    running = await build(Settings(data=tmp_path))
    services, name = running.services, request.param
    workspace = (await services.configuration.create_workspace("Shop")).id
    await services.configuration.set_internal_hosts(workspace, [url.removeprefix("http://")], "test")
    used = await services.action_templates.use(workspace, name, "test", base_url=url, agent="default")
    assert used.imported.refused == []
    for secret in read_action_template(name).secrets:
        await services.configuration.put_secret(workspace, secret, SECRETS[secret], "test")
    yield Desk(running, workspace, memory)
    await running.close()
