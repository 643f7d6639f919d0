"""`lendline lender rotate` and `events`: new secrets without a gap, and what a lender has sent so far."""

import asyncio
from datetime import UTC, datetime

import click

from bot.commands.opening import Open
from bot.web import access
from flows.conversation import Conversation
from flows.events import LenderPushed
from integrations.database.queries import lenders, views
from integrations.database.sealing import Sealer


@click.command()
@click.argument("lender_id", metavar="ID")
@click.option("--finish", is_flag=True, help="Drop the old secrets: only the newest counts from now on.")
@click.option("--token", "what_token", is_flag=True, help="Replace the token that reads packets; the old one ends now.")
@click.pass_obj
def rotate(opening: Open, lender_id: str, *, finish: bool, what_token: bool) -> None:
    """Give the lender ID a new secret and print it, once. Either counts until --finish."""
    if finish and what_token:
        raise click.UsageError("--finish and --token are two steps; give one of them")
    line = asyncio.run(_rotate(opening, lender_id, finish=finish, token=what_token))
    click.echo(line)


async def _rotate(opening: Open, lender_id: str, *, finish: bool, token: bool) -> str:
    async with opening() as opened:
        if token:
            fresh = await access.renew_token(opened.database, lender_id)
            return f"token   {fresh}"
        if finish:
            dropped = await access.finish_rotation(opened.database, opened.sealer, lender_id)
            return f"{dropped} old {'secret' if dropped == 1 else 'secrets'} dropped"
        fresh = await access.renew_secret(opened.database, opened.sealer, lender_id)
        return f"secret  {fresh}"


@click.command()
@click.argument("lender_id", metavar="ID")
@click.option("--application", "application_id", help="Only events of this application.")
@click.option("--last", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many, newest last.")
@click.pass_obj
def events(opening: Open, lender_id: str, application_id: str | None, last: int) -> None:
    """List what the lender ID has sent and what became of each event."""
    for line in asyncio.run(_events(opening, lender_id, application_id, last)):
        click.echo(line)


async def _events(opening: Open, lender_id: str, application_id: str | None, last: int) -> list[str]:
    async with opening() as opened:
        if await opened.database.read(lenders.find, lender_id) is None:
            raise click.ClickException(f"there is no lender {lender_id}")
        found = await opened.database.read(lenders.pushes, lender_id, last if application_id is None else 1000)
        states: dict[str, Conversation] = {}
        lines = []
        for each in found:
            if each.body is None:
                continue
            pushed = opened.sealer.unseal(LenderPushed, each.body)
            if application_id not in {None, pushed.data.application_id}:
                continue
            if each.conversation_id not in states:
                sealed = await opened.database.read(views.state_of, each.conversation_id)
                if sealed is None:
                    continue
                states[each.conversation_id] = _state(opened.sealer, sealed)
            lines.append(_line(each.at, pushed, states[each.conversation_id]))
        return lines[-last:]


def _state(sealer: Sealer, sealed: bytes) -> Conversation:
    return sealer.unseal(Conversation, sealed)


def _line(at: datetime, pushed: LenderPushed, state: Conversation) -> str:
    submissions = (*state.submissions, *state.past)
    submission = next((each for each in submissions if each.application_id == pushed.data.application_id), None)
    became = "recorded"
    if submission is not None:
        if any(each.webhook_id == pushed.webhook_id for each in submission.waiting):
            became = "waiting"
        elif any(each.shown and each.webhook_id == pushed.webhook_id for each in submission.timeline):
            became = "relayed"
    when = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    data = pushed.data
    return f"{when}  {data.application_id}  {data.sequence:>4}  {data.status:<16}  {became:<8}  {pushed.webhook_id}"
