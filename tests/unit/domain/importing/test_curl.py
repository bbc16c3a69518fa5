"""cURL commands as people paste them."""

from typing import Any

import pytest

from deskhand.domain.actions import HttpAction
from deskhand.domain.errors import DocumentError
from deskhand.domain.importing import Imported
from deskhand.domain.importing.curl import LONGEST, import_curl

URL = "https://api.example.com/v1"


def request_of(imported: Imported) -> dict[str, Any]:
    """What is sent, without what is left at its default."""
    (action,) = imported.actions
    assert isinstance(action, HttpAction)
    assert action.draft
    return action.request.model_dump(exclude_defaults=True)


@pytest.mark.parametrize(
    ("command", "request_"),
    [
        (f"curl {URL}/orders", {"url": f"{URL}/orders"}),
        ("curl api.example.com/x", {"url": "https://api.example.com/x"}),
        (f"$ curl {URL}", {"url": URL}),
        (f"/usr/bin/curl '{URL}?a=b&c={{{{d}}}}'", {"url": f"{URL}?a=b&c={{{{d}}}}"}),
        (f"curl -X DELETE {URL}/1", {"url": f"{URL}/1", "method": "DELETE"}),
        (f"curl -XPUT {URL}/1", {"url": f"{URL}/1", "method": "PUT"}),
        (f"curl -sXPUT {URL}/1", {"url": f"{URL}/1", "method": "PUT"}),
        (f"curl -sS -LX PATCH {URL}/1", {"url": f"{URL}/1", "method": "PATCH"}),
        (f"curl --request=POST --url={URL}", {"url": URL, "method": "POST"}),
        (f"curl -X post {URL}", {"url": URL, "method": "POST"}),
        (f"curl {URL} -d a=1 -d 'b=x y'", {"url": URL, "method": "POST", "form": {"a": "1", "b": "x y"}}),
        (
            f"curl {URL} --data-urlencode 'q=50% off & more'",
            {"url": URL, "method": "POST", "form": {"q": "50% off & more"}},
        ),
        (f"curl {URL} --data-urlencode 'q={{{{words}}}}'", {"url": URL, "method": "POST", "form": {"q": "{{words}}"}}),
        (f"curl -G {URL} -d a=1 --data-urlencode 'b=ü'", {"url": URL, "query": {"a": "1", "b": "ü"}}),
        (f"curl {URL} --url-query a=1", {"url": URL, "query": {"a": "1"}}),
        (f"curl {URL} -d '{{\"a\": {{{{b}}}}}}'", {"url": URL, "method": "POST", "body": '{"a": {{b}}}'}),
        (f"curl {URL} --json '{{\"a\":' --json ' 1}}'", {"url": URL, "method": "POST", "body": '{"a": 1}'}),
        (
            f"curl {URL} -H 'Content-Type: application/json' --data-raw '[1, \"@x\"]'",
            {"url": URL, "method": "POST", "body": '[1, "@x"]'},
        ),
        (
            f"curl {URL} -H 'Content-Type: application/xml' -d '<a/>'",
            {"url": URL, "method": "POST", "headers": {"Content-Type": "application/xml"}, "text": "<a/>"},
        ),
        (f"curl {URL} --data-raw just-words", {"url": URL, "method": "POST", "text": "just-words"}),
        (f"curl {URL} -H 'Accept: text/csv' -H 'X-Empty:'", {"url": URL, "headers": {"Accept": "text/csv"}}),
        (
            f"curl {URL} -A Agent/1 -e https://a.example",
            {"url": URL, "headers": {"User-Agent": "Agent/1", "Referer": "https://a.example"}},
        ),
        (f"curl --compressed -sSL -o out.json --max-time 5 {URL}", {"url": URL}),
        (
            f'curl {URL} \\\n  -X POST \\\n  --data-raw $\'{{"a":"it\\\'s \\u00e9"}}\'',
            {"url": URL, "method": "POST", "body": '{"a":"it\'s é"}'},
        ),
        (f"curl {URL} ^\r\n -X POST", {"url": URL, "method": "POST"}),
        (f"curl {URL} | jq .", {"url": URL}),
        (f"curl {URL} > out && rm -rf x", {"url": URL}),
    ],
)
def test_a_command_becomes_its_request(command: str, request_: dict[str, Any]) -> None:
    imported = import_curl(command)

    assert request_of(imported) == request_
    assert imported.secrets == {}


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("", "this is no cURL command: it should begin with `curl`."),
        ("wget https://a.example", "this is no cURL command: it should begin with `curl`."),
        ("curl", "the command has no address."),
        ("curl https://a.example https://b.example", "the command has several addresses."),
        ("curl 'https://a.example", "the command cannot be taken apart: no closing quotation."),
        ("curl ftp://a.example/x", "`ftp://a.example/x` is no web address."),
        ("curl 'http://[::1'", "`http://[::1` is no web address."),
        ("curl -X", "`-X` needs a value."),
        ("curl -I https://a.example", "HEAD requests cannot be sent: use GET, POST, PUT, PATCH or DELETE."),
        ("curl -X PURGE https://a.example", "PURGE requests cannot be sent: use GET, POST, PUT, PATCH or DELETE."),
        ("curl https://a.example -F file=@x.png", "it sends files (`-F`): only JSON, forms and text can be sent."),
        ("curl https://a.example -T x", "it sends a file (`-T`): only JSON, forms and text can be sent."),
        (
            "curl https://a.example -d @/etc/passwd",
            "it reads its body from the file `/etc/passwd`: write the body into the command.",
        ),
        ("curl https://a.example --data-urlencode a@b", "it reads data from a file: write the data into the command."),
        ("curl https://a.example -H @headers", "it reads headers from a file: write them into the command."),
        ("curl -K ~/.curlrc https://a.example", "it reads options from a file (`-K`): write them into the command."),
        (
            "curl https://a.example -d a=1 -d a=2",
            "it sends `a` several times: leave one, or make it a list in the action.",
        ),
        (
            "curl -G https://a.example -d a=1 -d a=2",
            "it sends `a` several times: leave one, or make it a list in the action.",
        ),
        ("curl 'https://a.example/{{'", "the request: `https://a.example/{{` opens `{{` without closing it with `}}`."),
    ],
)
def test_what_cannot_be_read_or_sent_is_told(command: str, sentence: str) -> None:
    with pytest.raises(DocumentError) as told:
        import_curl(command)

    assert told.value.sentence == sentence


def test_a_proxy_is_refused() -> None:
    for option in ("-x http://127.0.0.1:9", "--resolve api.example.com:443:10.0.0.1", "--unix-socket /run/docker.sock"):
        with pytest.raises(DocumentError, match="proxy"):
            import_curl(f"curl {option} {URL}")


def test_a_command_that_is_too_long_is_refused() -> None:
    with pytest.raises(DocumentError, match="more than 100,000 characters"):
        import_curl("curl " + "x" * LONGEST)


def test_placeholders_become_variables_but_for_what_is_known_anyway() -> None:
    imported = import_curl(f"curl '{URL}/{{{{id}}}}?email={{{{lead.email}}}}' -d 'note={{{{note | default(\"-\")}}}}'")
    (action,) = imported.actions

    assert {one.name: one.required for one in action.variables} == {"id": True, "note": False}


def test_what_is_left_out_or_unknown_is_noted() -> None:
    notes = import_curl(f'curl -k --cacert ca.pem {URL} -H "X-At: $WHEN"').notes

    assert notes[0] == "`-k` is left out: certificates are always checked."
    assert notes[1].startswith("TLS options are left out")
    assert notes[2] == "`$WHEN` stands as it is: what a shell would put in its place is not known here."
    assert "is a draft" in notes[3]


CANARY = "c4n/ary+42"


@pytest.mark.parametrize(
    ("command", "auth"),
    [
        (f"curl {URL} -H 'Authorization: Bearer {CANARY}'", {"kind": "bearer"}),
        (f"curl {URL} -H 'authorization: bearer {CANARY}'", {"kind": "bearer"}),
        (f"curl {URL} --oauth2-bearer {CANARY}", {"kind": "bearer"}),
        (f"curl {URL} -u me:{CANARY}", {"kind": "basic", "username": "me"}),
        (f"curl https://me:{CANARY.replace('/', '%2F')}@api.example.com/", {"kind": "basic", "username": "me"}),
        (f"curl {URL} -H 'Authorization: Basic bWU6YzRuL2FyeSs0Mg=='", {"kind": "basic", "username": "me"}),
        (f"curl {URL} -H 'Authorization: {CANARY}'", {"kind": "header", "name": "Authorization"}),
        (f"curl '{URL}?a=1&api_key={CANARY.replace('+', '%2B')}'", {"kind": "query", "name": "api_key"}),
        (f"curl -G {URL} --data-urlencode 'access_token={CANARY}'", {"kind": "query", "name": "access_token"}),
    ],
)
def test_a_credential_becomes_a_secret(command: str, auth: dict[str, str]) -> None:
    imported = import_curl(command, slug="orders")
    written = imported.actions[0].model_dump_json()

    assert {name: value for name, value in request_of(imported)["auth"].items() if name != "secret"} == auth
    ((name, value),) = imported.secrets.items()
    assert value == CANARY
    assert name.startswith("ORDERS_")
    assert request_of(imported)["auth"]["secret"] == name
    assert "c4n" not in written
    assert "YzRu" not in written


@pytest.mark.parametrize(
    ("part", "where"),
    [
        (f"-H 'X-API-Key: {CANARY}'", "headers"),
        (f"-H 'X-Shopify-Access-Token: {CANARY}'", "headers"),
        (f"-H 'PRIVATE-TOKEN: {CANARY}'", "headers"),
        (f"-H 'Ocp-Apim-Subscription-Key: {CANARY}'", "headers"),
        (f"-H 'X-Vault-Token: {CANARY}'", "headers"),
        (f"-b '{CANARY}'", "headers"),
        (f"--data-urlencode 'client_secret={CANARY}'", "form"),
        (f'-d \'{{"api_key": "{CANARY}"}}\'', "body"),
        (f'-d \'{{"login": {{"password": "{CANARY.replace("/", chr(92) + "/")}"}}}}\'', "body"),
        (f'-d \'{{"token": "{CANARY.replace("+", chr(92) + "u002b")}", "x": {{{{y}}}}}}\'', "body"),
    ],
)
def test_a_credential_anywhere_else_leaves_a_mark(part: str, where: str) -> None:
    imported = import_curl(f"curl -X POST {URL} {part}", slug="orders")
    ((name, value),) = imported.secrets.items()

    assert value == CANARY
    assert f"{{{{secrets.{name}}}}}" in str(request_of(imported)[where])
    assert "c4n" not in imported.actions[0].model_dump_json()


def test_a_word_that_is_a_fields_name_and_its_value_stays_the_name() -> None:
    imported = import_curl(f"""curl {URL} -d '{{"password": "password", "other": "x"}}'""", slug="a")

    assert request_of(imported)["body"] == '{"password": "{{secrets.A_PASSWORD}}", "other": "x"}'


def test_a_token_in_plain_text_is_found_by_its_looks() -> None:
    imported = import_curl(f"curl {URL} -H 'Content-Type: text/plain' -d 'key: sk_live_abcdefgh1234'", slug="a")

    assert request_of(imported)["text"] == "key: {{secrets.A_KEY}}"
    assert imported.secrets == {"A_KEY": "sk_live_abcdefgh1234"}


def test_an_address_takes_one_credential() -> None:
    imported = import_curl(f"curl '{URL}?api_key=one&token=two&q=3'", slug="a")

    assert request_of(imported)["auth"] == {"kind": "query", "name": "api_key", "secret": "A_API_KEY"}
    assert request_of(imported)["url"] == f"{URL}?q=3"
    assert "headers" not in request_of(imported)
    assert imported.notes[0] == "`token` is left out of the address: it takes no second credential."


def test_a_header_that_says_who_sends_it_goes_before_the_user() -> None:
    imported = import_curl(f"curl -u me:pw {URL} -H 'Authorization: Bearer abc'", slug="a")

    assert request_of(imported)["auth"] == {"kind": "bearer", "secret": "A_TOKEN"}
    assert imported.secrets == {"A_TOKEN": "abc"}


def test_a_placeholder_is_no_credential() -> None:
    imported = import_curl(f"curl {URL} -H 'Authorization: Bearer {{{{secrets.SHOP}}}}' -H 'X-Token: {{{{token}}}}'")

    assert imported.secrets == {}
    assert request_of(imported)["headers"]["Authorization"] == "Bearer {{secrets.SHOP}}"
    assert [one.name for one in imported.actions[0].variables] == ["token"]
