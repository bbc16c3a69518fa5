from pathlib import Path

import pytest

from deskhand.settings import SettingError, Settings, from_environment, is_loopback


def test_without_any_everything_is_on_this_machine() -> None:
    settings = from_environment({})

    assert settings == Settings()
    assert settings.on_loopback
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.database == "sqlite:///.deskhand/deskhand.db"


def test_the_environment_sets_and_an_option_goes_before_it() -> None:
    given = {
        "DESKHAND_PORT": " 9000 ",
        "DESKHAND_DATA": "/var/desk",
        "DESKHAND_HOST": "",
        "DESKHAND_SMTP_URL": "smtp://x",
    }

    settings = from_environment(given, port=0, host=None)

    assert (settings.host, settings.port, settings.data) == ("127.0.0.1", 0, Path("/var/desk"))
    assert settings.smtp_url == "smtp://x"
    assert from_environment(given).port == 9000
    assert from_environment({"DESKHAND_DATABASE_URL": "postgresql://a/b"}).database == "postgresql://a/b"


def test_home_directories_are_found() -> None:
    assert from_environment({"DESKHAND_DATA": "~/desk"}).data == Path.home() / "desk"


@pytest.mark.parametrize("port", ["x", "-1", "65536", "²", "٣", "8" * 9_999, "80.0"])
def test_what_is_no_port_is_refused(port: str) -> None:
    with pytest.raises(SettingError, match="is no port: give a number from 0 to 65535"):
        from_environment({"DESKHAND_PORT": port})


def test_an_option_that_is_no_port_is_refused() -> None:
    with pytest.raises(SettingError, match="`70000` is no port"):
        from_environment({}, port=70000)


@pytest.mark.parametrize("host", ["", "  ", "[]"])
def test_an_empty_host_is_not_taken_for_every_network(host: str) -> None:
    with pytest.raises(SettingError, match="The host to listen on is empty"):
        from_environment({}, host=host)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("localhost", "http://localhost:8000"),
        ("[::1]", "http://[::1]:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("10.0.0.5", "http://10.0.0.5:8000"),
    ],
)
def test_commands_find_the_server_where_it_listens(host: str, address: str) -> None:
    assert from_environment({}, host=host).address == address


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("localhost", True)]
    + [(host, False) for host in ("0.0.0.0", "::", "10.0.0.5", "127.1", "localhost.example", "")],
)
def test_only_this_machine_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_a_database_address_that_cannot_be_read_is_refused_without_showing_it() -> None:
    with pytest.raises(SettingError, match="DESKHAND_DATABASE_URL cannot be read") as refused:
        from_environment({"DESKHAND_DATABASE_URL": "postgresql://u:hunter2@[half/x"})

    assert "hunter2" not in refused.value.sentence
    several = "postgresql://a:5432,b:5432/x"
    assert from_environment({"DESKHAND_DATABASE_URL": several}).database == several
