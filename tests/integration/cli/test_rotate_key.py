"""`deskhand rotate-key`: another encryption key, from the file and from the environment, and broken off half-way."""

import asyncio
import base64
import stat
from pathlib import Path

import pytest

from deskhand.adapters.sql.settings import SqlSettings
from deskhand.adapters.vault_keys import fresh_key, load_keys
from deskhand.bootstrap import build
from deskhand.ports.stores import StorageFailed
from deskhand.ports.vault import CannotUnseal
from deskhand.settings import Settings
from tests.integration.cli.command import Told, deskhand

VALUES = {f"SECRET_{number}": f"value {number}" for number in range(7)}
KEY = "DESKHAND_ENCRYPTION_KEY"


def text_of(*keys: bytes) -> str:
    return ",".join(base64.b64encode(key).decode() for key in keys)


async def prepare(data: Path, key: str | None = None, name: str = "Shop") -> str:
    running = await build(Settings(data=data, encryption_key=key))
    workspace = (await running.services.configuration.create_workspace(name)).id
    for secret, value in VALUES.items():
        await running.services.configuration.put_secret(workspace, secret, value, "test")
    await running.close()
    return workspace


async def read(data: Path, workspace: str, key: str | None = None) -> dict[str, str]:
    """All secrets in clear, as a server that starts now has them."""
    running = await build(Settings(data=data, encryption_key=key))
    try:
        names = [name for name, _ in await running.services.stores.settings.secrets(workspace)]
        return {name: await running.services.catalogues.stored_secret(workspace, name) for name in names}
    finally:
        await running.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def rotate(data: Path, **env: str) -> Told:
    return deskhand("rotate-key", DESKHAND_DATA=str(data), **env)


def test_a_key_in_a_file_is_replaced(data: Path) -> None:
    workspaces = [asyncio.run(prepare(data)), asyncio.run(prepare(data, name="Other"))]
    file = data / "encryption.key"
    (old,) = load_keys(file)
    told = rotate(data)

    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("14 secrets, 14 encrypted anew.")
    (new,) = load_keys(file)
    assert new != old
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in data.iterdir() if one.name.startswith(".encryption")] == []
    for workspace in workspaces:
        assert asyncio.run(read(data, workspace)) == VALUES
    file.write_text(text_of(old))
    with pytest.raises(CannotUnseal):
        asyncio.run(read(data, workspaces[0]))


def test_a_key_in_the_environment_is_replaced_by_the_one_in_front(data: Path) -> None:
    old, new = fresh_key(), fresh_key()
    workspace = asyncio.run(prepare(data, text_of(old)))
    told = rotate(data, **{KEY: text_of(new, old)})

    assert (told.code, told.err) == (0, "")
    assert f"Set {KEY} to its first key alone" in told.out
    assert asyncio.run(read(data, workspace, text_of(new))) == VALUES
    assert not (data / "encryption.key").exists()
    again = rotate(data, **{KEY: text_of(new, old)})
    assert again.out.startswith("7 secrets, 0 encrypted anew.")


def test_one_key_in_the_environment_changes_nothing(data: Path) -> None:
    key = text_of(fresh_key())
    workspace = asyncio.run(prepare(data, key))
    told = rotate(data, **{KEY: key})

    assert told.code != 0
    assert "Put a new one in front of it, with a comma in between" in told.err
    assert key not in told.err
    assert asyncio.run(read(data, workspace, key)) == VALUES


@pytest.fixture
def breaking_off(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of secrets after which writing fails, one for each attempt."""
    plan: list[int] = []
    reseal = SqlSettings.reseal

    async def limited(self: SqlSettings, workspace: str, name: str, old: bytes, new: bytes) -> bool:
        if plan:
            if plan[0] == 0:
                plan.pop(0)
                raise StorageFailed("The disk is full.")
            plan[0] -= 1
        return await reseal(self, workspace, name, old, new)

    monkeypatch.setattr(SqlSettings, "reseal", limited)
    return plan


@pytest.mark.parametrize("where", ["file", "environment"])
def test_a_change_that_is_broken_off_is_taken_up_again(data: Path, where: str, breaking_off: list[int]) -> None:
    old, new = fresh_key(), fresh_key()
    env = {KEY: text_of(new, old)} if where == "environment" else {}
    workspace = asyncio.run(prepare(data, text_of(old) if env else None))
    breaking_off += [3, 2]
    for _ in range(2):
        told = rotate(data, **env)
        assert told.code != 0
        assert "The disk is full." in told.err
        # in between every secret can be read: both keys are there
        assert asyncio.run(read(data, workspace, env.get(KEY))) == VALUES
        if not env:
            assert len(load_keys(data / "encryption.key")) == 2

    told = rotate(data, **env)
    assert told.code == 0
    assert "7 secrets, 2 encrypted anew." in told.out
    if not env:
        assert "taking up a change of keys that was broken off" in told.err
        assert len(load_keys(data / "encryption.key")) == 1
    assert asyncio.run(read(data, workspace, text_of(new) if env else None)) == VALUES


def test_secrets_of_a_lost_key_are_named_and_nothing_is_thrown_away(data: Path) -> None:
    workspace = asyncio.run(prepare(data))
    file = data / "encryption.key"
    (lost,) = load_keys(file)
    file.write_text(text_of(fresh_key()))
    told = rotate(data)

    assert told.code != 0
    assert "7 cannot be read with the keys at hand" in told.err
    assert f"SECRET_0 of {workspace}" in told.err
    assert "The old key stays in" in told.err
    assert len(load_keys(file)) == 2
    file.write_text(text_of(lost))
    assert asyncio.run(read(data, workspace)) == VALUES


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("not base64!", "is not base64"),
        ("c2hvcnQ=", "is 5 bytes long"),
        (",", "is empty"),
        ("A" * 43 + ",x", "Key 2 of"),
    ],
)
def test_a_key_that_is_none_is_told_and_not_shown(data: Path, key: str, sentence: str) -> None:
    asyncio.run(prepare(data))
    told = rotate(data, **{KEY: key})

    assert told.code != 0
    assert sentence in told.err
    assert key.rstrip(",x") == "" or key not in told.err


def test_without_any_key_there_is_nothing_to_change(data: Path) -> None:
    told = rotate(data)

    assert told.code != 0
    assert "nothing was encrypted with one yet" in told.err
    assert list(data.iterdir()) == []


def test_a_key_that_others_can_read_is_refused(data: Path) -> None:
    workspace = asyncio.run(prepare(data))
    file = data / "encryption.key"
    file.chmod(0o644)
    told = rotate(data)

    assert told.code != 0
    assert "chmod 600" in told.err
    file.chmod(0o600)
    assert asyncio.run(read(data, workspace)) == VALUES


def test_a_running_server_keeps_its_key(data: Path) -> None:
    async def while_open() -> Told:
        running = await build(Settings(data=data))
        try:
            return await asyncio.to_thread(rotate, data)
        finally:
            await running.close()

    asyncio.run(prepare(data))
    before = (data / "encryption.key").read_text()
    told = asyncio.run(while_open())

    assert told.code != 0
    assert told.err
    assert "Traceback" not in told.err
    assert (data / "encryption.key").read_text() == before
