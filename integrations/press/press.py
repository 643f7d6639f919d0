"""Draws what a message encloses. Text from outside is data to the typesetter: nothing in it is markup or code."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import LendlineError
from flows.messages import Chart, Enclosure

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATES = Path(__file__).parent
PIXELS = 180  # an inch: a phone shows the picture sharp, and it stays below 100 KB


@dataclass(frozen=True)
class Drawn:
    """A file ready to be sent."""

    name: str
    media_type: str
    content: bytes


@dataclass
class NotDrawn(LendlineError):
    """The typesetter failed. What the message says in words still counts."""

    reason: str

    def __str__(self) -> str:
        return f"the enclosure could not be drawn: {self.reason}"


class Press:
    """The typesetter, loaded when something is drawn for the first time."""

    def __init__(self) -> None:
        self._compiler: Compiler | None = None

    async def draw(self, enclosed: Enclosure) -> Drawn:
        """The file of an enclosure, made beside the loop. Raises NotDrawn."""
        return await asyncio.to_thread(self.drawn, enclosed)

    def drawn(self, enclosed: Enclosure) -> Drawn:
        """The file of an enclosure. Raises NotDrawn."""
        picture = isinstance(enclosed, Chart)
        inputs = {"data": enclosed.model_dump_json()}
        try:
            content = self._opened().compile(
                str(TEMPLATES / f"{enclosed.kind}.typ"),
                format="png" if picture else "pdf",
                ppi=PIXELS,
                sys_inputs=inputs,
            )
        except RuntimeError as error:  # typst raises its own subclass
            raise NotDrawn(str(error)[:200]) from error
        if not isinstance(content, bytes):
            raise NotDrawn("more pages than a picture has")
        if picture:
            return Drawn(f"{enclosed.name}.png", "image/png", content)
        return Drawn(f"{enclosed.name}.pdf", "application/pdf", content)

    def _opened(self) -> "Compiler":
        if self._compiler is None:
            from typst import Compiler  # noqa: PLC0415 - 30 MB that most processes never need

            self._compiler = Compiler(root=str(TEMPLATES))
        return self._compiler
