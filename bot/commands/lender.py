"""`lendline lender`: let a lender call us, and try its webhook from the command line."""

import asyncio
import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import click
import httpx
from pydantic import JsonValue, TypeAdapter, ValidationError

from bot.commands.lender_access import events, rotate
from bot.commands.lender_system import connect
from bot.commands.opening import Open, Opened, from_settings
from bot.web import access
from flows.conversation import Conversation
from integrations.database.queries import lenders, views
from integrations.lenders import signature

__all__ = ["Open", "Opened", "lender"]
SECONDS = 20.0
_MEMBERS: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])


@click.group()
@click.pass_context
def lender(context: click.Context) -> None:
    """Let a lender call Lendline, and try its webhook."""
    if context.obj is None:
        context.obj = from_settings


lender.add_command(rotate)
lender.add_command(events)
lender.add_command(connect)


@lender.command()
@click.argument("lender_id", metavar="ID")
@click.option("--name", help="The lender's name for staff; the id when not given.")
@click.pass_obj
def add(opening: Open, lender_id: str, name: str | None) -> None:
    """Let the lender ID push statuses and read packets; prints its secret and token, once."""
    new = asyncio.run(_add(opening, lender_id, name or lender_id))
    click.echo(f"lender  {new.lender_id}")
    click.echo(f"secret  {new.secret}")
    click.echo(f"token   {new.token}")
    click.echo(f"key     {new.packet_key}")
    click.echo(
        "Keep both now: they are not shown again. The secret signs events, the token reads packets, "
        "the key is no secret: packets are signed with it.",
        err=True,
    )


@lender.command()
@click.argument("lender_id", metavar="LENDER")
@click.argument("application_id", metavar="APPLICATION")
@click.argument("status", metavar="STATUS")
@click.option(
    "--json", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="More members of `data`."
)
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where the server is.")
@click.option("--secret", help="Sign with this secret instead of the stored one.")
@click.option("--sequence", type=click.IntRange(min=0), help="Default: the one after the last that was stored.")
@click.option("--corrects", metavar="WEBHOOK_ID", help="The event that this one puts right.")
@click.pass_obj
def push(
    opening: Open,
    lender_id: str,
    application_id: str,
    status: str,
    *,
    file: Path | None,
    url: str,
    secret: str | None,
    sequence: int | None,
    corrects: str | None,
) -> None:
    """Sign STATUS of APPLICATION as LENDER, send it to a running server and print its answer."""
    more = _members(file)
    given = more.get("sequence") if sequence is None else sequence
    if secret is None or given is None:
        stored_secret, next_sequence = asyncio.run(_look_up(opening, lender_id, application_id))
        secret = secret or stored_secret
        given = next_sequence if given is None else given
    now = datetime.now(UTC)
    data: dict[str, JsonValue] = {"occurred_at": now.isoformat(), **more}
    data |= {"application_id": application_id, "status": status, "sequence": given}
    event: dict[str, JsonValue] = {
        "type": "loan_application.status_changed",
        "timestamp": now.isoformat(),
        "data": data,
    }
    if corrects is not None:
        event["corrects"] = corrects
    answer = _send(f"{url.rstrip('/')}/lenders/{quote(lender_id, safe='')}/events", event, secret, now)
    click.echo(f"{answer.status_code} {answer.reason_phrase}")
    click.echo(answer.text)
    if not answer.is_success:
        raise click.ClickException("the server did not take the event")


async def _add(opening: Open, lender_id: str, name: str) -> access.Credentials:
    async with opening() as opened:
        return await access.register(opened.database, opened.sealer, lender_id, name, datetime.now(UTC))


def _members(file: Path | None) -> dict[str, JsonValue]:
    if file is None:
        return {}
    try:
        return _MEMBERS.validate_json(file.read_bytes())
    except ValidationError as error:
        raise click.ClickException(f"{file} is not a JSON object with members of `data`") from error


async def _look_up(opening: Open, lender_id: str, application_id: str) -> tuple[str, int]:
    """The newest secret of a lender, and the sequence that comes next for an application (0 for an unknown one)."""
    async with opening() as opened:
        stored = await opened.database.read(lenders.find, lender_id)
        if stored is None:
            raise click.ClickException(f"there is no lender {lender_id}; add it, or give --secret and --sequence")
        secret = access.secrets_of(stored, opened.sealer)[0]
        application = await opened.database.read(lenders.find_application, application_id)
        if application is None:
            return secret, 0
        sealed = await opened.database.read(views.state_of, application.conversation_id)
        if sealed is None:
            return secret, 0
        return secret, _next_sequence(opened.sealer.unseal(Conversation, sealed), application_id)


def _next_sequence(conversation: Conversation, application_id: str) -> int:
    submissions = (*conversation.submissions, *conversation.past)
    known = next((each for each in submissions if each.application_id == application_id), None)
    if known is None:
        return 0
    return max((known.sequence, *(each.data.sequence for each in known.waiting))) + 1


def _send(url: str, event: dict[str, JsonValue], secret: str, now: datetime) -> httpx.Response:
    body = json.dumps(event, ensure_ascii=False).encode()
    try:
        headers = signature.sign(body, f"msg_{secrets.token_hex(12)}", (secret,), now)
    except ValueError as error:
        raise click.ClickException("the secret is not a `whsec_` secret") from error
    try:
        return httpx.post(
            url, content=body, headers=headers | {"content-type": "application/json"}, timeout=SECONDS, trust_env=False
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise click.ClickException(
            f"no answer from {url} ({type(error).__name__}); is `lendline up` running?"
        ) from error
