"""What the agent says and offers: sources, offers, thumbs, the menu, words as they are written, and who else helps."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.desk import Desk
from tests.browser.server import Server
from tests.fake_model import KEY, MODEL, calls
from tests.model_beside import ModelBeside, model_beside

_RETURN = """
schema: 1
name: Take it back
slug: take-it-back
trigger:
  description: When a customer wants the shop to take it back
  phrases: [take it back]
steps:
  - id: form
    kind: form
    text: Tell us about it, please.
    fields:
      - {name: order, label: Order number}
      - {name: email, type: email, label: E-mail address}
    submit: Send it in
  - id: done
    kind: message
    text: Noted for {{order}}.
"""

RUG = "How do I clean a wool rug?"


def entries(demo: Server, desk: Desk, kind: str) -> list[dict[str, object]]:
    """The bodies of a kind of entries of the conversation that the page shows."""
    items = demo.get(f"/v1/conversations/{desk.conversation}/entries")["items"]
    return [one["body"] for one in items if one["kind"] == kind]


def test_an_answer_cites_the_page_that_it_stands_on(desk: Desk, demo: Server) -> None:
    desk.say(RUG)

    source = desk.page.get_by_role("link", name="Looking after your things")
    shop = demo.get("/session.json")["shop"]
    expect(source).to_have_attribute("href", f"{shop}/care#cleaning-wool-rugs-and-blankets")
    expect(source).to_have_attribute("rel", "noopener noreferrer")
    expect(source).to_have_attribute("target", "_blank")
    expect(desk.timeline).to_contain_text("Understood: a question that the knowledge answers")


def test_an_offer_is_accepted(desk: Desk, demo: Server) -> None:
    desk.say(RUG)
    desk.offer().get_by_role("button", name="Yes, please").click()

    desk.hears("Which e-mail address shall I send it to?")
    expect(desk.page.locator(".offer")).to_have_text("Accepted")
    expect(desk.said("Yes, please")).to_have_count(1)
    expect(desk.composer).to_be_focused()
    expect(desk.timeline).to_contain_text("Offered: “Send the care guide”, because it belongs to the answer’s source")
    expect(desk.timeline).to_contain_text("The customer accepted: “Send the care guide”")
    assert [one["status"] for one in entries(demo, desk, "offer_closed")] == ["accepted"]

    desk.page.reload()

    expect(desk.page.locator(".offer")).to_have_text("Accepted")
    expect(desk.said("Yes, please")).to_have_count(1)


def test_an_offer_is_declined_or_passed_over_and_accepted_later(desk: Desk, demo: Server) -> None:
    desk.say(RUG)
    desk.offer().get_by_role("button", name="No, thanks").click()
    expect(desk.page.locator(".offer")).to_have_text("Declined")

    desk.say("Do you sell bicycles?")
    expect(desk.offer("Call back")).to_have_attribute("data-status", "open")
    desk.say("How can I pay?")
    expect(desk.offer("Call back")).to_have_attribute("data-status", "ignored")
    desk.offer("Call back").get_by_role("button", name="Yes, please").click()

    desk.hears("Which number should we call?")
    assert [one["status"] for one in entries(demo, desk, "offer_closed")] == ["declined", "ignored", "accepted"]
    expect(desk.timeline).to_contain_text("Nothing here answers: “Do you sell bicycles?”")


def test_an_offer_goes_when_a_colleague_takes_over(desk: Desk, demo: Server) -> None:
    desk.say(RUG)
    expect(desk.offer()).to_be_visible()
    demo.post(f"/v1/conversations/{desk.conversation}/take-over")
    expect(desk.page.locator(".offer")).to_have_text("Not answered")


def test_a_thumb_down_says_why_and_brings_an_offer(desk: Desk, demo: Server) -> None:
    desk.say("How can I pay?")
    desk.hears("By card, bank transfer, PayPal or invoice.")
    down = desk.page.get_by_role("button", name="Not helpful")
    down.click()
    field = desk.page.get_by_label("What was wrong?")
    expect(field).to_be_focused()
    field.press("Escape")
    expect(field).to_have_count(0)
    expect(down).to_be_focused()
    down.press("Enter")
    field.fill("<img src=x onerror=alert(1)>")

    field.press("Enter")

    expect(desk.offer("Call back")).to_be_visible()
    expect(down).to_have_attribute("aria-pressed", "true")
    expect(desk.page.locator("#announcements")).to_have_text("Thank you for telling us.")
    expect(desk.timeline).to_contain_text("The customer gave a thumb down: “<img src=x onerror=alert(1)>”")
    expect(desk.page.locator("main img")).to_have_count(0)
    desk.page.get_by_role("button", name="Helpful", exact=True).click()
    expect(down).to_have_attribute("aria-pressed", "false")
    given = [one["reaction"] for one in entries(demo, desk, "feedback")]
    assert given == ["negative", "positive"]


def test_the_menu_is_there_before_the_first_message_and_works_by_keyboard(desk: Desk, demo: Server) -> None:
    opener = desk.page.get_by_role("button", name="What you can do here")
    opener.press("Enter")
    item = desk.page.locator("#menu").get_by_role("button", name="Send the care guide")
    expect(item).to_be_focused()
    item.press("Escape")
    expect(opener).to_be_focused()
    expect(item).to_be_hidden()
    opener.press("Enter")

    item.press("Enter")

    desk.hears("Which e-mail address shall I send it to?")
    expect(desk.said("Send the care guide")).to_have_count(1)
    assert entries(demo, desk, "clicked") == [{"question": "menu", "choice": "care-guide"}]
    desk.page.reload()
    expect(desk.said("Send the care guide")).to_have_count(1)


@pytest.fixture
def hostile(demo: Server) -> Iterator[str]:
    """A source with a title that would be markup."""
    words = "<img src=x onerror=alert(1)>"
    questions = [{"question": "Who made the xylophone?", "answer": f"The xylophone was made by {words} Bob."}]
    document = {"name": words, "kind": "faq", "questions": questions, "url": "https://shop.example/x"}
    demo.put("/v1/sources/hostile", document)
    yield words
    demo.delete("/v1/sources/hostile")


def test_a_source_is_never_markup_and_leads_to_the_web_alone(desk: Desk, hostile: str) -> None:
    desk.say("Who made the xylophone?")
    source = desk.page.locator(".source")
    expect(source).to_contain_text(hostile)
    expect(source).to_have_attribute("href", "https://shop.example/x")
    expect(desk.page.locator("main img")).to_have_count(0)

    def with_a_script(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("https://shop.example/x", "javascript:alert(1)"))

    desk.page.route("**/entries?*", with_a_script, times=1)
    desk.page.reload()

    expect(source).to_have_text(hostile)
    expect(desk.page.locator("a.source")).to_have_count(0)
    desk.page.unroute_all(behavior="wait")


@pytest.fixture
def model(demo: Server) -> Iterator[ModelBeside]:
    """A model that the agent `writer` has."""
    hosts = demo.get("/v1/settings/internal-hosts")["hosts"]
    with model_beside() as beside:
        demo.put("/v1/settings/internal-hosts", {"hosts": [*hosts, beside.fake.host]})
        priced = {"price_input": 1, "price_output": 2}
        demo.put(
            "/v1/models/paced",
            {"provider": "compatible", "model": MODEL, "base_url": beside.fake.url, "key": KEY, **priced},
        )
        demo.put("/v1/agents/writer", {"name": "Writer", "model": "paced"})
        yield beside
        demo.delete("/v1/agents/writer")
        demo.delete("/v1/models/paced")
        demo.put("/v1/settings/internal-hosts", {"hosts": hosts})


def test_words_are_seen_while_a_model_writes_them(page: Page, demo: Server, model: ModelBeside) -> None:
    first, rest = "By card or on invoice.", "That leaves time to look at everything at home, before it is paid for."
    answer = f"{first} {rest} <b>Would</b> you like to know anything else about it?"
    model.say(calls(answer={"text": answer, "cites": ["questions#2"]}, pauses=True))
    conversation = demo.post("/v1/conversations", {"agent": "writer"})["id"]
    desk = Desk(page)
    desk.open(f"{demo.address}/#{conversation}")
    desk.say("How can I pay?")

    expect(page.locator("#writing")).to_be_visible()
    expect(page.locator("#writing-text")).to_have_text(first)
    expect(page.locator("#typing")).to_be_hidden()
    model.go_on()

    desk.hears(answer)
    expect(page.locator("#writing")).to_be_hidden()
    expect(page.locator("main b")).to_have_count(0)
    expect(page.locator(".source")).to_have_text("Questions and answers")
    card = desk.timeline.locator(".model")
    expect(card).to_contain_text(f"Read by {MODEL}")
    expect(card).to_contain_text("tokens, $0.0")
    card.locator("summary").click()
    expect(card.get_by_label("Answer", exact=True)).to_contain_text("By card or on invoice.")
    expect(page.locator("#about")).to_contain_text("Models cost")


def test_a_model_that_breaks_off_leaves_no_half_of_an_answer(page: Page, demo: Server, model: ModelBeside) -> None:
    text = (
        "By card or on invoice. That leaves time to look at everything at home, before you have to pay for any of it."
    )
    broken = calls(answer={"text": text, "cites": ["questions#2"]}, cuts=True)
    model.say(broken, broken)
    conversation = demo.post("/v1/conversations", {"agent": "writer"})["id"]
    desk = Desk(page)
    desk.open(f"{demo.address}/#{conversation}")
    desk.say("How can I pay?")

    desk.hears("By card, bank transfer, PayPal or invoice.")
    expect(page.locator("#writing")).to_be_hidden()
    expect(desk.timeline.locator(".model").first).to_contain_text("Not used")


def test_the_teams_assistant_works_unseen_by_the_customer(desk: Desk) -> None:
    desk.say("How can I pay?")
    desk.hears("By card")
    desk.page.get_by_role("tab", name="Assistant").click()
    said = desk.page.locator("#assistant-log")
    desk.ask_assistant("Do you sell bicycles?")
    said.get_by_role("button", name="No, thanks").click()
    expect(said.get_by_role("button")).to_have_count(0)
    expect(desk.page.locator("#log")).not_to_contain_text("Call back")

    desk.ask_assistant("Where is order A1003?")

    expect(said).to_contain_text("Your order #A1003 is currently: shipped")
    expect(desk.page.locator("#log")).not_to_contain_text("A1003")
    desk.page.get_by_role("tab", name="Timeline").click()
    expect(desk.timeline).to_contain_text("demo asked the assistant desk: “Where is order A1003?”")


@pytest.fixture
def returning(demo: Server) -> Iterator[None]:
    """A procedure with a form."""
    demo.post("/v1/procedures", {"yaml": _RETURN})
    demo.post("/v1/procedures/take-it-back/publish")
    yield
    demo.post("/v1/procedures/take-it-back/archive", {"stop_runs": True})


@pytest.mark.usefixtures("returning")
def test_a_member_fills_in_the_assistants_form_and_keeps_what_was_typed(desk: Desk) -> None:
    desk.say("How can I pay?")
    desk.hears("By card")
    desk.page.get_by_role("tab", name="Assistant").click()
    desk.ask_assistant("I want to take it back")
    desk.page.get_by_label("Order number").fill("A1001")
    desk.page.get_by_label("E-mail address").fill("nobody")
    desk.press("Send it in")
    expect(desk.page.locator("#assistant-log .problem").filter(has_text="email")).to_be_visible()
    expect(desk.page.get_by_label("Order number")).to_have_value("A1001")

    desk.page.get_by_label("E-mail address").fill("mia@example.com")
    desk.press("Send it in")

    expect(desk.page.locator("#assistant-log")).to_contain_text("Noted for A1001.")
    expect(desk.page.locator("#log")).not_to_contain_text("A1001")


def test_the_page_speaks_german_with_a_german_customer(chromium: Browser, demo: Server) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="de-DE")
    page = context.new_page()
    page.goto(demo.address)
    page.get_by_label("Ihre Nachricht").fill(RUG)
    page.get_by_label("Ihre Nachricht").press("Enter")
    expect(page.get_by_role("button", name="Ja, bitte")).to_be_visible()
    expect(page.locator("#chat-status")).to_have_text("KI-Agent")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()
