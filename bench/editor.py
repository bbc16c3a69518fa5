"""Frames while a step is dragged among many on the editor's canvas.

    python bench/editor.py [--steps 200] [--seconds 5]

Starts a demo server, makes a procedure of so many steps, drags one of them in circles in Chromium, and prints what
`requestAnimationFrame` saw as JSON: milliseconds from frame to frame, the first ones left out.
"""

import argparse
import json
import math
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser.server import Server

WATCH = """() => {
    window.frames_seen = [];
    let before = performance.now();
    const look = now => { window.frames_seen.push(now - before); before = now; requestAnimationFrame(look); };
    requestAnimationFrame(look);
}"""
WARM_UP = 5
"""Frames that are left out: the first move selects the step and opens its panel."""


def document(steps: int) -> dict[str, Any]:
    """A procedure with branches all along."""
    made: list[dict[str, Any]] = []
    for number in range(steps - 1):
        if number % 5 == 4:
            target = f"step_{min(number + 3, steps - 2)}"
            check = {"variable": "answer", "operator": "exists", "then": f"step_{number + 1}", "else": target}
            made.append({"id": f"step_{number}", "kind": "condition", **check})
        else:
            made.append({"id": f"step_{number}", "kind": "message", "text": f"Message number {number}"})
    made.append({"id": f"step_{steps - 1}", "kind": "end"})
    made[0] = {"id": "step_0", "kind": "collect", "variable": "answer", "prompt": "What is it about?"}
    return {"name": "Large", "trigger": {"description": "When a customer asks for something large"}, "steps": made}


def dragged(page: Page, seconds: float) -> list[float]:
    """Drag the third step in circles; what was seen from frame to frame, in milliseconds."""
    box = page.locator("[data-step='step_2']").bounding_box()
    assert box is not None
    x, y = box["x"] + 60, box["y"] + 14
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 6, y + 6)
    page.evaluate(WATCH)
    begun, turn = time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        turn += 1
        page.mouse.move(x + 120 * math.sin(turn / 15), y + 80 * math.cos(turn / 15))
    frames: list[float] = page.evaluate("window.frames_seen")
    page.mouse.up()
    return frames[WARM_UP:]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=5)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Server.running("demo", Path(folder)) as server:
        server.post("/v1/procedures", {"document": document(wanted.steps)})
        with sync_playwright() as playwright:
            flags = ["--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"), args=flags
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{server.address}/procedures/large/edit")
            page.locator("[data-step='step_2']").wait_for()
            frames = dragged(page, wanted.seconds)
            browser.close()
    in_order = sorted(frames)
    print(
        json.dumps(
            {
                "steps": wanted.steps,
                "frames": len(frames),
                "median_ms": round(statistics.median(frames), 1),
                "p95_ms": round(in_order[int(len(in_order) * 0.95)], 1),
                "worst_ms": round(in_order[-1], 1),
            }
        )
    )


if __name__ == "__main__":
    main()
