"""What of a commit members want to hear of at once."""

import json

from deskhand.application.streams import NO_NEWS, News, Notice
from deskhand.ports.turns import Entry, TurnCommit


def news_of(commit: TurnCommit) -> News:
    """Approvals that were asked for or are over, and what members are notified of."""
    notices = tuple(_notice(entry) for entry in commit.entries if entry.kind == "notified")
    return News(bool(commit.approvals), notices) if commit.approvals or notices else NO_NEWS


def _notice(entry: Entry) -> Notice:
    return Notice(entry.seq, entry.run, str(json.loads(entry.body)["description"]))
