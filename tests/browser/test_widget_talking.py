"""The widget on a company's page: what visitors do in it, and what they see."""

import time
from collections.abc import Iterator

import httpx2
import jwt
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import ANY, findings
from tests.browser.server import Server
from tests.browser.widget import PROCEDURES, RUG, STUB, Chat, Site, entries, publish, site_beside

MOST = 20_480
"""Bytes that the whole widget may have on its way."""
_LOOK = {
    "title": {"en": "Maison Lumen", "de": "Maison Lumen, Hilfe"},
    "greeting": {"en": "How can we help?", "de": "Wie können wir helfen?"},
    "color": "#c2410c",
    "suggestions": [{"en": RUG, "de": "Wie reinige ich einen Wollteppich?"}],
}
_LEAD = {"fields": [{"name": "name"}, {"name": "email", "required": True}]}
SEAT_MAP = """
customElements.define("seat-map", class extends HTMLElement {
  connectedCallback() {
    const take = document.createElement("button");
    take.textContent = `Take one of ${this.seats}`;
    take.onclick = () => this.dispatchEvent(new CustomEvent("result", { detail: { name: "A1" } }));
    this.append(take);
  }
});
"""


@pytest.fixture(scope="session")
def procedures(demo: Server) -> None:
    """The procedures that visitors meet; a session's, for a worker may come back to this module."""
    publish(demo, PROCEDURES)


@pytest.fixture(scope="module")
def site(demo: Server, procedures: None) -> Iterator[Site]:
    """A website with the widget of agents of its own."""
    demo.put("/v1/agents/web", {"name": "Sam", "widget": _LOOK, "lead_form": _LEAD})
    demo.put("/v1/agents/plain", {"name": "Sam"})
    with site_beside(demo) as site:
        yield site


@pytest.fixture
def chat(page: Page) -> Chat:
    """The widget on an empty tab."""
    return Chat(page)


def test_a_visitor_is_greeted_asks_and_is_answered(chat: Chat, site: Site, demo: Server) -> None:
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url))
    chat.open(site.page("/", agent="web"))
    expect(chat.panel).to_contain_text("How can we help?")
    expect(chat.field).to_be_focused()
    assert findings(chat.page, ANY) == []

    chat.press(RUG)
    expect(chat.said(RUG)).to_have_count(1)
    source = chat.log.get_by_role("link", name="Looking after your things")
    expect(source).to_have_attribute("rel", "noopener noreferrer")
    expect(source.locator("..")).to_contain_text("(127.0.0.1")
    chat.press("No, thanks")
    expect(chat.log).to_contain_text("Declined")
    assert [one["status"] for one in entries(demo, chat.conversation, "offer_closed")] == ["declined"]
    expect(chat.field).to_be_focused()

    chat.root.get_by_role("button", name="Not helpful").first.click()
    chat.root.get_by_role("textbox", name="What was wrong?").fill("Too short")
    chat.root.locator(".thumbs").get_by_role("button", name="Send").click()
    expect(chat.root.locator(".told")).to_have_text("Thank you!")
    given = entries(demo, chat.conversation, "feedback")
    assert [(one["reaction"], one["reason"]) for one in given] == [("negative", "Too short")]

    chat.root.get_by_label("E-mail", exact=True).fill("ada@example.com")
    chat.root.locator(".welcome").get_by_role("button", name="Send").click()
    expect(chat.root.get_by_label("E-mail", exact=True)).to_have_count(0)
    assert [one["email"] for one in entries(demo, chat.conversation, "lead")] == ["ada@example.com"]

    chat.page.emulate_media(color_scheme="dark")
    assert findings(chat.page, ANY) == []
    chat.field.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()
    hosts = {url.partition("//")[2].partition("/")[0] for url in asked}
    assert hosts == {demo.address.partition("//")[2], site.address.partition("//")[2]}


def test_it_is_there_again_after_a_reload_and_begins_anew_when_asked_to(chat: Chat, site: Site) -> None:
    chat.open(site.page("/", agent="plain"))
    chat.say("Where is my order?")
    chat.hears("order number")
    chat.field.fill("A10")
    chat.page.reload()

    expect(chat.panel).to_be_visible()
    expect(chat.said("Where is my order?")).to_have_count(1)
    expect(chat.field).to_have_value("A10")
    chat.say("A1003")
    chat.hears("A1003 is currently: shipped")
    with chat.page.expect_download() as download:
        chat.menu("Download conversation")
    assert "A1003" in download.value.path().read_text()
    chat.menu("New conversation")

    expect(chat.root.locator(".row")).to_have_count(2)  # those of writing and of working, unseen
    expect(chat.panel).to_contain_text("Hello! How can we help you?")


def test_a_form_tells_what_is_wrong_by_field_and_keeps_what_was_typed(chat: Chat, site: Site, demo: Server) -> None:
    chat.open(site.page("/", agent="plain"))
    chat.say("send it back")
    order, email = chat.root.get_by_label("Order number"), chat.root.get_by_label("E-mail address")
    chat.press("Send it in")
    expect(order).to_be_focused()
    expect(order).to_have_attribute("aria-invalid", "true")
    expect(chat.root.get_by_text("Please fill this in.")).to_have_count(4)
    order.fill("A1001")
    email.fill("nobody")
    chat.root.get_by_label("It is broken").check()
    chat.root.get_by_label("How many").fill("a few")
    chat.root.get_by_label("PIN").fill("1234567")
    chat.press("Send it in")
    expect(email).to_be_focused()
    expect(chat.root.get_by_text("For example: name@example.com")).to_be_visible()
    expect(chat.root.get_by_text("For example: 42")).to_be_visible()
    expect(chat.root.get_by_text("At most 6 characters")).to_be_visible()
    assert findings(chat.page, ANY) == []

    # what only the server knows
    email.fill("ada@invalid.invalid..")
    chat.root.get_by_label("How many").fill("2")
    chat.root.get_by_label("PIN").fill("1234")
    chat.press("Send it in")
    expect(chat.root.get_by_text("That doesn't look like an email address")).to_be_visible()
    expect(order).to_have_value("A1001")
    email.fill("ada@example.com")
    chat.root.get_by_label("PIN").fill("1234")
    chat.press("Send it in")

    chat.hears("Noted for A1001: It is broken.")
    expect(chat.log.locator("strong")).to_have_text("A1001")
    assert "1234" not in chat.log.inner_text()
    assert "1234" not in chat.page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    filled = entries(demo, chat.conversation, "form_submitted")[-1]["values"]
    assert (filled["order"], filled["amount"]) == ("A1001", "2")


def test_components_are_shown_one_after_the_other(chat: Chat, site: Site, demo: Server) -> None:
    page = chat.page
    page.route("https://pictures.invalid/**", lambda route: route.abort())
    page.route(
        "https://prices.invalid/**", lambda route: route.fulfill(body="<h1>Prices</h1>", content_type="text/html")
    )
    head = f"<script>{SEAT_MAP}{STUB} Deskhand('element', 'seat-map'); window.told = [];"
    head += "Deskhand('on', 'result', event => told.push(event.detail.value))</script>"
    chat.open(site.page("/", agent="plain", head=head))
    chat.say("look around")
    expect(chat.root.get_by_alt_text("The shop from outside")).to_be_visible()
    chat.press("Done")
    film = chat.root.locator("video")
    expect(film).not_to_have_attribute("autoplay", "")
    expect(film.locator("track")).to_have_attribute("src", "https://pictures.invalid/film.vtt")
    assert findings(page, ANY) == []
    chat.press("Done")
    chat.press("Next")
    chat.root.get_by_label("Nickname").fill("Bo")
    chat.press("Back")
    chat.press("Next")
    expect(chat.root.get_by_label("Nickname")).to_have_value("Bo")
    # what only the server finds wrong comes back with its page, and with all that was typed
    chat.root.get_by_label("E-mail address").fill("bo@invalid.invalid..")
    chat.press("Sign me up")
    expect(chat.root.get_by_text("That doesn't look like an email address")).to_be_visible()
    expect(chat.root.get_by_label("Nickname")).to_have_value("Bo")
    assert findings(page, ANY) == []
    chat.root.get_by_label("E-mail address").fill("bo@example.com")
    chat.press("Sign me up")
    chat.press("Take one of 2")
    expect(chat.root.locator("seat-map b")).to_have_count(0)
    expect(chat.root.get_by_role("button", name="How can I pay?")).to_be_visible()
    refused, taken = ({"nick": "Bo", "email": email} for email in ("bo@invalid.invalid..", "bo@example.com"))
    assert page.evaluate("told") == [True, True, refused, taken, {"name": "A1"}]
    conversation = chat.conversation
    chat.root.get_by_role("link", name="See the prices").click()
    expect(page.locator("h1")).to_have_text("Prices")

    page.go_back()
    chat.hears("Seat A1 for Bo.")
    assert len(entries(demo, conversation, "component_done")) == 4


def test_a_script_runs_once_where_it_was_agreed_to_and_what_it_throws_is_reported(
    context: BrowserContext, chat: Chat, site: Site, demo: Server
) -> None:
    address = site.page("/", agent="plain", head="<script>window.items = 3</script>")
    chat.open(address)
    beside = Chat(context.new_page())
    beside.open(address)
    chat.say("show my cart")
    expect(beside.root.get_by_role("button", name="Show my cart")).to_be_visible()
    chat.press("Show my cart")
    chat.hears("3 things (en).")
    expect(beside.log).to_contain_text("3 things (en).")
    assert [chat.page.evaluate("window.ran"), beside.page.evaluate("window.ran")] == [1, None]

    chat.page.evaluate("window.broken = true")
    chat.say("show my cart")
    chat.press("Show my cart")
    chat.hears("That did not work.")
    runs = entries(demo, chat.conversation, "run_script")
    assert [one["outcome"] for one in runs] == ["succeeded", "failed"]
    assert "RangeError: the cart is gone" in str(runs[1])


def test_a_member_takes_over_and_answers_by_name(chat: Chat, site: Site, demo: Server) -> None:
    chat.open(site.page("/", agent="plain"))
    chat.say("Where is my order?")
    chat.hears("order number")
    chat.field.press("Escape")
    demo.post(
        f"/v1/conversations/{chat.conversation}/reply", {"text": "Hello, **Mia** here: [help](https://help.example/a)"}
    )
    expect(chat.launcher).to_have_accessible_name("Open chat (1)")
    chat.launcher.click()

    expect(chat.log.locator(".by").last).to_contain_text("demo")
    expect(chat.log.locator("strong")).to_have_text("Mia")
    expect(chat.log.locator(".row").last).to_contain_text("help (help.example)")
    expect(chat.root.locator(".status")).to_have_text("demo is here for you")
    demo.post(f"/v1/conversations/{chat.conversation}/presence", {"tab": "one", "state": "typing"})
    expect(chat.root.locator(".status")).to_have_text("demo is typing …")
    chat.field.press_sequentially("Thanks")
    chat.field.press("Enter")
    expect(chat.said("Thanks")).to_have_count(1)
    demo.post(f"/v1/conversations/{chat.conversation}/resolve")
    expect(chat.log).to_contain_text("This conversation is resolved.")


def test_a_file_is_sent_along_and_fetched_again(chat: Chat, site: Site, demo: Server) -> None:
    demo.put("/v1/settings/widget", {"attachments": True})
    chat.open(site.page("/", agent="plain"))
    with chat.page.expect_file_chooser() as chooser:
        chat.press("Attach a file")
    chooser.value.set_files({"name": "invoice & co.txt", "mimeType": "text/plain", "buffer": b"100 EUR"})
    expect(chat.root.locator(".file progress")).to_have_count(0)
    chat.say("Here it is")
    chat.press("invoice & co.txt (0.1 MB)")
    expect(chat.root.locator("[data-state=sending]")).to_have_count(0)
    demo.put("/v1/settings/widget", {"attachments": False})
    assert [one["name"] for one in entries(demo, chat.conversation, "said")[0]["attachments"]] == ["invoice & co.txt"]


def test_the_page_says_who_the_customer_is_and_gives_commands_before_the_script_is_there(
    chat: Chat, site: Site, demo: Server
) -> None:
    secret = demo.post("/v1/settings/widget/identity-secret")["identity_secret"]

    def token(lasts: int) -> str:
        return jwt.encode({"sub": "c-42", "name": "Ada", "exp": int(time.time()) + lasts}, secret, algorithm="HS256")

    stale = token(-600)
    page = chat.page
    page.expose_function("freshToken", lambda: token(600))
    head = f"<script>{STUB} window.told = []; let asked = 0;"
    head += "for (const name of ['ready', 'open', 'message', 'unread', 'identity-needed'])"
    head += "Deskhand('on', name, event => told.push([name, event.detail.from]));"
    head += f"Deskhand('identify', () => asked++ ? freshToken() : '{stale}');"
    head += "Deskhand('variables', {order_id: 'A1003'}); Deskhand('send', 'Where is my order?');</script>"
    page.goto(site.page("/", agent="plain", head=head, language="de"))

    expect(chat.panel).to_be_visible()
    expect(chat.log).to_contain_text("A1003")
    names = [name for name, _ in page.evaluate("told")]
    assert "ready" in names
    assert names.count("open") == 1
    assert "identity-needed" not in names
    assert ["message", "customer"] in page.evaluate("told")
    record = demo.get(f"/v1/conversations/{chat.conversation}")
    assert record["contact"]["id"] == "c-42"

    page.evaluate("Deskhand('reset')")
    expect(chat.said("Where is my order?")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('c-42'))") == []


def test_what_a_later_page_says_counts_in_the_conversation_that_goes_on(chat: Chat, site: Site, demo: Server) -> None:
    chat.open(site.page("/", agent="plain"))
    chat.say("Hello")
    chat.hears("Hello")
    head = f"<script>{STUB} Deskhand('variables', {{order_id: 'A1003'}})</script>"
    chat.page.goto(site.page("/order", agent="plain", head=head))
    expect(chat.said("Hello")).to_have_count(1)
    chat.say("Where is my order?")
    chat.hears("A1003 is currently: shipped")
    chat.page.evaluate("Deskhand('set', {plan: 'gold'}); Deskhand('locale', 'de')")
    chat.field = chat.root.get_by_label("Ihre Nachricht")
    chat.say("xyzzy")
    chat.hears("kann ich helfen")
    given = entries(demo, chat.conversation, "variables_given")
    assert given[0] == {"names": ["order_id"]}
    assert {"names": [], "attributes": {"plan": "gold"}} in given
    assert {"names": [], "language": "de"} in given


def test_who_signs_out_leaves_nothing_in_any_tab(context: BrowserContext, chat: Chat, site: Site) -> None:
    address = site.page("/", agent="plain", head=f"<script>{STUB}</script>")
    chat.open(address)
    beside = Chat(context.new_page())
    chat.say("Where is my order?")
    chat.hears("order number")
    chat.field.fill("half a secret")
    beside.open(address)
    expect(beside.said("Where is my order?")).to_have_count(1)
    chat.page.evaluate("Deskhand('reset')")

    for one in (chat, beside):
        expect(one.said("Where is my order?")).to_have_count(0)
        expect(one.field).to_have_value("")
    beside.say("I want a refund")
    beside.hears("order number")
    expect(chat.said("I want a refund")).to_have_count(1)
    expect(chat.said("Where is my order?")).to_have_count(0)


def test_the_page_directs_the_chat_and_is_told_what_happens(chat: Chat, site: Site, demo: Server) -> None:
    page = chat.page
    site.pages["/texts.json"] = b'{"write": "Votre message"}', {"Content-Type": "application/json"}
    head = f"<script>{STUB} window.told = []; const tell = event => told.push([event.type, event.detail]);"
    head += "for (const name of ['offer', 'handover', 'close']) Deskhand('on', name, tell);"
    head += "Deskhand('set', {plan: 'gold'}); Deskhand('theme', 'dark');</script>"
    chat.open(site.page("/", head=head, more='data-locale="fr" data-texts="/texts.json"'))
    chat.field = chat.root.get_by_label("Votre message")
    expect(chat.root.locator(".root")).to_have_attribute("data-theme", "dark")
    chat.say(RUG)
    expect(chat.log.locator(".card .box")).to_contain_text("Send the care guide")
    chat.menu("Talk to a person")
    expect(chat.log.locator(".line")).to_have_count(1)
    page.evaluate("Deskhand('close')")
    expect(chat.panel).to_be_hidden()

    names = [name for name, _ in page.evaluate("told")]
    assert names == ["offer", "handover", "close"]
    assert page.evaluate("told[0][1].name") == "Send the care guide"
    assert [one["attributes"] for one in entries(demo, chat.conversation, "visited")] == [{"plan": "gold"}]
    page.evaluate("Deskhand('off', 'close', tell); Deskhand('open'); Deskhand('close'); Deskhand('locale', 'de')")
    expect(chat.launcher).to_have_accessible_name("Chat öffnen")
    assert len(page.evaluate("told")) == 3
    page.evaluate("Deskhand('destroy')")
    expect(chat.root).to_have_count(0)


def test_it_speaks_german_fills_a_phone_and_keeps_the_keyboard_in_it(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="de-DE", color_scheme="dark", reduced_motion="reduce"
    )
    chat = Chat(context.new_page())
    chat.field = chat.root.get_by_label("Ihre Nachricht")
    chat.open(site.page("/", agent="web", language="de"))
    expect(chat.panel).to_contain_text("Wie können wir helfen?")
    expect(chat.field).to_be_focused()
    assert chat.panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert chat.panel.evaluate("node => node.matches(':modal')")
    assert findings(chat.page, ANY) == []
    chat.say("send it back")
    expect(chat.root.get_by_role("button", name="Send it in")).to_be_visible()
    small = chat.root.evaluate(
        """host => [...host.shadowRoot.querySelectorAll("button, a, input, textarea, select, .option")]
            .filter(one => one.checkVisibility() && one.type !== "radio" && !one.closest(".sources, .bubble"))
            .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""
    )
    assert small == []
    chat.field.press("Escape")
    expect(chat.panel).to_be_hidden()
    context.close()


def test_its_own_button_is_in_no_way_when_the_window_becomes_narrow(chat: Chat, site: Site) -> None:
    chat.open(site.page("/", agent="plain"))
    chat.page.set_viewport_size({"width": 390, "height": 844})
    chat.field.fill("Hello")
    chat.press("Send")
    expect(chat.said("Hello")).to_be_visible()


def test_it_stands_in_the_page_where_it_is_put(chat: Chat, site: Site) -> None:
    body = f"<deskhand-chat agent='{site.agent('web')}' locale='ar' theme='dark'></deskhand-chat>"
    module = f"import {{ mount }} from '{site.server.address}/widget.mjs';"
    module += f"window.chat = mount({{agent: '{site.agent('plain')}', position: 'left', texts: {{open: 'Ask away'}}}})"
    chat.page.goto(site.page("/", body=body, after=f"<script type=module>{module}</script>"))
    inline = chat.page.locator("main deskhand-chat")
    expect(inline.get_by_role("region", name="Maison Lumen")).to_be_visible()
    expect(inline.locator(".root")).to_have_attribute("dir", "rtl")
    floating = chat.page.locator("body > deskhand-chat")
    expect(floating.get_by_role("button", name="Ask away")).to_be_visible()
    assert (floating.locator(".launcher").bounding_box() or {})["x"] == 20
    chat.page.evaluate("chat.destroy()")
    expect(floating).to_have_count(0)
    expect(inline).to_be_visible()
    assert findings(chat.page, ANY) == []


@pytest.mark.parametrize("name", ["widget.js", "widget.mjs"])
def test_it_weighs_little(demo: Server, name: str) -> None:
    with httpx2.stream("GET", f"{demo.address}/{name}", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(b"".join(answer.iter_raw())) <= MOST
