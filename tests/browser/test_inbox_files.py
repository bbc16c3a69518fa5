"""Files in the inbox: a member sends them with a reply, and the customer has them in the chat."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.browser.axe import findings
from tests.browser.inbox import Inbox
from tests.browser.looking import NARROW, wear
from tests.browser.server import Server
from tests.browser.widget import Chat, Site, entries

PLAN = FilePayload(name="assembly plan.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 ...")
PROGRAM = FilePayload(name="setup.exe", mimeType="application/pdf", buffer=b"MZ\x90\x00")
DROP = """node => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["7 screws"], "parts.txt", {type: "text/plain"}));
    for (const kind of ["dragover", "drop"])
        node.dispatchEvent(new DragEvent(kind, {dataTransfer, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def chat(page: Page, site: Site, demo: Server) -> Iterator[Chat]:
    """A customer who has just written, in a workspace that allows files."""
    demo.put("/v1/settings/widget", {"attachments": True})
    chat = Chat(page).open(site.page("/", agent="plain"))
    chat.say("How do I put the shelf together?")
    expect(chat.root.locator("[data-state=sending]")).to_have_count(0)
    yield chat
    demo.put("/v1/settings/widget", {"attachments": False})


@pytest.fixture
def inbox(chat: Chat, demo: Server) -> Inbox:
    """The inbox of a member who looks at what that customer wrote."""
    return Inbox(chat.page.context.new_page(), demo).open(chat.conversation)


def attach(inbox: Inbox, *files: FilePayload) -> None:
    with inbox.page.expect_file_chooser() as chooser:
        inbox.page.get_by_role("button", name="Attach files").click()
    chooser.value.set_files(files)


def test_a_customer_fetches_what_a_member_sent_with_a_reply(chat: Chat, inbox: Inbox, demo: Server) -> None:
    attach(inbox, PLAN)
    inbox.field.evaluate(DROP)
    attached = inbox.page.get_by_role("list", name="Attached files")
    expect(attached.get_by_role("button")).to_have_count(2)
    expect(attached.get_by_role("progressbar")).to_have_count(0)
    assert findings(inbox.page) == []
    wear(inbox.page, NARROW, "dark")
    assert findings(inbox.page) == []
    inbox.page.reload()  # what is attached belongs to the draft
    expect(attached).to_contain_text("parts.txt")
    attached.get_by_role("button", name="Take parts.txt away").click()
    expect(attached).not_to_contain_text("parts.txt")
    inbox.reply("Like this:")

    expect(inbox.bubble("member", "assembly plan.pdf").get_by_role("link")).to_be_visible()
    expect(attached).to_have_count(0)
    with chat.page.expect_download() as download:
        chat.press("assembly plan.pdf (0.1 MB)")
    assert Path(download.value.path()).read_bytes() == PLAN["buffer"]
    (reply,) = entries(demo, chat.conversation, "replied")
    assert (reply["text"], [one["name"] for one in reply["attachments"]]) == ("Like this:", ["assembly plan.pdf"])


def test_a_file_that_cannot_be_sent_is_told_beside_it(chat: Chat, inbox: Inbox) -> None:
    attach(inbox, PROGRAM)
    attached = inbox.page.get_by_role("list", name="Attached files")
    expect(attached.get_by_role("alert")).to_contain_text("Files of this kind cannot be sent")
    expect(inbox.page.get_by_role("button", name="Send")).to_be_disabled()
    attached.get_by_role("button", name="Take setup.exe away").click()
    expect(attached).to_have_count(0)


def test_a_file_that_is_too_large_and_one_that_was_lost_on_the_way_are_told(chat: Chat, inbox: Inbox) -> None:
    sent: list[Route] = []

    def lose(route: Route) -> None:
        sent.append(route)
        route.abort()

    inbox.page.route("**/attachments", lose)
    attach(inbox, FilePayload(name="film.png", mimeType="image/png", buffer=bytes(10 * 1024 * 1024 + 1)))
    told = inbox.page.get_by_role("list", name="Attached files").get_by_role("alert")
    expect(told).to_have_text("A file may have at most 10 MiB.")
    assert sent == []
    attach(inbox, PLAN)
    expect(told.last).to_contain_text("The server could not be reached.")


def test_more_files_than_one_message_carries_are_left(chat: Chat, inbox: Inbox) -> None:
    attach(inbox, *(FilePayload({**PLAN, "name": f"{number}.pdf"}) for number in range(11)))
    expect(inbox.page.get_by_role("alert")).to_have_text("At most 10 files go with one message.")
    attached = inbox.page.get_by_role("list", name="Attached files")
    expect(attached.get_by_role("button")).to_have_count(10)
    expect(attached.get_by_role("progressbar")).to_have_count(0)
    expect(attached).not_to_contain_text("10.pdf")


def test_a_reply_waits_for_its_files(chat: Chat, inbox: Inbox, demo: Server) -> None:
    held: list[Route] = []
    inbox.page.route("**/attachments", lambda route: held.append(route))
    attach(inbox, PLAN)
    attached = inbox.page.get_by_role("list", name="Attached files")
    expect(attached.get_by_role("progressbar", name="assembly plan.pdf is being brought")).to_be_attached()
    inbox.reply("Like this:")
    expect(inbox.field).to_have_value("Like this:")
    (upload,) = held
    upload.continue_()
    expect(attached.get_by_role("progressbar")).to_have_count(0)
    inbox.field.press("Enter")
    expect(inbox.bubble("member", "assembly plan.pdf").get_by_role("link")).to_be_visible()


def test_where_files_do_not_reach_the_customer_none_can_be_attached(chat: Chat, inbox: Inbox, demo: Server) -> None:
    expect(inbox.page.get_by_role("button", name="Attach files")).to_be_visible()
    elsewhere = demo.post("/v1/conversations", {"channel": "phone", "text": "Hello"})["id"]
    inbox.open(elsewhere)
    expect(inbox.field).to_be_visible()
    expect(inbox.page.get_by_role("button", name="Attach files")).to_have_count(0)
