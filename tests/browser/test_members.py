"""People set Deskhand up, invite each other, sign in and out: as they do it, in a browser."""

import re
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import PATIENCE
from tests.browser.looking import WIDE, amiss_either_way, unsound, wear
from tests.browser.server import Server
from tests.browser.slow import Held

PASSWORD = "a sentence is a good one"
OWN_PAGE = {"X-Deskhand": "dashboard"}


class Office:
    """A server with its owner Ana, and whoever she invites."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.ana = httpx2.Client(base_url=server.address, headers=OWN_PAGE, trust_env=False)
        token = server.set_up.rpartition("=")[2]
        given = {"email": "ana@example.com", "name": "Ana", "password": PASSWORD, "workspace": "Acme", "token": token}
        assert self.ana.post("/v1/sign-up", json=given).status_code == 201

    def invite(self, name: str, role: str = "agent") -> str:
        """Invite somebody; gives the link."""
        given = {"email": f"{name.lower()}@example.com", "role": role}
        link: str = self.ana.post("/v1/invitations", json=given).json()["link"]
        return link

    def join(self, name: str, role: str = "agent") -> None:
        """Invite somebody who accepts."""
        with httpx2.Client(base_url=self.server.address, headers=OWN_PAGE, trust_env=False) as browser:
            token = self.invite(name, role).rpartition("=")[2]
            given = {"name": name, "password": PASSWORD}
            assert browser.post(f"/v1/join/{token}", json=given).status_code == 201


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    """An office that tests share; each invites people of its own."""
    with tempfile.TemporaryDirectory() as folder, Server.running("serve", Path(folder)) as server:
        office = Office(server)
        yield office
        office.ana.close()


@pytest.fixture
def own_office(tmp_path: Path) -> Iterator[Office]:
    """An office in which nothing has been set up yet."""
    with Server.running("serve", tmp_path) as server:
        office = Office(server)
        yield office
        office.ana.close()


@pytest.fixture
def other(chromium: Browser) -> Iterator[Page]:
    """Somebody else's browser."""
    context: BrowserContext = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def somebody(name: str) -> str:
    """A name that nobody in the office has yet."""
    return f"{name}-{secrets.token_hex(3)}"


def sign_in(page: Page, address: str, name: str, password: str = PASSWORD) -> None:
    page.goto(address)
    fill_in(page, name, password)


def fill_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail address").fill(f"{name.lower()}@example.com")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def account(page: Page, name: str) -> Any:
    """The button at whoever is signed in."""
    return page.get_by_role("button", name=f"Your account: {name}")


def call(page: Page, method: str, path: str, body: object = None) -> int:
    """The status of a request that the page itself sends, as its own code would."""
    send = """async ([method, path, body]) => (await fetch(path, {
        method, headers: {"X-Deskhand": "dashboard", "Content-Type": "application/json"},
        body: body === null ? undefined : JSON.stringify(body),
    })).status"""
    status: int = page.evaluate(send, [method, path, body])
    return status


def test_from_the_first_link_to_a_colleague_who_may_not_build(page: Page, other: Page, tmp_path: Path) -> None:
    with Server.running("serve", tmp_path) as server:
        page.goto(server.address)
        expect(page.get_by_text("Nobody has signed up yet")).to_be_visible()
        page.goto(server.set_up)
        page.get_by_label("Name of the workspace").fill("Acme Support")
        page.get_by_label("Your name").fill("Ana")
        page.get_by_label("E-mail address").fill("ana@example.com")
        page.get_by_label("Password", exact=True).fill("too short")
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_role("alert")).to_contain_text("at least 10 characters")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Begin").click()
        expect(account(page, "Ana")).to_contain_text("Owner · Acme Support")

        page.get_by_role("link", name="Settings").click()
        page.get_by_role("link", name="Members").click()
        page.get_by_role("button", name="Invite somebody").click()
        page.get_by_label("E-mail address").fill("bob@example.com")
        expect(page.get_by_role("radio", name="Agent")).to_be_checked()
        page.get_by_role("button", name="Invite", exact=True).click()
        link = page.get_by_label("The link that lets them in").input_value()
        page.get_by_role("button", name="Done").click()
        expect(page.get_by_label("Invited").get_by_text("bob@example.com")).to_be_visible()

        other.goto(link)
        expect(other.get_by_role("heading", name="Join Acme Support")).to_be_visible()
        other.get_by_label("Your name").fill("Bob")
        other.get_by_label("Password", exact=True).fill(PASSWORD)
        other.get_by_role("button", name="Join").click()
        expect(account(other, "Bob")).to_contain_text("Agent · Acme Support")

        may_not_build(other, server.address)
        page.reload()
        expect(page.get_by_label("Role of Bob")).to_have_value("agent")
        expect(page.get_by_role("heading", name="Invited")).to_have_count(0)


def may_not_build(page: Page, address: str) -> None:
    """The page does not offer it, and the server refuses it."""
    page.goto(f"{address}/settings/members")
    expect(page.get_by_text("ana@example.com")).to_be_visible()
    for name in ("Invite somebody", "Remove Ana"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.get_by_role("link", name="API keys")).to_have_count(0)
    page.goto(f"{address}/settings/keys")
    expect(page.get_by_text("This section is for owners and admins")).to_be_visible()
    page.goto(f"{address}/settings/general")
    expect(page.get_by_label("Name of the workspace")).not_to_be_editable()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    assert call(page, "GET", "/v1/keys") == 403
    assert call(page, "PATCH", "/v1/settings", {"name": "Bob's"}) == 403
    assert call(page, "POST", "/v1/invitations", {"email": "eve@example.com", "role": "owner"}) == 403


def test_a_wrong_password_is_told_where_it_was_typed(office: Office, page: Page) -> None:
    walter = somebody("Walter")
    office.join(walter)
    sign_in(page, office.server.address, walter, "not the right one")
    expect(page.get_by_role("alert")).to_contain_text("E-mail and password do not go together")
    expect(page.get_by_label("E-mail address")).to_have_value(f"{walter.lower()}@example.com")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("alert")).to_contain_text("passen nicht zusammen")
    page.get_by_role("button", name="English").click()
    fill_in(page, walter)
    expect(account(page, walter)).to_be_visible()


def test_signing_out_leaves_nothing_behind(office: Office, page: Page) -> None:
    sina = somebody("Sina")
    office.join(sina)
    sign_in(page, office.server.address, sina)
    account(page, sina).click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in*")
    assert page.context.cookies() == []
    page.goto(f"{office.server.address}/settings/members")
    page.wait_for_url("**/sign-in?next=*")
    expect(page.get_by_text("ana@example.com")).to_have_count(0)


def test_a_session_that_was_ended_comes_back_to_the_same_address(office: Office, page: Page, other: Page) -> None:
    erik = somebody("Erik")
    office.join(erik)
    sign_in(page, office.server.address, erik)
    expect(account(page, erik)).to_be_visible()
    address = f"{office.server.address}/settings/members?q={erik.lower()}"
    page.goto(address)
    expect(page.get_by_text(f"{erik.lower()}@example.com")).to_be_visible()

    sign_in(other, f"{office.server.address}/sign-in?next=/profile", erik)
    other.wait_for_url("**/profile")
    other.get_by_role("button", name="End the session in Chrome").click()
    expect(other.get_by_role("button", name="End the session in Chrome")).to_have_count(0)

    page.get_by_role("link", name="General").click()
    page.wait_for_url("**/sign-in?next=*")
    page.goto(f"{office.server.address}/sign-in?next=%2Fsettings%2Fmembers%3Fq%3D{erik.lower()}")
    fill_in(page, erik)
    page.wait_for_url(address)
    expect(page.get_by_text(f"{erik.lower()}@example.com")).to_be_visible()


def test_a_link_leads_to_no_other_site(office: Office, page: Page) -> None:
    lena = somebody("Lena")
    office.join(lena)
    sign_in(page, f"{office.server.address}/sign-in?next=//evil.example/", lena)
    expect(account(page, lena)).to_be_visible()
    assert page.url.startswith(office.server.address)


def test_an_owner_gives_and_takes_roles(office: Office, page: Page, other: Page) -> None:
    rosa = somebody("Rosa")
    office.join(rosa)
    sign_in(page, f"{office.server.address}/sign-in?next=/settings/members", "Ana")
    with page.expect_response("**/v1/members/*"):
        page.get_by_label(f"Role of {rosa}").select_option("admin")
    sign_in(other, f"{office.server.address}/sign-in?next=/settings/members", rosa)
    expect(other.get_by_role("button", name="Invite somebody")).to_be_visible()
    expect(other.get_by_role("button", name="Remove Ana")).to_be_disabled()
    expect(other.get_by_label("Role of Ana")).to_be_disabled()

    assert call(other, "POST", "/v1/keys", {"name": f"{rosa}'s sync", "role": "admin"}) == 201
    page.goto(f"{office.server.address}/settings/keys")
    expect(page.get_by_role("row", name=f"{rosa}'s sync").get_by_role("cell", name=rosa, exact=True)).to_be_visible()
    page.get_by_role("link", name="Members").click()
    page.get_by_role("button", name=f"Remove {rosa}").click()
    expect(page.get_by_role("dialog")).to_contain_text("Their API keys are revoked")
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_have_text(f"{rosa}'s sync")
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text(f"{rosa.lower()}@example.com")).to_have_count(0)
    other.get_by_role("link", name="General").click()
    other.wait_for_url("**/sign-in?next=*")
    fill_in(other, rosa)
    expect(other.get_by_role("alert")).to_contain_text("no workspace any more")


def test_the_last_owner_learns_why_they_stay(office: Office, page: Page) -> None:
    sign_in(page, f"{office.server.address}/sign-in?next=/settings/members", "Ana")
    page.get_by_role("button", name="Remove Ana").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("needs an owner")


def test_what_no_mail_server_sends_is_read_in_the_settings(office: Office, page: Page) -> None:
    email = f"{somebody('mia')}@example.com"
    sign_in(page, f"{office.server.address}/sign-in?next=/settings/members", "Ana")
    page.get_by_role("button", name="Invite somebody").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail address").fill(email)
    dialog.get_by_role("button", name="Invite").click()
    shown = dialog.get_by_role("textbox", name="The link that lets them in")
    link = shown.input_value()
    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Read the e-mail in the local mailbox").click()
    mailbox = opened.value
    expect(mailbox.get_by_role("alert")).to_contain_text("No mail server is set")
    row = mailbox.get_by_role("table", name="Local mailbox").get_by_role("row").filter(has_text=email)
    row.get_by_role("link").click()
    mail = mailbox.get_by_role("dialog")
    expect(mail).to_contain_text(link)
    assert findings(mailbox) == []
    mailbox.keyboard.press("Escape")
    expect(mail).to_be_hidden()
    expect(shown).to_have_value(link)


def test_an_admin_hands_the_link_over_and_is_led_to_no_masked_e_mail(office: Office, page: Page) -> None:
    admin = somebody("Nora")
    office.join(admin, "admin")
    sign_in(page, f"{office.server.address}/sign-in?next=/settings/members", admin)
    page.get_by_role("button", name="Invite somebody").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail address").fill(f"{somebody('omar')}@example.com")
    dialog.get_by_role("button", name="Invite").click()
    expect(dialog.get_by_role("alert")).to_contain_text("hand the link over yourself")
    expect(dialog.get_by_role("link")).to_have_count(0)


def test_an_invitation_is_taken_back(office: Office, page: Page, other: Page) -> None:
    otto = somebody("Otto")
    link = office.invite(otto)
    sign_in(page, f"{office.server.address}/sign-in?next=/settings/members", "Ana")
    page.get_by_role("button", name=f"Take back the invitation of {otto.lower()}@example.com").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(page.get_by_text(f"{otto.lower()}@example.com")).to_have_count(0)
    other.goto(link)
    expect(other.get_by_role("heading", name="This invitation lets nobody in")).to_be_visible()


def test_a_key_is_shown_once_works_and_is_revoked(office: Office, page: Page) -> None:
    name = f"CRM sync {secrets.token_hex(3)}"
    sign_in(page, f"{office.server.address}/sign-in?next=/settings/keys", "Ana")
    page.get_by_role("button", name="New API key").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("dialog").get_by_role("button", name="Create").click()
    key = page.get_by_role("textbox", name="The key").input_value()
    page.get_by_role("button", name="I have kept it").click()
    headers = {"authorization": f"Bearer {key}"}
    asked = f"{office.server.address}/v1/me"
    assert httpx2.get(asked, headers=headers, trust_env=False).json()["name"] == name
    assert key not in page.content()
    page.get_by_role("button", name=f"Revoke “{name}”").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text(name)).to_have_count(0)
    page.get_by_role("switch", name="Show revoked keys").click()
    expect(page.get_by_text(name)).to_be_visible()
    assert httpx2.get(asked, headers=headers, trust_env=False).status_code == 401


def test_the_identity_secret_is_shown_once_and_the_one_before_stays_good_for_a_time(
    own_office: Office, page: Page
) -> None:
    sign_in(page, f"{own_office.server.address}/settings/widget", "Ana")
    expect(page.get_by_text("not set", exact=True)).to_be_visible()
    page.get_by_role("button", name="Make the secret").click()
    shown = page.get_by_role("textbox", name="Identity secret")
    expect(shown).to_have_value(re.compile("^dhid_[0-9a-f]{40,}$"))
    first = shown.input_value()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("set", exact=True)).to_be_visible()
    assert first not in page.content()

    page.get_by_role("button", name="Replace the secret").click()
    asked = page.get_by_role("dialog", name="Replace the identity secret?")
    expect(asked).to_contain_text("stays good for a day")
    asked.get_by_role("button", name="Replace the secret").click()
    expect(shown).to_have_value(re.compile("^dhid_"))
    assert shown.input_value() != first
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("The secret before it is good until")).to_be_visible()
    assert own_office.ana.get("/v1/settings/widget").json()["previous_identity_secret_until"] is not None


def test_settings_and_profile_are_kept(office: Office, page: Page) -> None:
    paul = somebody("Paul")
    office.join(paul, "admin")
    office.ana.patch("/v1/settings", json={"time_zone": "UTC"})
    sign_in(page, f"{office.server.address}/sign-in?next=/settings/general", paul)
    page.get_by_role("combobox", name="Time zone").fill("Vienna")
    page.get_by_role("option", name="Europe/Vienna").click()
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("combobox", name="Hosts that actions").fill("not a host!")
    page.get_by_role("combobox", name="Hosts that actions").press("Enter")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("alert")).to_contain_text("is no host")
    page.reload()
    expect(page.get_by_role("combobox", name="Time zone")).to_have_value("Europe/Vienna")

    page.goto(f"{office.server.address}/profile")
    page.get_by_label("Name").fill("Paul Weber")
    page.get_by_role("button", name="Save").click()
    expect(account(page, "Paul Weber")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.get_by_role("radiogroup", name="Language").get_by_text("Deutsch").click()
    expect(page.get_by_role("heading", name="Ihr Profil")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Ihr Profil")).to_be_visible()


def test_what_is_typed_while_it_is_being_saved_stays(office: Office, page: Page) -> None:
    paul = somebody("Paul")
    office.join(paul, "admin")
    sign_in(page, f"{office.server.address}/sign-in?next=/profile", paul)
    name = page.get_by_label("Name")
    name.fill("Paul Web")
    held = Held(page, "PATCH", "/v1/me").during(page.get_by_role("button", name="Save").click)
    name.fill("Paul Weber")
    held.go()
    expect(account(page, "Paul Web")).to_be_visible()
    expect(name).to_have_value("Paul Weber")

    page.goto(f"{office.server.address}/settings/general")
    name, save = page.get_by_label("Name of the workspace"), page.get_by_role("button", name="Save").first
    name.fill(somebody("Acme"))
    held = Held(page, "PATCH", "/v1/settings").during(save.click)
    name.fill("Acme and sons")
    held.go()
    expect(save).to_be_enabled()
    expect(name).to_have_value("Acme and sons")


SCREENS = ("/settings/members", "/settings/keys", "/settings/mail", "/profile")


def test_everybody_can_use_these_screens(office: Office, page: Page) -> None:
    vera = somebody("Vera")
    office.join(vera, "admin")
    page.goto(f"{office.server.address}/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert amiss_either_way(page) == {}
    page.goto(office.invite(somebody("Mia")))
    expect(page.get_by_role("button", name="Join")).to_be_visible()
    assert amiss_either_way(page) == {}
    wear(page, WIDE, "light")
    sign_in(page, f"{office.server.address}/sign-in", vera)
    expect(account(page, vera)).to_be_visible()
    assert unsound(page, office.server.address, SCREENS) == {}
