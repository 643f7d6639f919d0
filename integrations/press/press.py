"""Draws what a message encloses. Text from outside is data to the typesetter: nothing in it is markup or code."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from flows.errors import LendlineError
from flows.messages import Chart, CreditReport, Enclosure
from integrations.press.typesetting import typeset

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

    async def draw(self, enclosed: Enclosure) -> Drawn:
        """The file of an enclosure, made beside the loop. Raises NotDrawn."""
        return await asyncio.to_thread(self.drawn, enclosed)

    def drawn(self, enclosed: Enclosure) -> Drawn:
        """The file of an enclosure. Raises NotDrawn."""
        picture = isinstance(enclosed, Chart)
        form: Literal["pdf", "png"] = "png" if picture else "pdf"
        try:
            data = enclosed.data if isinstance(enclosed, CreditReport) else enclosed.model_dump_json()
            content, _ = typeset(f"{enclosed.kind}.typ", data, form, PIXELS)
        except (RuntimeError, TypeError) as error:  # typst raises its own subclass
            raise NotDrawn(str(error)[:200]) from error
        return Drawn(f"{enclosed.name}.{form}", "image/png" if picture else "application/pdf", content)
