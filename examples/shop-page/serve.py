"""A shop's page with the chat in it, and the shop's server that says who is signed in. It needs Python alone:

    export DESKHAND_IDENTITY_SECRET=…
    python examples/shop-page/serve.py --server http://127.0.0.1:8000 --agent ws_….default

Copy `page.html` for your own pages; of this file, `user_token` is what your server needs, in whatever it is written.
"""

import argparse
import base64
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = Path(__file__).with_name("page.html")
ADA = {"sub": "c-1001", "name": "Ada Byron", "email": "ada@example.com"}
"""Whom your own sign-in would find in the session; here it is always her."""
AN_HOUR = 3600


def user_token(secret: str, customer: dict[str, str]) -> str:
    """What proves to Deskhand who the customer is: a JSON web token, signed with the identity secret."""
    claims = {**customer, "exp": int(time.time()) + AN_HOUR}
    signed = ".".join(_part(json.dumps(one).encode()) for one in ({"alg": "HS256", "typ": "JWT"}, claims))
    return f"{signed}.{_part(hmac.digest(secret.encode(), signed.encode(), 'sha256'))}"


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def handler(server: str, agent: str, secret: str) -> type[BaseHTTPRequestHandler]:
    """What answers the browser."""
    page = PAGE.read_text().replace("{{server}}", server).replace("{{agent}}", agent)

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.partition("?")[0] == "/":
                self._answer(200, "text/html", page)
            elif self.path == "/user-token":
                self._answer(200, "text/plain", user_token(secret, ADA))
            else:
                self._answer(404, "text/plain", "There is nothing here.")

        def _answer(self, status: int, kind: str, text: str) -> None:
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

    return Shop


def main() -> None:
    """Serve the page until the process is stopped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--server", default="http://127.0.0.1:8000", help="where Deskhand is")
    parser.add_argument("--agent", required=True, help="the agent's public name, as its page in the dashboard shows it")
    parser.add_argument("--port", type=int, default=9300)
    given = parser.parse_args()
    secret = os.environ.get("DESKHAND_IDENTITY_SECRET")
    if not secret:
        parser.error("DESKHAND_IDENTITY_SECRET is missing: Settings, Widget in the dashboard makes one.")
    shop = ThreadingHTTPServer(("127.0.0.1", given.port), handler(given.server.rstrip("/"), given.agent, secret))
    print(f"The shop is at http://127.0.0.1:{shop.server_port}/", flush=True)
    try:
        shop.serve_forever()
    except KeyboardInterrupt:
        shop.server_close()


if __name__ == "__main__":
    main()
