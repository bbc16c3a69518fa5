"""Invitations let one person in, once, as what they were made for."""

import httpx2
import pytest

from deskhand.application.invitations import LASTS
from deskhand.ports.mail import MailNotSent
from tests.integration.api.desk import problem
from tests.integration.members.people import PASSWORD, Town, accept, email_of, invite, sign_in, token_of


async def test_an_invitation_tells_what_it_is_for(ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient) -> None:
    token = await invite(ana, "Bob", "admin")
    offered = (await stranger.get(f"/v1/join/{token}")).json()
    assert offered == {
        "workspace": "Acme", "email": "bob@example.com", "role": "admin", "invited_by": "Ana",
        "expires_at": "2026-03-09T09:00:00.000Z", "known": False,
    }  # fmt: skip


async def test_whoever_accepts_is_a_member_and_signed_in(
    town: Town, ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    token = await invite(ana, "Bob", "agent")
    me = (await accept(stranger, token, "Bob")).json()
    assert (me["name"], me["role"], me["member"]["email"]) == ("Bob", "agent", "bob@example.com")
    assert (await stranger.get("/v1/me")).json() == me
    assert (await ana.get("/v1/invitations")).json()["items"] == []
    assert (await town.audit())[:3] == [
        ("Bob", "member.signed_in"), ("Bob", "member.joined"), ("Ana", "member.invited"),
    ]  # fmt: skip


async def test_an_invitation_is_used_up(town: Town, ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient) -> None:
    token = await invite(ana, "Bob")
    assert (await accept(stranger, token, "Bob")).status_code == 201
    async with town.browser() as eve:
        assert "used already" in problem(await accept(eve, token, "Eve"), 403)["detail"]
        problem(await eve.get(f"/v1/join/{token}"), 403)
    assert len((await ana.get("/v1/members")).json()["items"]) == 2


async def test_an_invitation_that_was_taken_back_lets_nobody_in(
    ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    token = await invite(ana, "Bob")
    own = (await ana.get("/v1/invitations")).json()["items"][0]["id"]
    assert (await ana.delete(f"/v1/invitations/{own}")).status_code == 204
    assert "not valid" in problem(await accept(stranger, token, "Bob"), 403)["detail"]
    problem(await ana.delete(f"/v1/invitations/{own}"), 404)
    problem(await ana.post(f"/v1/invitations/{own}/resend"), 404)


async def test_an_invitation_expires(town: Town, ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient) -> None:
    token = await invite(ana, "Bob")
    town.clock.advance(LASTS / 1000)
    assert "expired" in problem(await accept(stranger, token, "Bob"), 403)["detail"]
    (listed,) = (await ana.get("/v1/invitations")).json()["items"]
    assert listed["expired"] is True


async def test_sending_it_again_voids_the_link_before(
    town: Town, ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    old = await invite(ana, "Bob")
    town.clock.advance(LASTS / 1000)
    own = (await ana.get("/v1/invitations")).json()["items"][0]["id"]
    again = (await ana.post(f"/v1/invitations/{own}/resend")).json()
    assert again["expired"] is False
    problem(await accept(stranger, old, "Bob"), 403)
    assert (await accept(stranger, token_of(again["link"]), "Bob")).status_code == 201


async def test_inviting_the_same_address_again_voids_the_link_before(
    ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    first, second = await invite(ana, "Bob"), await invite(ana, "Bob", "admin")
    problem(await accept(stranger, first, "Bob"), 403)
    assert (await accept(stranger, second, "Bob")).json()["role"] == "admin"


async def test_nothing_in_the_acceptance_changes_what_it_is_for(
    ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    token = await invite(ana, "Bob")
    for more in ({"role": "owner"}, {"email": "eve@example.com"}, {"workspace": "ws_" + "0" * 32}):
        problem(await stranger.post(f"/v1/join/{token}", json={"name": "Bob", "password": PASSWORD, **more}), 422)


async def test_a_new_account_needs_a_name_and_a_password_that_will_do(
    ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    token = await invite(ana, "Bob")
    problem(await stranger.post(f"/v1/join/{token}", json={"password": PASSWORD}), 422)
    problem(await accept(stranger, token, "Bob", "short"), 422)
    problem(await accept(stranger, token, "Bob", email_of("Bob")), 422)
    assert (await accept(stranger, token, "Bob")).status_code == 201


async def test_who_has_an_account_accepts_with_its_password(town: Town, ana: httpx2.AsyncClient) -> None:
    await town.join(ana, "Bob", "agent")
    other = await town.running.services.configuration.create_workspace("Other")
    made = await town.running.services.configuration.create_key(other.id, "their owner", "owner", "test")
    async with town.browser() as browser, town.browser(authorization=f"Bearer {made[1]}") as program:
        token = await invite(program, "Bob", "admin")
        assert (await browser.get(f"/v1/join/{token}")).json()["known"] is True
        problem(await accept(browser, token, "Eve", "another password"), 401)
        me = (await accept(browser, token, "ignored")).json()
        assert (me["name"], me["role"], me["workspace"]["name"]) == ("Bob", "admin", "Other")
        assert {one["workspace"]["name"]: one["role"] for one in me["memberships"]} == {
            "Acme": "agent", "Other": "admin",
        }  # fmt: skip


async def test_a_member_is_not_invited_again(ana: httpx2.AsyncClient) -> None:
    again = await ana.post("/v1/invitations", json={"email": "ANA@example.com"})
    assert "a member of this workspace already" in problem(again, 409)["detail"]
    problem(await ana.post("/v1/invitations", json={"email": "no address"}), 422)


@pytest.mark.parametrize("token", ["dhi_" + "0" * 60, "dhi_x", "inv_" + "0" * 32])
async def test_a_link_that_somebody_made_up_is_none(stranger: httpx2.AsyncClient, token: str) -> None:
    for answer in (await stranger.get(f"/v1/join/{token}"), await accept(stranger, token, "Eve")):
        assert answer.status_code in (403, 404)


async def test_made_up_links_are_counted(stranger: httpx2.AsyncClient) -> None:
    answers = [(await stranger.get(f"/v1/join/dhi_{number:060}")).status_code for number in range(41)]
    assert answers == [403] * 40 + [429]


async def test_the_link_is_mailed_and_only_owners_read_it_here(town: Town, ana: httpx2.AsyncClient) -> None:
    await town.join(ana, "Bob", "agent")
    await town.join(ana, "Cem", "admin")
    made = (await ana.post("/v1/invitations", json={"email": "olga@example.com", "role": "owner"})).json()
    assert made["mail"] == "mailbox"
    assert made["link"].startswith("http://127.0.0.1:8000/join?token=dhi_")
    mailbox = (await ana.get("/v1/mailbox")).json()
    assert mailbox["sends"] is False
    (mail, *_) = mailbox["items"]
    assert (mail["to"], made["link"] in mail["body"]) == ("olga@example.com", True)
    for name in ("Bob", "Cem"):
        async with town.signed_in(name) as browser:
            read = (await browser.get("/v1/mailbox")).json()["items"]
            assert len(read) == 3
            assert "dhi_" not in str(read)
    async with town.browser(**await town.key("admin")) as program:
        assert "dhi_" not in (await program.get("/v1/mailbox")).text


async def test_the_link_is_nowhere_else(ana: httpx2.AsyncClient) -> None:
    token = await invite(ana, "Bob")
    for path in ("audit", "invitations", "members"):
        assert token not in (await ana.get(f"/v1/{path}")).text


async def test_the_mail_speaks_the_workspaces_language(ana: httpx2.AsyncClient) -> None:
    await ana.patch("/v1/settings", json={"language": "de", "name": "Müller"})
    await invite(ana, "Bob")
    (mail,) = (await ana.get("/v1/mailbox")).json()["items"]
    assert mail["subject"] == "Einladung zu Müller bei Deskhand"
    assert "Ana lädt Sie" in mail["body"]


async def test_an_invitation_whose_mail_fails_is_there_all_the_same(
    town: Town, ana: httpx2.AsyncClient, stranger: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        async def send(self, workspace: str, to: str, subject: str, body: str, key: str) -> None:
            raise MailNotSent("The mail server is not there.")

    monkeypatch.setattr(town.running.services.invitations, "_mailer", Broken())
    made = (await ana.post("/v1/invitations", json={"email": email_of("Bob")})).json()
    assert (made["mail"], made["mail_problem"]) == ("failed", "The mail server is not there.")
    assert (await accept(stranger, token_of(made["link"]), "Bob")).status_code == 201


async def test_links_begin_with_the_public_address(town: Town, ana: httpx2.AsyncClient) -> None:
    app = town.app_with(loopback_only=False, public_url="https://desk.example.com")
    async with town.browser(app, "http://10.0.0.1:8000", **await town.key("owner")) as program:
        made = (await program.post("/v1/invitations", json={"email": email_of("Bob")})).json()
        assert made["link"].startswith("https://desk.example.com/join?token=")


async def test_an_invited_person_who_lost_the_workspace_comes_back(town: Town, ana: httpx2.AsyncClient) -> None:
    bob = await town.join(ana, "Bob", "agent")
    await ana.delete(f"/v1/members/{bob}")
    async with town.browser() as browser:
        assert (await accept(browser, await invite(ana, "Bob"), "Bob")).status_code == 201
    async with town.browser() as browser:
        await sign_in(browser, "Bob")
