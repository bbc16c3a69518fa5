from pathlib import Path

import httpx2
import pytest

from deskhand.application.tries import PER_ACCOUNT, PER_ADDRESS, WINDOW
from tests.integration.api.desk import problem
from tests.integration.members.people import PASSWORD, Town, email_of, sign_in, try_to_sign_in


async def test_a_member_signs_in_and_out(town: Town, stranger: httpx2.AsyncClient) -> None:
    me = await sign_in(stranger, "Ana")
    assert (me["name"], me["role"], me["workspace"]["name"]) == ("Ana", "owner", "Acme")
    assert me["key"] is None
    assert (await stranger.get("/v1/procedures")).status_code == 200
    assert (await stranger.post("/v1/sign-out")).status_code == 204
    assert not stranger.cookies
    problem(await stranger.get("/v1/procedures"), 401)
    assert (await town.audit())[:2] == [("Ana", "member.signed_out"), ("Ana", "member.signed_in")]


async def test_what_a_member_does_is_recorded_under_their_name(town: Town, ana: httpx2.AsyncClient) -> None:
    await ana.put("/v1/secrets/TOKEN", json={"value": "x"})
    assert (await town.audit())[0][0] == "Ana"


async def test_an_address_is_written_as_one_likes(stranger: httpx2.AsyncClient) -> None:
    assert (await try_to_sign_in(stranger, "  ANA@Example.com ", PASSWORD)).status_code == 200


async def test_an_unknown_address_and_a_wrong_password_are_answered_alike(
    town: Town, stranger: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords = town.running.services.profiles._passwords
    verified: list[str] = []
    real = passwords.verify

    async def counting(password: str, known: str) -> tuple[bool, str | None]:
        verified.append(password)
        return await real(password, known)

    monkeypatch.setattr(passwords, "verify", counting)
    unknown = await try_to_sign_in(stranger, "nobody@example.com")
    wrong = await try_to_sign_in(stranger, email_of("Ana"))
    assert problem(unknown, 401) == problem(wrong, 401)
    assert {**unknown.headers} == {**wrong.headers}
    assert verified == ["a wrong one"] * 2
    assert "set-cookie" not in wrong.headers


async def test_a_failed_sign_in_is_in_the_audit_trail(town: Town, stranger: httpx2.AsyncClient) -> None:
    await try_to_sign_in(stranger, email_of("Ana"))
    await try_to_sign_in(stranger, "nobody@example.com")
    assert (await town.audit())[0] == ("Ana", "member.sign_in_failed")
    assert [action for _, action in await town.audit()].count("member.sign_in_failed") == 1


async def test_too_many_wrong_passwords_are_refused_for_a_while(town: Town, stranger: httpx2.AsyncClient) -> None:
    for _ in range(PER_ACCOUNT):
        problem(await try_to_sign_in(stranger, email_of("Ana")), 401)
    town.clock.advance(60)
    refused = await try_to_sign_in(stranger, email_of("Ana"), PASSWORD)
    assert "try again in 9 minutes" in problem(refused, 429)["detail"]
    assert refused.headers["retry-after"] == str(WINDOW // 1000 - 60)
    town.clock.advance(WINDOW // 1000 - 60)
    await sign_in(stranger, "Ana")


async def test_tries_are_counted_for_addresses_that_nobody_has_too(stranger: httpx2.AsyncClient) -> None:
    for _ in range(PER_ACCOUNT):
        problem(await try_to_sign_in(stranger, "nobody@example.com"), 401)
    problem(await try_to_sign_in(stranger, "nobody@example.com"), 429)


async def test_tries_are_counted_by_where_they_come_from(stranger: httpx2.AsyncClient) -> None:
    for number in range(PER_ADDRESS):
        problem(await try_to_sign_in(stranger, f"nobody{number}@example.com"), 401)
    problem(await try_to_sign_in(stranger, email_of("Ana"), PASSWORD), 429)


async def test_a_right_password_counts_for_nothing(town: Town) -> None:
    for _ in range(PER_ACCOUNT + 1):
        async with town.browser() as browser:
            await sign_in(browser, "Ana")


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_pages(stranger: httpx2.AsyncClient) -> None:
    answer = await try_to_sign_in(stranger, email_of("Ana"), PASSWORD)
    name, *parts = answer.headers["set-cookie"].split("; ")
    assert name.startswith("deskhand_session=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(parts)
    assert "Secure" not in parts


@pytest.mark.parametrize("public_url", [None, "https://desk.example.com"])
async def test_over_https_the_cookie_is_bound_to_the_host(town: Town, public_url: str | None) -> None:
    app = town.app_with(loopback_only=False, public_url=public_url)
    base = "http://desk.example.com" if public_url else "https://desk.example.com"
    async with town.browser(app, base, origin="https://desk.example.com") as browser:
        answer = await try_to_sign_in(browser, email_of("Ana"), PASSWORD)
        assert answer.status_code == 200, answer.text
        name, *parts = answer.headers["set-cookie"].split("; ")
        assert name.startswith("__Host-deskhand=")
        assert {"HttpOnly", "SameSite=lax", "Path=/", "Secure"} <= set(parts)
        assert not [part for part in parts if part.startswith("Domain")]
        # a name that a neighbouring host could have set is no session's here
        token = name.partition("=")[2]
        planted = await browser.get("/v1/me", headers={"cookie": f"deskhand_session={token}"})
        problem(planted, 401)


async def test_no_password_travels_in_clear_from_another_machine(town: Town) -> None:
    app = town.app_with(loopback_only=False)
    async with town.browser(app, "http://desk.example.com") as browser:
        refused = await try_to_sign_in(browser, email_of("Ana"), PASSWORD)
        assert problem(refused, 403)["type"].endswith("needs-https")
        assert "set-cookie" not in refused.headers


async def test_the_token_and_the_password_are_stored_nowhere(town: Town, ana: httpx2.AsyncClient) -> None:
    token = ana.cookies["deskhand_session"]
    url = town.running.settings.database_url or ""
    folder = Path(url.removeprefix("sqlite:///")).parent
    stored = b"".join(path.read_bytes() for path in folder.glob("deskhand.db*"))
    assert b"ana@example.com" in stored
    assert token.encode() not in stored
    assert PASSWORD.encode() not in stored
    account = await town.running.services.stores.accounts.by_email(email_of("Ana"))
    assert account is not None
    assert account.password.startswith("$argon2id$")


async def test_a_browser_never_keeps_a_session_that_somebody_planted(town: Town) -> None:
    async with town.signed_in("Ana") as attacker, town.browser() as victim:
        planted = attacker.cookies["deskhand_session"]
        victim.cookies.set("deskhand_session", planted, domain="127.0.0.1")
        await sign_in(victim, "Ana")
        fresh = [one.value for one in victim.cookies.jar][-1]
        assert fresh != planted
        # the session that was there is ended, so it cannot be used beside the new one
        problem(await attacker.get("/v1/me"), 401)


async def test_a_token_of_ones_own_making_opens_nothing(stranger: httpx2.AsyncClient) -> None:
    for token in ("", "x", "0" * 60, "a" * 5000, "%00", "dh_x"):
        problem(await stranger.get("/v1/me", headers={"cookie": f"deskhand_session={token}"}), 401)


async def test_a_key_goes_before_a_cookie(town: Town, ana: httpx2.AsyncClient) -> None:
    headers = await town.key("agent")
    assert (await ana.get("/v1/me", headers=headers)).json()["name"] == "a program"
    problem(await ana.get("/v1/me", headers={"authorization": "Bearer dh_wrong"}), 401)


async def test_signing_out_without_a_session_is_no_error(stranger: httpx2.AsyncClient) -> None:
    assert (await stranger.post("/v1/sign-out")).status_code == 204


async def test_bad_input_is_told_in_a_sentence(stranger: httpx2.AsyncClient) -> None:
    for body in ({}, {"email": "", "password": "x"}, {"email": "a@b.c", "password": 5}, {"email": "a" * 300}, []):
        assert problem(await stranger.post("/v1/sign-in", json=body), 422)["problems"]
    nul = await stranger.post("/v1/sign-in", json={"email": "a\0@example.com", "password": "x\0"})
    assert nul.status_code == 401
