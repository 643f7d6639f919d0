"""Sheets as a PDF whose words are text, set by Typst."""

from collections.abc import Sequence

import segno
import typst

from tests.papers.sheet import Box, Code, Face, Mark, Rule, Seal, Sheet, Text

_FONTS: dict[Face, str] = {
    "sans": "Noto Sans CJK SC",
    "bold": "Noto Sans CJK SC",
    "serif": "Noto Serif CJK SC",
    "mono": "Noto Sans Mono CJK SC",
}
_SHIFTS = {"l": "0pt", "m": "-0.5 * size.width", "r": "-1 * size.width"}


def pdf(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a PDF."""
    pages = ["\n".join([_page(each), *map(_mark, each.marks)]) for each in sheets]
    made = typst.compile("\n#pagebreak(weak: true)\n".join(pages).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def _page(sheet: Sheet) -> str:
    return f"#set page(width: {sheet.width}mm, height: {sheet.height}mm, margin: 0mm)"


def _mark(mark: Mark) -> str:
    if isinstance(mark, Text):
        return _text(mark)
    if isinstance(mark, Rule):
        stroke = f'{mark.width}mm + rgb("{mark.colour}")'
        ends = f"start: ({mark.x}mm, {mark.y}mm), end: ({mark.to_x}mm, {mark.to_y}mm)"
        return f"#place(line({ends}, stroke: {stroke}))"
    if isinstance(mark, Box):
        stroke = f'0.2mm + rgb("{mark.outline}")' if mark.outline else "none"
        return _rect(mark.x, mark.y, mark.width, mark.height, f'rgb("{mark.fill}")' if mark.fill else "none", stroke)
    if isinstance(mark, Seal):
        at = f"dx: {mark.x - mark.radius}mm, dy: {mark.y - mark.radius}mm"
        return f"#place({at}, circle(radius: {mark.radius}mm, stroke: 0.6mm + rgb(200, 30, 30, 120)))"
    return _code(mark)


def _text(mark: Text) -> str:
    weight = 700 if mark.face == "bold" else 400
    style = f'font: "{_FONTS[mark.face]}", size: {mark.size}pt, weight: {weight}, fill: rgb("{mark.colour}")'
    quoted = mark.text.replace("\\", "\\\\").replace('"', '\\"')
    body = f'#text({style}, top-edge: "ascender")[#"{quoted}"]'
    at = f"dx: {mark.x}mm + {_SHIFTS[mark.anchor]}, dy: {mark.y}mm"
    return f"#context {{ let it = box[{body}]; let size = measure(it); place({at}, it) }}"


def _rect(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> str:
    size = f"width: {width:.3f}mm, height: {height:.3f}mm"
    return f"#place(dx: {x:.3f}mm, dy: {y:.3f}mm, rect({size}, fill: {fill}, stroke: {stroke}))"


def _code(mark: Code) -> str:
    """A code as black squares on white."""
    rows = [list(row) for row in segno.make(mark.text, error="m", micro=False).matrix_iter(border=2)]
    side = mark.size / len(rows)
    dark = [(x * side, y * side) for y, row in enumerate(rows) for x, black in enumerate(row) if black]
    squares = [_rect(mark.x + x, mark.y + y, side * 1.02, side * 1.02, "black") for x, y in dark]
    return "\n".join([_rect(mark.x, mark.y, mark.size, mark.size, "white"), *squares])
