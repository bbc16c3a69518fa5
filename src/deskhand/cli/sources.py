"""`deskhand sources`: what the agent knows."""

from typing import Annotated, Any
from urllib.parse import quote

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table, tell, when

app = typer.Typer(cls=Listing, help="Add, show and remove what the agent knows.")

Slug = Annotated[str, typer.Argument(metavar="SOURCE", help="Its slug.")]


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List sources.

    The same as `deskhand sources` alone.
    """
    from deskhand.cli.server import connect

    rows = connect(url, key).request("GET", "/v1/sources")["items"]
    if as_json:
        show_json(rows)
    elif not rows:
        say("No sources.")
    else:
        show_table(("source", "kind", "state", "passages", "topics", "updated", "name"), map(_row, rows))


@app.command(cls=Command)
def add(
    place: Annotated[
        str, typer.Argument(metavar="FILE|URL", help="Markdown, text, PDF, questions as YAML or JSON; or a page.")
    ],
    slug: Annotated[str | None, typer.Option("--slug", metavar="SLUG", help="By default made of its name.")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What it is called in answers.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="LANGUAGE", help="By default the page's own, or en.")
    ] = None,
    every: Annotated[
        int | None, typer.Option("--every", metavar="HOURS", help="Fetch the page again every so many hours.")
    ] = None,
    topics: Annotated[
        list[str] | None, typer.Option("--topic", metavar="TOPIC", help="Its topic, by slug; may be repeated.")
    ] = None,
    url: Url = None,
    key: Key = None,
) -> None:
    """Add a source, or replace the one of that name.

    Questions are a list with `question` and `answer` each. The server fetches a page through its guarded way out.
    """
    from deskhand.cli.server import connect
    from deskhand.cli.source_files import source_from

    document = source_from(place, name)
    own = document.pop("slug") if slug is None else slug
    document.pop("slug", None)
    given = {"language": language, "every": every, "topics": topics}
    document |= {field: value for field, value in given.items() if value is not None}
    server = connect(url, key)
    made = server.request("PUT", _path(own), document)
    if document["kind"] == "page":
        made = server.request("POST", f"{_path(own)}/crawl")
    _tell_state(made)


@app.command(cls=Command)
def show(source: Slug, url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """Show a source and the passages that it was cut into."""
    from deskhand.cli.server import connect

    server = connect(url, key)
    found = server.request("GET", _path(source))
    passages: list[dict[str, Any]] = []
    while more := server.request("GET", f"{_path(source)}/passages?limit=200&after={len(passages)}")["items"]:
        passages += more
    if as_json:
        show_json({**found, "passages": passages})
        return
    for field in ("name", "kind", "url", "state", "problem"):
        if found[field]:
            say(f"{field}: {found[field]}")
    for one in passages:
        place = f", page {one['page']}" if one["page"] else ""
        say("")
        say(f"{one['number']}{place}: {one['question'] or ' > '.join(one['headings']) or one['title']}", "bold")
        say(one["text"])


@app.command(cls=Command)
def crawl(source: Slug, url: Url = None, key: Key = None) -> None:
    """Fetch a page now."""
    from deskhand.cli.server import connect

    _tell_state(connect(url, key).request("POST", f"{_path(source)}/crawl"))


@app.command(cls=Command)
def remove(source: Slug, url: Url = None, key: Key = None) -> None:
    """Remove a source; the agent no longer knows what stood in it."""
    from deskhand.cli.server import connect

    connect(url, key).request("DELETE", _path(source))
    say(f"`{source}` is removed.")


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="As a customer would ask it, in quotes.")],
    topic: Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="Search this topic only.")] = None,
    language: Annotated[str, typer.Option("--language", metavar="LANGUAGE", help="The customer's language.")] = "en",
    url: Url = None,
    key: Key = None,
    as_json: AsJson = False,
) -> None:
    """Try a question: the answer from the sources."""
    from deskhand.cli.server import connect

    asked = {"text": question, "topic": topic, "language": language}
    found = connect(url, key).request("POST", "/v1/knowledge/search", asked)
    if as_json:
        show_json(found)
        return
    answer = found["answer"]
    if answer is None:
        say("The agent would say that it does not know.")
    else:
        say(answer["text"])
        for cite in answer["cites"]:
            page = f", page {cite['page']}" if cite["page"] else ""
            say(f"    from {cite['title']}{page} ({cite['url'] or cite['source']})")
    for one in found["passages"]:
        passage = one["passage"]
        above = passage["question"] or " > ".join(passage["headings"]) or passage["title"]
        say(f"{one['score']:.2f}  {passage['source']} {passage['number']}: {above}")


def _path(slug: str) -> str:
    return "/v1/sources/" + quote(slug, safe="")


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    state = row["state"] if row["enabled"] else "off"
    return (
        row["slug"], row["kind"], state, str(row["passages"]), ", ".join(row["topics"]), when(row["updated_at"]),
        row["name"],
    )  # fmt: skip


def _tell_state(source: dict[str, Any]) -> None:
    if source["state"] == "failed":
        tell(f"`{source['slug']}` is stored, but could not be fetched: {source['problem']}")
        raise typer.Exit(1)
    if source["state"] == "fetching":
        say(f"`{source['slug']}` is being fetched.")
        return
    count = source["passages"]
    say(f"`{source['slug']}` is stored: {count} {'passage' if count == 1 else 'passages'}.")
