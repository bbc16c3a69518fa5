"""Somebody forgot their password, and gets in again with a link by e-mail."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.looking import amiss_either_way
from tests.browser.server import Server
from tests.browser.test_members import Office, fill_in
from tests.mail_server import MailServer, serving

NEW = "a new sentence to remember"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server with a thread of its own, beside the browser's."""
    server, ready, done = MailServer(), threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with serving(server):
            ready.set()
            await done.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    try:
        assert ready.wait(10)
        yield server
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


def test_a_forgotten_password_is_replaced_with_a_link_by_mail(page: Page, tmp_path: Path) -> None:
    with mail_server() as post:
        mail = {"DESKHAND_SMTP_URL": f"smtp://127.0.0.1:{post.port}", "DESKHAND_MAIL_FROM": "desk@example.com"}
        with Server.running("serve", tmp_path, **mail) as server:
            Office(server).ana.close()
            page.goto(f"{server.address}/sign-in")
            fill_in(page, "Ana", "I forgot it")
            expect(page.get_by_role("alert")).to_contain_text("do not go together")
            page.get_by_role("link", name="Forgotten your password?").click()
            expect(page.get_by_role("heading", name="Forgotten your password?")).to_be_visible()
            expect(page.get_by_label("E-mail address")).to_have_value("ana@example.com")  # as typed before
            page.get_by_label("E-mail address").fill("Ana@example.com")
            page.get_by_role("button", name="Send the link").click()
            expect(page.get_by_role("status")).to_contain_text("a link is on its way")

            link = newest_link(post)
            assert amiss_either_way(page) == {}
            page.goto(f"{server.address}/reset?token={link[-20:]}")
            expect(page.get_by_role("alert")).to_contain_text("works once, and for an hour")
            assert amiss_either_way(page) == {}
            page.goto(link)
            expect(page.get_by_label("Your e-mail address")).to_have_value("ana@example.com")
            assert amiss_either_way(page) == {}
            page.get_by_label("New password", exact=True).fill("short")
            page.get_by_role("button", name="Save and sign in").click()
            expect(page.get_by_role("alert")).to_contain_text("too short")
            page.get_by_label("New password", exact=True).fill(NEW)
            page.get_by_role("button", name="Save and sign in").click()
            expect(page.get_by_role("heading", name="Inbox", level=1)).to_be_visible()

            page.goto(link)
            expect(page.get_by_role("heading", name="This link is not valid any more")).to_be_visible()


def newest_link(post: MailServer) -> str:
    """What the newest mail leads to; it is sent after the page was answered."""
    for _ in range(200):
        if post.mails and (found := re.search(r"http\S+", str(post.mails[-1].get_content()))):
            return found[0]
        threading.Event().wait(0.05)
    raise AssertionError("no mail with a link came")
