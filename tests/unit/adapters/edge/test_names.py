import asyncio
import socket

import pytest

from deskhand.adapters.edge.names import Names, system_lookup


class Asked:
    """A lookup that waits until it is let go on, and counts."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.hosts: list[str] = []
        self.go_on = asyncio.Event()

    async def __call__(self, host: str) -> tuple[str, ...]:
        self.hosts.append(host)
        await self.go_on.wait()
        return self.addresses


async def test_many_at_once_ask_once() -> None:
    asked = Asked("10.0.0.1")
    names = Names(asked)
    waiting = [asyncio.create_task(names.ask("shop.example")) for _ in range(20)]
    await asyncio.sleep(0)
    asked.go_on.set()
    assert await asyncio.gather(*waiting) == [("10.0.0.1",)] * 20
    assert asked.hosts == ["shop.example"]


async def test_an_answer_is_remembered_until_it_is_too_old() -> None:
    asked = Asked("10.0.0.1")
    asked.go_on.set()
    remembering, forgetful = Names(asked), Names(asked, seconds=0)
    await remembering.ask("shop.example")
    await forgetful.ask("shop.example")
    assert remembering.known("shop.example") == ("10.0.0.1",)
    assert forgetful.known("shop.example") is None
    assert remembering.known("other.example") is None


async def test_the_answers_remembered_are_bounded() -> None:
    asked = Asked("10.0.0.1")
    asked.go_on.set()
    names = Names(asked, most=2)
    for host in ("a.example", "b.example", "c.example"):
        await names.ask(host)
    assert [names.known(host) is None for host in ("a.example", "b.example", "c.example")] == [True, False, False]


async def test_one_who_gives_up_does_not_take_the_answer_from_the_others() -> None:
    asked = Asked("10.0.0.1")
    names = Names(asked)
    first, second = (asyncio.create_task(names.ask("shop.example")) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    asked.go_on.set()
    assert await second == ("10.0.0.1",)


async def test_a_failure_is_not_remembered() -> None:
    asked = Asked()
    asked.go_on.set()
    names = Names(asked)
    for _ in range(2):
        with pytest.raises(socket.gaierror):
            await names.ask("shop.example")
    assert asked.hosts == ["shop.example"] * 2


async def test_closing_gives_up_the_questions_under_way() -> None:
    names = Names(Asked("10.0.0.1"))
    waiting = asyncio.create_task(names.ask("shop.example"))
    await asyncio.sleep(0)
    await names.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_the_machine_itself_is_asked_by_default() -> None:
    assert {"127.0.0.1", "::1"} & set(await system_lookup("localhost"))
