import pytest

TOKEN = "sk_live_" + "abcdefgh12345678"


def call(**fields):
    return {
        "id": "act",
        "kind": "call",
        "url": "https://api.example.com/x",
        "method": "POST",
        "on_error": "end",
        **fields,
    }


def ask(variable: str):
    return {"id": f"ask_{variable}", "kind": "collect", "variable": variable, "prompt": "?"}


def found(problems):
    return [(one.code, one.field) for one in problems]


@pytest.mark.parametrize(
    "url",
    ["http://api.example.com/x", "HTTP://api.example.com/x", "http://api.example.com:443/x", "http://10.0.0.1/x"],
)
def test_plain_http_is_refused(checked, url) -> None:
    assert found(checked(call(url=url))) == [("plain-http", "url")]


@pytest.mark.parametrize(
    ("url", "listed"),
    [
        ("http://crm.internal/x", "crm.internal"),
        ("http://CRM.internal:8080/x", "crm.internal:8080"),
        ("http://10.1.2.3/x", "10.0.0.0/8"),
        ("http://10.1.2.3:8080/x", "10.0.0.0/8:8080"),
    ],
)
def test_plain_http_to_a_listed_host_is_fine(checked, url, listed) -> None:
    assert checked(call(url=url), around={"internal_hosts": frozenset({listed})}) == []


@pytest.mark.parametrize(
    ("url", "listed"),
    [("http://crm.internal:8081/x", "crm.internal:8080"), ("http://11.1.2.3/x", "10.0.0.0/8"),
     ("http://crm.internal.evil.com/x", "crm.internal")],
)  # fmt: skip
def test_another_host_or_port_is_not_listed(checked, url, listed) -> None:
    problems = checked(call(url=url), around={"internal_hosts": frozenset({listed})})

    assert found(problems) == [("plain-http", "url")]


@pytest.mark.parametrize(
    "url",
    [
        "{{host}}/x",
        "{{host}}",
        "https://{{host}}/x",
        "https://{{host}}.example.com/x",
        "https://api.example.com{{host}}",
        "https://api.example.com:{{host}}/x",
        "https://user@{{host}}/x",
        "{{host}}://api.example.com/x",
        "https://[{{host}}]/x",
        'https://{{host | default("a/b")}}/x',
        "https://{{secrets.HOST}}/x",
    ],
)
def test_a_host_from_a_variable_is_refused(checked, url) -> None:
    assert ("templated-origin", "url") in found(checked(ask("host"), call(url=url)))


@pytest.mark.parametrize(
    "url",
    ["https://api.example.com/{{host}}", "api.example.com/{{host}}", "https://api.example.com?q={{host}}",
     "https://api.example.com/a/{{host}}/b", "https://api.example.com:8443/{{host}}"],
)  # fmt: skip
def test_a_path_or_query_from_a_variable_is_fine(checked, url) -> None:
    assert checked(ask("host"), call(url=url)) == []


@pytest.mark.parametrize(
    "url",
    [
        "/orders", "https://", "https:///x", "ftp://example.com/x", "file:///etc/passwd", "javascript:alert(1)",
        "http://[::1", "https://[x]/", "https://host:99999/", "https://host:abc/", "http:/{{host}}",
        "https://exa mple.com/", "https://a.example\\{{host}}", "https:\\\\{{host}}", "//example.com/x",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(checked, url) -> None:
    (problem,) = checked(ask("host"), call(url=url))

    assert (problem.code, problem.field) == ("url", "url")
    assert problem.sentence.endswith("is no web address: it should look like https://api.example.com/…")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"headers": {"Authorization": "Bearer abcdef123456"}}, "headers"),
        ({"headers": {"X-Api-Key": "abc"}}, "headers"),
        ({"headers": {"X-Note": f"key {TOKEN}"}}, "headers"),
        ({"headers": {"Cookie": "session=1"}}, "headers"),
        ({"query": {"api_key": "abc"}}, "query"),
        ({"url": "https://api.example.com/x?access_token=abc"}, "url"),
        ({"url": f"https://api.example.com/x?note={TOKEN}"}, "url"),
        ({"url": "https://user:pass@api.example.com/x"}, "url"),
        ({"body": '{"password": "hunter2"}'}, "body"),
        ({"body": '{"deep": [{"client_secret": "abc"}]}'}, "body"),
        ({"body": f'{{"note": "{TOKEN}"}}'}, "body"),
    ],
)
def test_a_literal_credential_is_refused(checked, fields, field) -> None:
    assert ("literal-credential", field) in found(checked(call(**fields)))


@pytest.mark.parametrize(
    "fields",
    [
        {"headers": {"Authorization": "Bearer {{secrets.SHOP_TOKEN}}"}},
        {"headers": {"Accept": "application/json"}},
        {"body": '{"password": "{{secrets.PASSWORD}}", "note": "basic question"}'},
        {"query": {"token_type": "card"}},
    ],
)
def test_a_secret_or_an_ordinary_value_is_fine(checked, fields) -> None:
    assert checked(call(**fields)) == []


@pytest.mark.parametrize(
    "fields",
    [{"url": "https://api.example.com/{{secrets.KEY}}"}, {"query": {"key": "{{secrets.KEY}}"}}],
)
def test_a_secret_in_an_address_is_refused(checked, fields) -> None:
    assert found(checked(call(**fields))) == [("secret-exposed", "url")]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"body": "{not json"}, ("template", "body")),
        ({"url": "https://api.example.com/{{order id}}"}, ("template", "url")),
        ({"url": "https://api.example.com/{{order"}, ("template", "url")),
        ({"method": "GET", "body": "{}"}, ("body", "body")),
        ({"url": None}, ("required", "url")),
        ({"action": "book-a-slot"}, ("required", "url")),
        ({"response_variable": "contact"}, ("reserved", "response_variable")),
        ({"connection": "shop", "url": "/orders"}, ("unknown-connection", "connection")),
        ({"action": "book-a-slot", "url": None}, ("unknown-action", "action")),
    ],
)
def test_a_call_that_cannot_be_made_is_refused(checked, fields, problem) -> None:
    assert found(checked(call(**fields))) == [problem]


def test_a_file_on_its_own_does_not_know_the_workspace(checked) -> None:
    around = {"workspace_known": False}

    assert checked(call(connection="shop", url="/orders"), around=around) == []
    assert checked(call(action="book-a-slot", url=None), around=around) == []
