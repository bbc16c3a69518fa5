"""Who forgot their password gets a link by e-mail, which works once and for an hour."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.application.base64url import encoded
from deskhand.application.password_resets import LASTS
from deskhand.settings import Settings
from tests.integration.api.desk import problem
from tests.integration.members.people import PASSWORD, Town, email_of, sign_in, town_with, try_to_sign_in
from tests.mail_server import MailServer, serving

NEW = "a new sentence to remember"
LINK = re.compile(r"(http\S+)/reset\?token=(dhp_\S+)")


class Post:
    """A mail server, and who asks it for links."""

    def __init__(self, server: MailServer, town: Town) -> None:
        self.server = server
        self.town = town

    async def ask(self, browser: httpx2.AsyncClient, name: str) -> httpx2.Response:
        """Ask for a link, and wait until it is sent."""
        answer = await browser.post("/v1/password-resets", json={"email": email_of(name)})
        await self.town.running.services.password_resets.close()
        return answer

    async def link(self, browser: httpx2.AsyncClient, name: str) -> tuple[str, str]:
        """Where the link that was sent leads, and its token."""
        assert (await self.ask(browser, name)).status_code == 204
        found = LINK.search(str(self.server.mails[-1].get_content()))
        assert found is not None
        return found[1], found[2]


@pytest.fixture
async def post(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Post]:
    async with serving(MailServer()) as server:
        mail = {"smtp_url": f"smtp://127.0.0.1:{server.port}", "mail_from": "desk@example.com"}
        async with town_with(Settings(data=tmp_path, database_url=sqlite_url, **mail)) as town:
            yield Post(server, town)


@pytest.fixture
async def bob(post: Post) -> AsyncIterator[httpx2.AsyncClient]:
    """Bob's browser: a member, who has forgotten his password and is not signed in."""
    async with post.town.signed_in("Ana") as ana, post.town.browser() as browser:
        await post.town.join(ana, "Bob", "agent")
        yield browser


async def reset(browser: httpx2.AsyncClient, token: str, password: str = NEW) -> httpx2.Response:
    return await browser.post(f"/v1/password-resets/{token}", json={"password": password})


async def test_a_link_comes_by_mail_and_lets_its_owner_choose_a_new_password(
    post: Post, bob: httpx2.AsyncClient
) -> None:
    assert (await bob.get("/v1/sign-in")).json()["reset"] is True
    async with post.town.signed_in("Bob") as elsewhere:
        at, token = await post.link(bob, "Bob")
        assert (at, post.server.sent_to) == ("http://127.0.0.1:8000", [*post.server.sent_to[:-1], "bob@example.com"])
        assert (await bob.get(f"/v1/password-resets/{token}")).json()["email"] == "bob@example.com"
        me = (await reset(bob, token)).json()
        assert (me["name"], (await bob.get("/v1/me")).json()["name"]) == ("Bob", "Bob")
        assert (await bob.get("/v1/mailbox")).json() == {"items": [], "cursor": None, "sends": True}
        problem(await elsewhere.get("/v1/me"), 401)
    async with post.town.browser() as later:
        assert (await try_to_sign_in(later, email_of("Bob"), PASSWORD)).status_code == 401
        assert (await try_to_sign_in(later, email_of("Bob"), NEW)).status_code == 200
    told = await post.town.audit()
    assert [one for one in told if "reset" in one[1]] == [
        ("Bob", "member.password_reset"),
        ("Bob", "member.password_reset_asked"),
    ]


async def test_a_link_works_once_and_ends_with_the_next_password(post: Post, bob: httpx2.AsyncClient) -> None:
    _, first = await post.link(bob, "Bob")
    post.town.clock.advance(1)
    _, second = await post.link(bob, "Bob")
    assert first != second
    done = await asyncio.gather(*(reset(bob, second) for _ in range(3)))
    assert sorted(one.status_code for one in done) == [200, 403, 403]
    for over in (first, second):
        assert "not valid any more" in problem(await bob.get(f"/v1/password-resets/{over}"), 403)["detail"]
        problem(await reset(bob, over, "and another sentence"), 403)
    async with post.town.browser() as later:
        assert (await try_to_sign_in(later, email_of("Bob"), NEW)).status_code == 200


async def test_a_link_works_for_an_hour(post: Post, bob: httpx2.AsyncClient) -> None:
    _, token = await post.link(bob, "Bob")
    post.town.clock.advance(LASTS / 1000)
    problem(await reset(bob, token), 403)


async def test_a_password_that_will_not_do_uses_nothing_up(post: Post, bob: httpx2.AsyncClient) -> None:
    _, token = await post.link(bob, "Bob")
    problem(await reset(bob, token, "short"), 422)
    problem(await reset(bob, token, email_of("Bob")), 422)
    assert (await reset(bob, token)).status_code == 200


async def test_nobody_learns_who_has_an_account(post: Post, bob: httpx2.AsyncClient) -> None:
    known, unknown = await post.ask(bob, "Bob"), await post.ask(bob, "Nobody")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (204, b"")
    assert "nobody@example.com" not in post.server.sent_to


async def test_who_belongs_nowhere_gets_no_link_and_uses_none(post: Post, bob: httpx2.AsyncClient) -> None:
    _, token = await post.link(bob, "Bob")
    mails = len(post.server.mails)
    async with post.town.signed_in("Ana") as ana:
        (own,) = [one["id"] for one in (await ana.get("/v1/members")).json()["items"] if one["name"] == "Bob"]
        await ana.delete(f"/v1/members/{own}")
    assert (await post.ask(bob, "Bob")).status_code == 204
    assert len(post.server.mails) == mails
    problem(await reset(bob, token), 403)


async def test_a_mailbox_is_not_flooded(post: Post, bob: httpx2.AsyncClient) -> None:
    before = len(post.server.mails)
    answers = [(await post.ask(bob, "Bob")).status_code for _ in range(5)]
    assert answers == [204, 204, 204, 429, 429]
    assert len(post.server.mails) == before + 3


async def test_altered_and_made_up_links_are_none(post: Post, bob: httpx2.AsyncClient) -> None:
    _, token = await post.link(bob, "Bob")
    said, _, signature = token.removeprefix("dhp_").partition(".")
    _, anas = await post.link(bob, "Ana")
    foreign = anas.removeprefix("dhp_").partition(".")[0]
    altered = [f"dhp_{foreign}.{signature}", f"dhp_{said}.{'A' * len(signature)}", f"dhp_{'e30' * 10}.{signature}"]
    for document in (
        "[5, 99999999999999]",
        "[[1, 2], 99999999999999]",
        '["acct_x", "tomorrow or later"]',
        "[null, null, null]",
    ):
        altered.append(f"dhp_{encoded(document.encode())}.{signature}")
    for one in (*altered, f"dhp_{said}", "dhp_x.y", "dhi_" + "0" * 60):
        assert (await bob.get(f"/v1/password-resets/{one}")).status_code in (403, 404)
        assert (await reset(bob, one)).status_code in (403, 404)
    assert (await reset(bob, token)).status_code == 200


async def test_a_link_never_leads_to_where_only_a_request_said_that_the_server_is(
    post: Post, bob: httpx2.AsyncClient
) -> None:
    open_app = post.town.app_with(loopback_only=False)
    async with post.town.browser(open_app, base="https://evil.example") as evil:
        assert (await evil.get("/v1/sign-in")).json()["reset"] is False
        assert "set-password" in problem(await post.ask(evil, "Bob"), 409)["detail"]
    known = post.town.app_with(loopback_only=False, public_url="https://desk.example")
    async with post.town.browser(known, base="https://desk.example", host="evil.example") as evil:
        at, _ = await post.link(evil, "Bob")
        assert at == "https://desk.example"


async def test_another_page_cannot_ask(post: Post, bob: httpx2.AsyncClient) -> None:
    asked = await bob.post(
        "/v1/password-resets", json={"email": email_of("Bob")}, headers={"origin": "http://evil.example"}
    )
    problem(asked, 403)
    asked = await bob.post("/v1/password-resets", json={"email": email_of("Bob")}, headers={"x-deskhand": "no"})
    problem(asked, 403)


async def test_without_a_mail_server_it_is_said_who_helps(town: Town, stranger: httpx2.AsyncClient) -> None:
    assert (await stranger.get("/v1/sign-in")).json()["reset"] is False
    refused = await stranger.post("/v1/password-resets", json={"email": email_of("Ana")})
    assert "deskhand set-password" in problem(refused, 409)["detail"]
    assert (await sign_in(stranger, "Ana"))["name"] == "Ana"


async def test_a_mail_server_that_is_down_is_no_error_for_who_asks(post: Post, bob: httpx2.AsyncClient) -> None:
    post.server.on_data = "554 No"
    assert (await post.ask(bob, "Bob")).status_code == 204
    assert not [one for one in await post.town.audit() if "reset" in one[1]]
