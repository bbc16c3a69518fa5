"""What listeners of the workspace's stream hear of a commit."""

from typing import Any

from deskhand.application.news import news_of
from deskhand.application.streams import MOST_NOTICES, NO_NEWS, Listener, News, Notice
from deskhand.ports.turns import ApprovalChange, Entry, TurnCommit


def commit(**fields: Any) -> TurnCommit:
    return TurnCommit("ws", "conv", 1, 2, "{}", "open", "agent", "api", 0, **fields)


def test_most_commits_hold_no_news() -> None:
    assert news_of(commit(entries=(Entry(1, "say", 0, '{"text": "Hello"}'),))) is NO_NEWS


def test_approvals_are_news_whatever_became_of_them() -> None:
    assert news_of(commit(approvals=(ApprovalChange("appr", "expired", 0),))).approvals


def test_members_are_told_what_was_done() -> None:
    entry = Entry(7, "notified", 0, '{"step": "pay", "description": "Refund A1"}', run="run")
    assert news_of(commit(entries=(entry,))) == News(notices=(Notice(7, "run", "Refund A1"),))


def test_a_listener_that_was_busy_hears_of_everything_once() -> None:
    listener = Listener()
    listener.tell("one", News(approvals=True))
    listener.tell("one", News(notices=(Notice(3, None, "Refund A1"),)))
    listener.tell("two")
    assert listener.take() == ["one", "two"]
    assert listener.take_news("one") == News(True, (Notice(3, None, "Refund A1"),))
    assert listener.take_news("one") is NO_NEWS
    assert listener.take_news("two") is NO_NEWS


def test_a_listener_that_never_listens_keeps_the_newest_notices_alone() -> None:
    listener = Listener()
    for seq in range(100):
        listener.tell("one", News(notices=(Notice(seq, None, "x"),)))
    kept = listener.take_news("one").notices
    assert (len(kept), kept[-1].seq) == (MOST_NOTICES, 99)
