"""Members from a terminal, and a password that was forgotten."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from deskhand.adapters.passwords import ArgonPasswords
from deskhand.application.people import NewPerson
from deskhand.application.sessions import Browser
from deskhand.bootstrap import build
from deskhand.settings import Settings
from tests.integration.cli.command import Server, deskhand


def test_members_are_invited_listed_and_taken_back(demo: Server) -> None:
    invited = demo.run("members", "invite", "Olga@Example.com", "--role", "admin")
    assert invited.code == 0, invited.err
    assert f"{demo.address}/join?token=dhi_" in invited.out
    listed = demo.run("members").out
    assert "Demo owner" in listed
    assert "olga@example.com" in listed
    assert "invited until" in listed
    assert demo.run("members", "list", "--json").json["invitations"][0]["role"] == "admin"
    assert "taken back" in demo.run("members", "remove", "olga@example.com").out
    assert "olga@example.com" not in demo.run("members").out


def test_what_cannot_be_is_told(demo: Server) -> None:
    for words, told in (
        (("invite", "nobody"), "no e-mail address"),
        (("invite", "max@example.com", "--role", "king"), "role"),
        (("role", "nobody@example.com", "admin"), "Nobody with this e-mail address"),
        (("role", "owner@demo.example", "agent"), "needs an owner"),
        (("remove", "owner@demo.example"), "needs an owner"),
    ):
        said = demo.run("members", *words)
        assert said.code == 1
        assert told in said.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder in which Ana has an account, and is signed in."""

    async def prepare() -> None:
        running = await build(Settings(data=tmp_path), passwords=ArgonPasswords(rounds=1, kibibytes=64))
        accounts = running.services.accounts
        ana = NewPerson("ana@example.com", "Ana", "the one she forgot")
        await accounts.set_up(await accounts.set_up_token() or "", ana, None, Browser("127.0.0.1"))
        await running.close()

    asyncio.run(prepare())
    return tmp_path


def test_a_forgotten_password_is_replaced(folder: Path) -> None:
    said = deskhand("set-password", "ANA@example.com", "--data", folder, stdin="the one she remembers\n")
    assert said.code == 0, said.err
    assert "The password of ana@example.com is set" in said.out

    async def sign_in(password: str) -> str:
        running = await build(Settings(data=folder))
        try:
            return await running.services.accounts.sign_in("ana@example.com", password, Browser("127.0.0.1"))
        finally:
            await running.close()

    with sqlite3.connect(folder / "deskhand.db") as database:
        assert database.execute("SELECT count(*) FROM sessions").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM audit WHERE actor = 'command line'").fetchone() == (1,)
    database.close()
    assert asyncio.run(sign_in("the one she remembers"))


def test_a_password_is_not_set_for_nobody_nor_to_anything(folder: Path, tmp_path: Path) -> None:
    for words, stdin, told in (
        (("eve@example.com",), "long enough for anybody", "no account"),
        (("ana@example.com",), "short", "too short"),
        (("ana@example.com", "--data", str(tmp_path / "elsewhere")), "long enough for anybody", "no database"),
    ):
        said = deskhand("set-password", "--data", folder, *words, stdin=stdin)
        assert said.code == 1
        assert told in said.err
