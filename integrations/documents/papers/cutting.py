"""Finding what stands beside or below a label, in whatever pieces the writing was found."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from integrations.documents.papers.pieces import Page, Piece, without_edges

STOP = ""  # a label of something we do not read: it ends a value
GAP = 2.6  # heights: what stands further apart on a row is of another column
BELOW = 2.4  # heights: how far under its label a value may begin
CONTINUES = 0.75  # heights: how far under its first line the next line of a value may begin
ALIGNED = 1.3  # heights: how far lines of one value may begin beside one another


@dataclass(frozen=True, slots=True)
class Wanted:
    """Labels of one value and how far it may reach: how many lines, and whether it may stand below its label."""

    labels: tuple[str, ...]
    lines: int = 1
    below: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a row: a label (`name` not None, STOP for a foreign one) or writing."""

    piece: Piece
    name: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at a label: the pieces of the value, line by line."""

    lines: tuple[tuple[Piece, ...], ...]

    @property
    def text(self) -> str:
        """The value as one text; lines of Chinese writing run on, others are parted by a blank."""
        return joined(" ".join(piece.text for piece in line) for line in self.lines)

    @property
    def score(self) -> float:
        """How sure the least sure character is."""
        return min((score for line in self.lines for piece in line for score in piece.scores), default=1.0)


def joined(lines: Iterable[str]) -> str:
    """Lines as one text."""
    text = ""
    for line in lines:
        part = line.strip()
        if not part:
            continue
        apart = text and part[0].isascii() and text[-1].isascii() and text[-1] not in "-("
        text = f"{text} {part}" if apart else text + part
    return text


def find(page: Page, wanted: Mapping[str, Wanted], stops: Sequence[str]) -> dict[str, list[Found]]:
    """What stands at each label, the first first. A label that has nothing beside or below it is left out."""
    pattern = _pattern(tuple((name, spec.labels) for name, spec in wanted.items()), tuple(stops))
    rows = [[cell for piece in row for cell in _cut(piece, pattern)] for row in page.rows]
    found: dict[str, list[Found]] = {}
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell.name:
                value = _value(rows, number, place, wanted[cell.name], page.height)
                if value is not None:
                    found.setdefault(cell.name, []).append(value)
    return found


def _value(rows: Sequence[Sequence[Cell]], number: int, place: int, spec: Wanted, height: float) -> Found | None:
    label = rows[number][place].piece
    first = _beside(rows[number], place, max(label.height, height * 0.6))
    at = number
    if not first and spec.below:
        at, first = _under(rows, number, label, height)
    if not first:
        return None
    lines = [first]
    tall = max(first[0].height, height * 0.6)
    left, bottom = first[0].left, max(piece.bottom for piece in first)
    right = first[-1].right if left > label.right + tall else math.inf  # values that end at one edge, as on phones
    most = spec.lines if _full(rows, first, tall) else 1
    for row_number in range(at + 1, min(at + 8, len(rows))):
        if len(lines) >= most:
            break
        line = _continued(rows[row_number], label, (left, right), bottom, tall)
        if line is None:
            break
        if line:
            lines.append(line)
            bottom = max(piece.bottom for piece in line)
    return Found(tuple(tuple(line) for line in lines))


def _full(rows: Sequence[Sequence[Cell]], line: Sequence[Piece], tall: float) -> bool:
    """Whether a line of Chinese writing fills its column, so that it may go on below. Others break where they like."""
    if not any(char > "\u3400" for piece in line for char in piece.text):
        return True
    column = [cell.piece for row in rows for cell in row if abs(cell.piece.left - line[0].left) < tall]
    return line[-1].right > max(piece.right for piece in column) - 4 * tall


def _beside(row: Sequence[Cell], place: int, height: float) -> list[Piece]:
    """The writing right of a label, up to the next label or a gap between columns."""
    return _run(row, place, height, [])


def _from(row: Sequence[Cell], place: int, height: float) -> list[Piece]:
    """The writing that begins with a piece, up to the next label or a gap between columns."""
    return _run(row, place, height, [row[place].piece])


def _run(row: Sequence[Cell], place: int, height: float, taken: list[Piece]) -> list[Piece]:
    for cell in row[place + 1 :]:
        if cell.name is not None:
            break
        if taken and cell.piece.left - taken[-1].right > GAP * height:
            break
        if taken and _stray(cell.piece) and not all(_stray(each) for each in taken):
            continue  # a character of a seal that lies over the row
        taken.append(cell.piece)
    return taken


def _stray(piece: Piece) -> bool:
    return len(piece.text) == 1 and not piece.text.isascii()


def _under(rows: Sequence[Sequence[Cell]], number: int, label: Piece, height: float) -> tuple[int, list[Piece]]:
    """The writing below a label that begins or ends where it does, or is centred under it."""
    for at in range(number + 1, min(number + 5, len(rows))):
        for place, cell in enumerate(rows[at]):
            piece = cell.piece
            if piece.top - label.bottom > BELOW * max(label.height, height):
                return number, []
            near = abs(piece.left - label.left) < ALIGNED * max(piece.height, label.height)
            centred = abs((piece.left + piece.right) - (label.left + label.right)) < label.height * 2
            ends = abs(piece.right - label.right) < 0.5 * label.height
            if near or centred or ends:
                if cell.name is not None:
                    return number, []
                return at, _from(rows[at], place, piece.height)
    return number, []


def _continued(
    row: Sequence[Cell], label: Piece, edges: tuple[float, float], bottom: float, tall: float
) -> list[Piece] | None:
    """The next line of a value; empty when the row is of another column, None when the value has ended."""
    for place, cell in enumerate(row):
        piece = cell.piece
        if abs(piece.left - edges[0]) > ALIGNED * tall and abs(piece.right - edges[1]) > 0.5 * tall:
            continue
        if cell.name is not None or piece.top - bottom > CONTINUES * tall or piece.bottom < bottom:
            return None
        before = [each for each in row[:place] if each.piece.left > label.left - 2 * tall]
        if any(each.name is not None for each in before):
            return None
        return _from(row, place, tall)
    if row and min(cell.piece.top for cell in row) - bottom > CONTINUES * tall:
        return None
    return []


@cache
def _pattern(labels: tuple[tuple[str, tuple[str, ...]], ...], stops: tuple[str, ...]) -> re.Pattern[str]:
    """One expression of all labels, the longest first, so that a short one never cuts a long one in two."""
    named = [(label, name) for name, each in labels for label in each] + [(label, STOP) for label in stops]
    named.sort(key=lambda pair: -len(_AROUND.sub("", pair[0])))
    groups = []
    for place, (label, name) in enumerate(named):
        groups.append(f"(?P<{f'l{place}_{name}' if name else f'l{place}'}>{label}{_UNIT})")
    return re.compile("|".join(groups))


def _cut(piece: Piece, pattern: re.Pattern[str]) -> list[Cell]:
    """A piece cut at the labels in it. Inside a piece a label counts at the start, after a gap, or before a colon."""
    squeezed, places = _squeezed(piece.text)
    cells: list[Cell] = []
    done = 0
    for match in pattern.finditer(squeezed):
        start, end = places[match.start()], places[match.end() - 1] + 1
        if start < done:
            continue
        if not _stands_alone(piece, start, end, done):
            continue
        if start > done:
            cells.append(Cell(piece.part(done, start), None))
        name = (match.lastgroup or "").partition("_")[2]
        cells.append(Cell(piece.part(start, end), name))
        done = end
    if done < len(piece.text):
        cells.append(Cell(piece.part(done, len(piece.text)), None))
    trimmed = [Cell(without_edges(cell.piece), cell.name) for cell in cells]
    return [cell for cell in trimmed if cell.piece.text or cell.name is not None]


def _stands_alone(piece: Piece, start: int, end: int, done: int) -> bool:
    after = piece.text[end:].lstrip(" \u3000")
    latin = piece.text[end - 1].isascii() and piece.text[end - 1].isalpha()
    if (
        latin
        and piece.text[end : end + 1].isalpha()
        and piece.text[end].islower()
        and not piece.text[end - 1].isupper()
    ):
        return False  # part of a longer word
    if start == done or not piece.text[done:start].strip(" \u3000;；|·"):
        return True
    if after[:1] in {":", "："}:
        return True
    gap = piece.place(start) - piece.place(start - 1)
    return piece.text[start - 1] in " \u3000" and (not latin or gap > piece.height * 1.2)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text in small letters without blanks, and where each of its characters came from."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char not in " \t\u3000":
            folded = _FOLDED.get(char, char).casefold()
            chars.append(folded if len(folded) == 1 else char)
            places.append(place)
    return "".join(chars), places


_AROUND = re.compile(r"\(\?<?[!=][^)]*\)")  # what must not stand beside a label does not make it longer
_UNIT = r"(?:\((?:元|人民币元?|单位[::]元|rmb|cny|gbp|¥|£)\)|(?:gbp|cny|rmb)$)?"  # of an amount
_FOLDED = {"（": "(", "）": ")", "：": ":", "，": ",", "．": ".", "’": "'"}
