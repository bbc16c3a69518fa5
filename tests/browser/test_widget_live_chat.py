"""Live chat where somebody is there, where nobody is, and out of its hours."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.axe import ANY, findings
from tests.browser.server import Server
from tests.browser.widget import Chat, entries

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AWAY = "Nobody is at their desk right now. Somebody will answer you here."


def test_a_customer_is_told_whether_somebody_is_there(page: Page, tmp_path: Path) -> None:
    with Server.running("demo", tmp_path) as server:
        chat = Chat(page).open_full(server)
        _ask_for_a_person(chat)
        chat.hears(AWAY)
        _ends_with(chat, "Nobody is there right now. We will answer you here.")
        nobody = chat.conversation

        member = page.context.new_page()
        member.goto(f"{server.address}/inbox?queue=all")
        expect(member.locator(f"a[data-conversation={nobody}]")).to_be_visible()
        _begin_anew(chat, server, nobody)
        _ask_for_a_person(chat)
        _ends_with(chat, "A colleague will answer you here")
        assert findings(page, ANY) == []
        somebody = chat.conversation

        overnight = DAYS[(datetime.now(UTC) + timedelta(days=3)).weekday()]
        hours = [{"days": [overnight], "from": "09:00", "to": "17:00"}]
        agent = server.get("/v1/agents/default")
        server.put("/v1/agents/default", {**agent, "live_chat": {"hours": hours, "time_zone": "UTC"}})
        _begin_anew(chat, server, somebody)
        _ask_for_a_person(chat)
        chat.hears(AWAY)
        _ends_with(chat, "Nobody is there right now. We will answer you here.")

        told = [entries(server, one, "handed_over")[0]["available"] for one in (nobody, somebody, chat.conversation)]
        assert told == [False, True, False]


def _ask_for_a_person(chat: Chat) -> None:
    chat.menu("Talk to a person")


def _ends_with(chat: Chat, line: str) -> None:
    expect(chat.log.locator(".line").last).to_have_text(line)


def _begin_anew(chat: Chat, server: Server, conversation: str) -> None:
    server.post(f"/v1/conversations/{conversation}/resolve")
    chat.menu("New conversation")
