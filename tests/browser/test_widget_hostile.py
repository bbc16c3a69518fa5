"""The widget beside what is against it: pages that reset and replace what they can, and content that attacks."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Request, Route, expect

from tests.browser.widget import STUB, Chat, Site

STRINGS = Path(__file__).parents[3] / "shared" / "workloads" / "security" / "strings" / "blns.json"
RESETS = """<style>
* { all: unset !important; display: block !important; color: red !important; font-size: 3px !important;
    position: static !important; background: yellow !important; pointer-events: none !important }
deskhand-chat { display: none !important; opacity: 0 !important; visibility: hidden !important }
button, textarea, dialog { display: none !important }
</style>"""
FROZEN = """<script>
Object.defineProperty(Array.prototype, "toJSON", { value: () => "no" });
Object.defineProperty(Object.prototype, "enumerable", { value: "no", enumerable: true });
const all = [Object, Array, String, Function, Promise, Error, Map, Set, RegExp, Event, EventTarget, Node, Element];
for (const one of [...all, HTMLElement]) Object.freeze(one.prototype);
</script>"""
REPLACED = """<script>
window.onload = () => {
  const broken = () => { throw new TypeError("replaced") };
  const replace = (of, names) => { for (const name of names) of[name] = broken };
  replace(Array.prototype, ["map", "filter", "find", "findLast", "forEach", "some", "includes", "push", "join"]);
  replace(JSON, ["parse", "stringify"]);
  replace(Object, ["keys", "entries", "assign"]);
  replace(Element.prototype, ["append", "remove", "setAttribute", "removeAttribute", "replaceChildren"]);
  replace(EventTarget.prototype, ["addEventListener"]);
  replace(Document.prototype, ["createElement", "createElementNS"]);
  replace(window, ["fetch", "setTimeout", "clearTimeout", "queueMicrotask"]);
  replace(Date, ["now"]);
  Array.from = broken;
};
</script>"""


def _talks(chat: Chat) -> None:
    chat.say("Where is my order?")
    chat.hears("order number")
    expect(chat.said("Where is my order?")).to_have_count(1)
    assert (chat.launcher.bounding_box() or {})["width"] == 56
    assert chat.field.evaluate("node => getComputedStyle(node).fontSize") == "16px"


def test_it_works_on_pages_that_reset_freeze_and_forbid_what_they_can(page: Page, site: Site) -> None:
    server = site.server.address
    policy = (
        f"default-src 'none'; script-src {server} 'nonce-x'; connect-src {server}; style-src 'nonce-x'; "
        "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'"
    )
    head = (RESETS + FROZEN).replace("<style>", "<style nonce=x>").replace("<script>", "<script nonce=x>")
    chat = Chat(page).open(site.page("/", agent="plain", head=head, headers={"Content-Security-Policy": policy}))
    _talks(chat)


def test_it_works_where_a_page_replaces_what_the_browser_has(page: Page, site: Site) -> None:
    chat = Chat(page)
    page.goto(site.page("/", agent="plain", head=REPLACED))
    expect(chat.launcher).to_be_visible()
    page.wait_for_load_state("load")
    chat.launcher.click()
    _talks(chat)


def test_it_comes_back_where_a_page_throws_everything_away(page: Page, site: Site) -> None:
    chat = Chat(page).open(site.page("/", agent="plain"))
    _talks(chat)
    page.evaluate("document.body.replaceChildren()")
    expect(chat.said("Where is my order?")).to_have_count(1)
    page.evaluate("document.open(); document.write('<title>New</title><p>Anew</p>'); document.close()")
    expect(page.locator("p").get_by_text("Anew")).to_be_visible()
    expect(chat.said("Where is my order?")).to_have_count(1)
    chat.say("A1003")
    chat.hears("A1003 is currently: shipped")


def test_nothing_but_one_name_is_left_on_the_page(page: Page, site: Site) -> None:
    page.goto(site.page("/bare", after="<script>window.before = Object.keys(window)</script>"))
    before = page.evaluate("Object.keys(window)")
    page.route("**/sessions", lambda route: None)  # nobody answers: the launcher needs nobody
    page.goto(site.page("/", agent="plain"))
    expect(Chat(page).launcher).to_be_visible()
    after = page.evaluate("Object.keys(window)")
    assert set(after) - set(before) == {"Deskhand"}
    page.unroute_all(behavior="ignoreErrors")


def test_content_never_becomes_anything_but_text(page: Page, site: Site) -> None:
    hosts: set[str] = set()

    def note(request: Request) -> None:
        hosts.add(request.url.partition("//")[2].partition("/")[0])

    page.on("request", note)
    chat = Chat(page).open(site.page("/", agent="plain", head=f"<script>{STUB} Deskhand('element', 'my-own')</script>"))
    page.route("**/events?*", _hostile_stream)
    chat.say("<img src=x onerror=alert(1)>")
    expect(chat.log.get_by_text("The end")).to_be_visible()

    expect(chat.said("<img src=x onerror=alert(1)>")).to_have_count(1)
    forbidden = "img, iframe, object, embed, style, video, base, meta, b, link, script, [onload], [onerror], [srcdoc]"
    assert chat.root.locator(".panel").locator(forbidden).count() == 0
    links = chat.root.locator(".panel a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert links
    assert all(link.startswith(("https://", "http://", "mailto:", "tel:")) for link in links)
    expect(chat.log).to_contain_text("This can't be opened here.")
    expect(chat.log).to_contain_text("the bank (evil.example)")
    assert page.evaluate("[window.ran, document.title]") == [None, "Shop"]
    assert hosts == {site.address.partition("//")[2], site.server.address.partition("//")[2]}
    page.unroute_all(behavior="wait")


def _hostile_stream(route: Route) -> None:
    """A log that no server of ours would tell."""
    evil = "javascript:window.ran=1"
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("said", {"text": "<img src=x onerror=alert(1)>"}),
        ("say", {"text": "<b>bold</b> <img src=x onerror=alert(1)>", "sources": [{"title": "<b>x</b>", "url": evil}]}),
        ("say", {"text": f"[click]({evil}) [the bank](https://evil.example/) ![x](https://evil.example/x.png)"}),
        ("replied", {"by": "<img src=x onerror=alert(1)>", "text": "[a](data:text/html,<script>alert(1)</script>)"}),
        ("show_button", {"question": "q1", "text": "", "label": "<b>Go</b>", "url": evil}),
        ("show_component", {"question": "q2", "component": {"kind": "image", "url": evil, "alt": "<b>"}}),
        ("show_component", {"question": "q3", "component": {"kind": "element", "name": "script", "properties": {}}}),
        ("show_component", {"question": "q4", "component": {"kind": "element", "name": "my-other"}}),
        ("run_in_browser", {"question": "q5", "script": "//evil.example/scripts/x.mjs", "inputs": {}}),
        ("run_in_browser", {"question": "q6", "script": f"/scripts/{'0' * 64}.mjs", "inputs": {}}),
        ("no_such_kind", {"text": "<b>"}),
        ("show_button", {"question": "__proto__", "label": "x", "url": "java\nscript:alert(1)"}),
    ]
    bodies += [("say", {"text": text}) for text in strings()]
    bodies.append(("show_button", {"question": "q9", "text": "The end", "label": "x", "url": " data:text/html,x"}))
    at = "2026-11-20T09:30:00.000Z"
    entries = [{"seq": seq, "kind": kind, "at": at, "body": body} for seq, (kind, body) in enumerate(bodies, start=2)]
    lines = [f"event: entry\ndata: {json.dumps(entry)}\n\n" for entry in entries]
    route.fulfill(body="".join(lines), content_type="text/event-stream")


def strings() -> list[str]:
    """Strings that have broken something somewhere, many to a message."""
    if not STRINGS.is_file():
        return ["<svg onload=alert(1)>"]
    every = json.loads(STRINGS.read_text(encoding="utf-8"))
    return ["\n".join(every[at : at + 20]) for at in range(0, len(every), 20)]
