from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.cli.command import Server, serving


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demo that all tests share; each talks in conversations of its own."""
    with serving(tmp_path_factory.mktemp("demo")) as server:
        yield server


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine's own Deskhand reaches a command that runs in the tests' process."""
    for name in ("URL", "KEY", "HOST", "PORT", "DATABASE_URL", "ENCRYPTION_KEY", "SMTP_URL", "MAIL_FROM"):
        monkeypatch.delenv(f"DESKHAND_{name}", raising=False)
    monkeypatch.setenv("DESKHAND_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
