"""Commands about channels, on a running server."""

from tests.integration.cli.command import Server


def test_a_channel_is_stored_listed_and_removed(demo: Server) -> None:
    assert demo.run("channels").lines == ["No channels."]
    made = demo.run(
        "channels", "put", "whatsapp", "bridge.example.com/in", "--name", "WhatsApp", "--language", "de",
        "--region", "DE", "--medium", "phone", "--direction", "outbound",
    )  # fmt: skip
    assert made.code == 0
    assert made.lines[0].startswith("`whatsapp` is stored. Its platform posts what customers bring to /v1/channels/ws_")
    assert made.lines[1].startswith("Both sides sign with whsec_")

    (shown,) = demo.run("channels", "list", "--json").json
    assert (shown["name"], shown["language"], shown["region"], shown["medium"], shown["direction"]) == (
        "WhatsApp", "de", "DE", "phone", "outbound",
    )  # fmt: skip
    assert "https://bridge.example.com/in" in demo.run("channels").out
    again = demo.run("channels", "put", "whatsapp", "bridge.example.com/in", "--off")
    assert len(again.lines) == 1
    assert " off " in demo.run("channels").out
    assert demo.run("channels", "new-secret", "whatsapp").lines[0].startswith("Both sides sign with whsec_")
    assert demo.run("channels", "remove", "whatsapp").lines == ["`whatsapp` is removed."]
    assert demo.run("channels").lines == ["No channels."]


def test_what_cannot_be_a_channel_is_told(demo: Server) -> None:
    refused = demo.run("channels", "put", "api", "bridge.example.com")

    assert refused.code == 1
    assert "a channel of Deskhand's own" in refused.err


def test_a_channel_that_is_not_there_is_told(demo: Server) -> None:
    assert demo.run("channels", "remove", "nothing").code == 1
