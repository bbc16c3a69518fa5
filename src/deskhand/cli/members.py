"""`deskhand members`: who belongs to the workspace, in which role."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from deskhand.cli.commands import Command, Listing
from deskhand.cli.options import AsJson, Key, Url
from deskhand.cli.printing import say, show_json, show_table, tell, when
from deskhand.domain.errors import DeskhandError

if TYPE_CHECKING:
    from deskhand.adapters.edge.rest import RestClient

app = typer.Typer(cls=Listing, help="See who belongs to the workspace, invite and remove people.")

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's e-mail address.")]
Role = Annotated[str, typer.Argument(metavar="ROLE", help="`owner`, `admin` or `agent`.")]


class NoMember(DeskhandError):
    """Nobody with this e-mail address is a member of the workspace: `deskhand members` lists all."""


@app.command("list", cls=Command)
def list_(url: Url = None, key: Key = None, as_json: AsJson = False) -> None:
    """List members, and who is invited.

    The same as `deskhand members` alone.
    """
    from deskhand.cli.server import connect

    server = connect(url, key)
    members = server.request("GET", "/v1/members")["items"]
    invited = server.request("GET", "/v1/invitations")["items"]
    if as_json:
        show_json({"members": members, "invitations": invited})
        return
    if not members and not invited:
        say("No members yet. `deskhand members invite EMAIL` invites somebody.")
        return
    rows = [(one["email"], one["name"], one["role"], f"since {when(one['created_at'])}") for one in members]
    rows += [(one["email"], "", one["role"], _invited(one)) for one in invited]
    show_table(("e-mail", "name", "role", "state"), rows)


@app.command(cls=Command)
def invite(
    email: Email,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="`agent`, `admin` or `owner`.")] = "agent",
    url: Url = None,
    key: Key = None,
) -> None:
    """Invite somebody; the link that lets them in is printed once."""
    from deskhand.cli.server import connect

    made = connect(url, key).request("POST", "/v1/invitations", {"email": email, "role": role})
    say(f"{made['email']} may become `{made['role']}` until {when(made['expires_at'])}: {made['link']}")
    if made["mail"] == "failed":
        tell(f"It was not e-mailed: {made['mail_problem']} Hand the link over yourself.")


@app.command(cls=Command)
def role(email: Email, role: Role, url: Url = None, key: Key = None) -> None:
    """Give a member another role, at once."""
    from deskhand.cli.server import connect

    server = connect(url, key)
    changed = server.request("PATCH", f"/v1/members/{_found(server, email)['id']}", {"role": role})
    say(f"{changed['email']} is `{changed['role']}`.")


@app.command(cls=Command)
def remove(email: Email, url: Url = None, key: Key = None) -> None:
    """Remove a member, or take an invitation back."""
    from deskhand.cli.server import connect

    server = connect(url, key)
    invited = [one for one in server.request("GET", "/v1/invitations")["items"] if one["email"] == _folded(email)]
    if invited:
        server.request("DELETE", f"/v1/invitations/{invited[0]['id']}")
        say(f"The invitation of {invited[0]['email']} is taken back.")
        return
    member = _found(server, email)
    server.request("DELETE", f"/v1/members/{member['id']}")
    say(f"{member['email']} is no member any more.")


def _found(server: "RestClient", email: str) -> dict[str, Any]:
    """The member with this address. Raises NoMember."""
    rows: list[dict[str, Any]] = server.request("GET", "/v1/members")["items"]
    found = [one for one in rows if _folded(email) == one["email"]]
    if not found:
        raise NoMember
    return found[0]


def _folded(email: str) -> str:
    return email.strip().lower()


def _invited(one: dict[str, Any]) -> str:
    return "the invitation has expired" if one["expired"] else f"invited until {when(one['expires_at'])}"
