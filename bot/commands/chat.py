"""`lendline chat`: the same conversation in the terminal, typed by a person or piped in, one line a message."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import click

from bot.logs import configure
from bot.settings import Settings
from bot.terminal import NAME, Terminal
from bot.wiring import House, open_house
from flows.events import Arrival, OwnerSaid
from flows.messages import Attachment, Heard
from integrations.database.queries import conversations

ADDRESS = "here"
QUIET = 20.0
LEAVE = {"/quit", "/exit"}
SEND_FILE = "/file "
RECEIVED = "received"  # files that came with messages


@click.command()
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language to begin in.")
@click.option(
    "--as", "address", default=ADDRESS, show_default=True, help="Name of this conversation; another begins anew."
)
def chat(lang: str, address: str) -> None:
    """Talk to the assistant here. A pipe works too: one line is one message.

    /file PATH sends a file. The conversation is kept and resumed the next time. Leave with /quit.
    """
    settings = Settings()
    configure(settings.log, logging.ERROR)  # nothing may come between two messages
    asyncio.run(_chat(settings, lang, address))


async def _chat(settings: Settings, lang: str, address: str) -> None:
    terminal = Terminal(folder=settings.home / RECEIVED)
    async with open_house(settings, [terminal]) as house:
        known = await house.database.read(conversations.resolve, channel=NAME, address=address, application_id=None)
        conversation = await _say(house, address, Heard(kind="start", language_hint=lang))
        lines = _keyboard(terminal) if sys.stdin.isatty() else _piped()
        if known is None or conversation is None:
            await _settled(house, conversation)
        async for line in lines:
            if line.strip() in LEAVE:
                break
            heard = _heard(line)
            if heard is None:
                click.echo("(there is no such file)", err=True)
                continue
            conversation = await _say(house, address, heard)
            if not sys.stdin.isatty():
                await _settled(house, conversation)
        await _settled(house, conversation)


async def _say(house: House, address: str, heard: Heard) -> str | None:
    taken = await house.door.take(
        Arrival(
            origin=NAME,
            external_id=uuid4().hex,
            event=OwnerSaid(heard=heard),
            at=datetime.now(UTC),
            channel=NAME,
            address=address,
        )
    )
    return taken.conversation_id


def _heard(line: str) -> Heard | None:
    """What a line says: words, or with `/file PATH` a file of this computer; None when there is none."""
    if not line.startswith(SEND_FILE):
        return Heard(kind="text", text=line, message_id=uuid4().hex)
    path = Path(line.removeprefix(SEND_FILE).strip()).expanduser()
    if not path.is_file():
        return None
    file = Attachment(file_id=str(path.resolve()), name=path.name[:255], size=path.stat().st_size)
    return Heard(kind="file", files=(file,), message_id=uuid4().hex)


async def _settled(house: House, conversation: str | None) -> None:
    """Wait until everything that follows from the last line has been printed, within limits."""
    if conversation is not None and not await house.door.settled(conversation, QUIET):
        click.echo("(still working; the rest is shown when it is ready)", err=True)


async def _piped() -> AsyncIterator[str]:
    while line := await asyncio.to_thread(sys.stdin.readline):
        text = line.rstrip("\n")
        if text:
            click.echo(f"\n> {text}")
            yield text


def _keyboard(terminal: Terminal) -> AsyncIterator[str]:
    from bot.keyboard import typed  # noqa: PLC0415 - a pipe needs no line editor, and it takes long to import

    return typed(terminal)
