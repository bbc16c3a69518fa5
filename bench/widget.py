"""How soon the chat's launcher is seen, how smoothly 200 messages scroll, and what a long conversation keeps in memory.

    python -m bench.widget [--loads 15] [--seconds 3]

Starts a demo server and a page with the widget, and prints as JSON what Chromium saw, next to its limit: the same page
with a script of one line that adds a button. Milliseconds from the script's arrival to the end of the frame in which
the button is there; milliseconds from frame to frame while the log scrolls, and in the same log without touching it;
megabytes of the page's heap after a collection, and elements in the page, with 100, 1,000 and 3,000 messages.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser.server import Server
from tests.browser.widget import Chat, Site, site_beside

SEEN = """<script>
(function look() {
  const host = document.querySelector("deskhand-chat, button");
  if (!(host && (host.localName === "button" || host.shadowRoot.querySelector(".launcher")))) {
    requestAnimationFrame(look);
    return;
  }
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    // what is posted in a frame arrives when it has been drawn
    channel.port1.onmessage = () => { window.seen = performance.now(); };
    channel.port2.postMessage(0);
  });
})();
</script>"""
BARE = "document.body.append(Object.assign(document.createElement('button'), { textContent: 'Chat' }));"
FRAMES = """ms => new Promise(done => {
  const frames = [];
  let before = performance.now();
  const end = before + ms;
  (function look(now) {
    if (now > before) frames.push(now - before);
    before = now;
    if (now < end) requestAnimationFrame(look); else done(frames);
  })(before);
})"""
AT = "2026-11-20T09:30:00.000Z"
TEXT = "A sentence with **some** weight, a [link](https://shop.example/page), and a number: "


def launcher(browser: Browser, address: str, script: str, loads: int) -> float:
    """Milliseconds from a script's arrival until its button is drawn, the median of several loads in fresh profiles."""
    taken = []
    for _ in range(loads):
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function("window.seen")
        arrived = f"performance.getEntriesByType('resource').find(one => one.name.includes('{script}')).responseEnd"
        taken.append(page.evaluate(f"window.seen - {arrived}"))
        page.close()
    return round(statistics.median(taken), 1)


def fill(page: Page, site: Site, count: int) -> Chat:
    """The widget with a conversation of so many messages."""
    log = [{"seq": at, "kind": "say", "at": AT, "body": {"text": f"{TEXT}{at}"}} for at in range(1, count + 1)]
    body = "".join(f"event: entry\ndata: {json.dumps(entry)}\n\n" for entry in log)
    page.route("**/events?*", lambda route: route.fulfill(body=body, content_type="text/event-stream"))
    chat = Chat(page).open(site.page("/full", agent="plain"))
    chat.say("Hello")
    chat.log.get_by_text(str(count)).wait_for()
    return chat


def frames(page: Page, act: Callable[[], None], seconds: float) -> dict[str, float]:
    """Milliseconds from frame to frame while something is done over and over."""
    page.evaluate(f"window.watched = ({FRAMES})({seconds * 1000})")
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        act()
    taken = sorted(page.evaluate("window.watched")[2:])
    return {
        "frames": len(taken),
        "median_ms": round(statistics.median(taken), 1),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 1),
        "dropped": sum(one > 1.5 * statistics.median(taken) for one in taken),
    }


def memory(browser: Browser, site: Site, count: int) -> dict[str, float]:
    """The page's heap in megabytes and its elements, with a conversation of so many messages."""
    page = browser.new_page()
    chat = fill(page, site, count)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    elements = chat.root.evaluate("host => host.shadowRoot.querySelectorAll('*').length")
    page.unroute_all(behavior="ignoreErrors")
    page.close()
    return {"heap_mb": round(found["JSHeapUsedSize"] / 1e6, 2), "elements": elements}


def measure(browser: Browser, site: Site, loads: int, seconds: float) -> dict[str, Any]:
    """All figures."""
    site.pages["/bare.js"] = BARE.encode(), {"Content-Type": "text/javascript"}
    with_widget = site.page("/", agent="plain", head=SEEN)
    with_button = site.page("/bare", head=SEEN, after="<script async src='/bare.js'></script>")
    first = {
        "launcher_ms": launcher(browser, with_widget, "widget.js", loads),
        "limit_ms": launcher(browser, with_button, "bare.js", loads),
    }
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    chat = fill(page, site, 200)
    scroller = chat.root.locator(".scroll")
    scroller.hover()
    turns = iter(range(1_000_000))
    still = frames(page, lambda: page.wait_for_timeout(50), seconds)
    moved = frames(page, lambda: page.mouse.wheel(0, -120 if next(turns) // 40 % 2 == 0 else 120), seconds)
    page.unroute_all(behavior="ignoreErrors")
    page.close()
    kept = {str(count): memory(browser, site, count) for count in (100, 1_000, 3_000)}
    return {"first_paint": first, "scrolling_200": moved, "standing_still": still, "memory": kept}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Server.running("demo", Path(folder)) as server:
        server.put("/v1/agents/plain", {"name": "Sam"})
        with site_beside(server) as site, sync_playwright() as playwright:
            path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            print(json.dumps(measure(browser, site, wanted.loads, wanted.seconds)))
            browser.close()


if __name__ == "__main__":
    main()
