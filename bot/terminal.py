"""The terminal as a channel: text with numbered options, the same conversation as in any messenger."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from bot.channels import Can, FileGone, Pace
from bot.rendering import Rendered, render
from flows.messages import Enclosure, Say
from integrations.press.press import NotDrawn, Press

NAME = "terminal"
CAN = Can(
    text=20_000,
    button=60,
    buttons=0,
    per_row=1,
    data_bytes=64,
    edit=False,
    bold=True,
    contact=False,
    url=False,
)
BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


class Terminal:
    """Prints what the assistant says. Files that come with a message are put into `folder`, when there is one."""

    name = NAME
    can = CAN
    pace = Pace(per_chat=0, overall=1000)

    def __init__(
        self,
        out: TextIO = sys.stdout,
        *,
        colour: bool | None = None,
        folder: Path | None = None,
        press: Press | None = None,
    ) -> None:
        self._out = out
        self._folder = folder
        self._press = press or Press()
        self._colour = out.isatty() if colour is None else colour
        self._sent = 0
        self.labels: tuple[str, ...] = ()
        self.on_message: Callable[[], None] | None = None

    async def deliver(self, address: str, say: Say, previous: str | None) -> str:
        """Print a message; a card that is replaced is printed anew."""
        del address, previous
        for part in render(say, self.can):
            self._out.write(f"\n{self._painted(part)}\n")
        if say.enclosed is not None and self._folder is not None:
            await self._keep(say.enclosed, self._folder)
        self._out.flush()
        if say.choices:
            self.labels = tuple(choice.label for choice in say.choices if choice.kind == "pick")
        if self.on_message is not None:
            self.on_message()
        self._sent += 1
        return str(self._sent)

    async def fetch(self, file_id: str, most: int) -> bytes:
        """The content of a file on this computer, which its user named."""
        try:
            content = await asyncio.to_thread(_beginning, Path(file_id), most + 1)
        except OSError as error:
            raise FileGone(type(error).__name__) from error
        if len(content) > most:
            raise FileGone("too large")
        return content

    async def _keep(self, enclosed: Enclosure, folder: Path) -> None:
        """Put a file that came with a message where its reader can open it, and say where that is."""
        try:
            drawn = await self._press.draw(enclosed)
            await asyncio.to_thread(_put, folder / drawn.name, drawn.content)
        except (NotDrawn, OSError) as error:
            self._out.write(f"(no file: {type(error).__name__})\n")
        else:
            self._out.write(f"→ {folder / drawn.name}\n")

    async def retire(self, address: str, message_id: str) -> None:
        """Leave old cards as they are: nothing printed can be taken back."""

    def _painted(self, part: Rendered) -> str:
        if not self._colour:
            return part.text
        return "".join(f"{BOLD}{span.text}{PLAIN}" if span.bold else span.text for span in part.spans)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)


def _beginning(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)
