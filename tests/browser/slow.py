"""What comes late, held back until a test lets it come: a page that waits for its moment, a server that is slow."""

from collections.abc import Callable

from playwright.sync_api import Page, Request, Route

TYPED = """(start => {
    const held = new Map(), end = clearTimeout;
    setTimeout = (run, after, ...more) => {
        if (after !== 250) return start(run, after, ...more);
        const id = start(() => {}, 0);
        held.set(id, run);
        return id;
    };
    clearTimeout = id => held.delete(id) || end(id);
    window.later = async () => {
        held.forEach((run, id) => held.delete(id) && run());
        for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    };
})(setTimeout)"""
"""Lets the moment after which a list follows what is typed be over at `later()`, and not before."""
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Until the page has made of an answer what it makes of it."""


class Held:
    """The first request of a kind, on its way until it is let go."""

    def __init__(self, page: Page, method: str, path: str) -> None:
        self._page = page
        self._method = method
        self._routes: list[Route] = []
        page.route(f"**{path}", self._take)

    def _take(self, route: Route) -> None:
        if route.request.method == self._method and not self._routes:
            self._routes.append(route)
        else:
            route.fallback()

    def during(self, act: Callable[[], object]) -> "Held":
        """Do what sends it, and wait until it is on its way."""
        with self._page.expect_request(self._fits):
            act()
        return self

    def _fits(self, request: Request) -> bool:
        return request.method == self._method

    def go(self) -> None:
        """Let it arrive, and the page hear of it."""
        with self._page.expect_event("requestfinished", self._is):
            self._routes[0].continue_()
        self._page.evaluate(SETTLED)

    def fail(self) -> None:
        """Let it get lost, and the page hear of it."""
        with self._page.expect_event("requestfailed", self._is):
            self._routes[0].abort()
        self._page.evaluate(SETTLED)

    def _is(self, request: Request) -> bool:
        return request == self._routes[0].request
