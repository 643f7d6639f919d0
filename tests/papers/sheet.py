"""A sheet as a list of marks in millimetres, which become a picture; `typeset` makes a PDF of them."""

import functools
import io
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import segno
from PIL import Image, ImageDraw, ImageFont

Face = Literal["sans", "bold", "serif", "mono"]
_FILES: dict[Face, tuple[tuple[str, int], ...]] = {
    "sans": (("NotoSansCJK-Regular.ttc", 2),),
    "bold": (("NotoSansCJK-Bold.ttc", 2),),
    "serif": (("NotoSerifCJK-Regular.ttc", 2),),
    "mono": (("NotoSansCJK-Regular.ttc", 7),),
}
FOLDER = Path("/usr/share/fonts/opentype/noto")
PT = 25.4 / 72


def fonts_here() -> bool:
    """Whether the fonts that papers are drawn with are installed (Debian: fonts-noto-cjk)."""
    return all((FOLDER / name).exists() for choice in _FILES.values() for name, _ in choice)


@functools.cache
def font(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    name, index = _FILES[face][0]
    return ImageFont.truetype(str(FOLDER / name), pixels, index=index)


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    text: str
    size: float  # points
    face: Face = "sans"
    anchor: Literal["l", "m", "r"] = "l"
    colour: str = "#1a1a1a"


@dataclass(frozen=True)
class Rule:
    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 0.2
    colour: str = "#444444"


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    outline: str | None = "#444444"


@dataclass(frozen=True)
class Seal:
    x: float
    y: float
    radius: float
    text: str


@dataclass(frozen=True)
class Code:
    x: float
    y: float
    size: float
    text: str


Mark = Text | Rule | Box | Seal | Code


@dataclass
class Sheet:
    """One page. `y` of a text is its top."""

    width: float
    height: float
    paper: str = "#fdfcf8"
    marks: list[Mark] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 10,
        face: Face = "sans",
        anchor: Literal["l", "m", "r"] = "l",
        colour: str = "#1a1a1a",
    ) -> None:
        self.marks.append(Text(x, y, text, size, face, anchor, colour))

    def lines(
        self, x: float, y: float, text: str, size: float, width: int, gap: float = 1.55, face: Face = "sans"
    ) -> float:
        """Wrapped text of at most `width` Chinese characters a line; where the next line would begin."""
        for line in wrapped(text, width):
            self.text(x, y, line, size, face)
            y += size * PT * gap
        return y

    def rule(self, x: float, y: float, to_x: float, to_y: float, width: float = 0.2, colour: str = "#444444") -> None:
        self.marks.append(Rule(x, y, to_x, to_y, width, colour))

    def box(
        self, x: float, y: float, width: float, height: float, fill: str | None = None, outline: str | None = "#444444"
    ) -> None:
        self.marks.append(Box(x, y, width, height, fill, outline))

    def seal(self, x: float, y: float, radius: float, text: str) -> None:
        self.marks.append(Seal(x, y, radius, text))

    def code(self, x: float, y: float, size: float, text: str) -> None:
        self.marks.append(Code(x, y, size, text))


def wrapped(text: str, width: int) -> list[str]:
    """Text cut into lines as wide as `width` Chinese characters; Latin words stay whole."""
    if text.isascii():
        lines, line = [], ""
        for word in text.split():
            if line and len(line) + 1 + len(word) > width * 2:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        return [*lines, line]
    lines, line, used = [], "", 0.0
    for char in text:
        wide = 0.55 if char.isascii() else 1.0
        if used + wide > width:
            lines.append(line)
            line, used = "", 0.0
        line += char
        used += wide
    return [*lines, line] if line else lines


def picture(sheet: Sheet, dots: float = 6.0) -> Image.Image:
    """The sheet as a picture of `dots` pixels a millimetre."""
    image = Image.new("RGB", (round(sheet.width * dots), round(sheet.height * dots)), sheet.paper)
    draw = ImageDraw.Draw(image)
    seals = [mark for mark in sheet.marks if isinstance(mark, Seal)]
    for mark in sheet.marks:
        if isinstance(mark, Text):
            face = font(mark.face, max(6, round(mark.size * PT * dots)))
            draw.text((mark.x * dots, mark.y * dots), mark.text, fill=mark.colour, font=face, anchor=f"{mark.anchor}a")
        elif isinstance(mark, Rule):
            ends = (mark.x * dots, mark.y * dots, mark.to_x * dots, mark.to_y * dots)
            draw.line(ends, fill=mark.colour, width=max(1, round(mark.width * dots)))
        elif isinstance(mark, Box):
            edges = (mark.x * dots, mark.y * dots, (mark.x + mark.width) * dots, (mark.y + mark.height) * dots)
            draw.rectangle(edges, fill=mark.fill, outline=mark.outline, width=max(1, round(0.2 * dots)))
        elif isinstance(mark, Code):
            image.paste(_code(mark, dots), (round(mark.x * dots), round(mark.y * dots)))
    for mark in seals:
        image = _sealed(image, mark, dots)
    return image


def _code(mark: Code, dots: float) -> Image.Image:
    buffer = io.BytesIO()
    segno.make(mark.text, error="m", micro=False).save(buffer, kind="png", scale=4, border=2)
    return Image.open(buffer).convert("RGB").resize((round(mark.size * dots),) * 2, Image.Resampling.NEAREST)


def _sealed(image: Image.Image, seal: Seal, dots: float) -> Image.Image:
    """A round red seal over what is printed, as thin as ink."""
    size = round(seal.radius * 2 * dots)
    layer = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    red = (200, 30, 30, 120)
    draw.ellipse((2, 2, size - 3, size - 3), outline=red, width=max(2, size // 40))
    face = font("serif", max(6, size // 9))
    for place, char in enumerate(seal.text):
        turn = math.pi * (1.15 - 1.3 * (place + 0.5) / len(seal.text)) if len(seal.text) > 1 else math.pi / 2
        x, y = size / 2 + math.cos(turn) * size * 0.37, size / 2 - math.sin(turn) * size * 0.37
        draw.text((x, y), char, fill=red, font=face, anchor="mm")
    points = [
        (size / 2 + math.sin(n * math.pi / 5) * size * (0.16 if n % 2 == 0 else 0.065),
         size / 2 - math.cos(n * math.pi / 5) * size * (0.16 if n % 2 == 0 else 0.065))
        for n in range(10)
    ]  # fmt: skip
    draw.polygon(points, fill=red)
    base = image.convert("RGBA")
    base.alpha_composite(
        layer, (max(0, round((seal.x - seal.radius) * dots)), max(0, round((seal.y - seal.radius) * dots)))
    )
    return base.convert("RGB")
