"""Pieces of writing with their place on the page, put upright and into rows."""

import math
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

_SPREAD = frozenset(
    "名称 类型 住所 合计 地址 备注 姓名 性别 民族 出生 住址 户名 户号 编号 日期 电话 金额 税额 甲方 乙方".split()  # noqa: SIM905
)
LONG = 4.0  # a piece this many times as wide as high tells how the paper lies
MOST_SLOPE = 0.35
Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of writing: its text, its edges, and how sure each character is (0 to 1, nothing: surely).

    `lefts` is where each character begins, where that is known.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    scores: tuple[float, ...] = ()
    lefts: tuple[float, ...] = ()

    @property
    def height(self) -> float:
        """How high the writing is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Where the middle of the line is, from the top."""
        return (self.top + self.bottom) / 2

    def part(self, start: int, end: int) -> "Piece":
        """The characters from `start` to `end` as a piece of their own."""
        return Piece(
            self.text[start:end],
            self.place(start),
            self.top,
            self.right if end >= len(self.text) else self.place(end),
            self.bottom,
            self.scores[start:end],
            self.lefts[start:end],
        )

    def place(self, index: int) -> float:
        """Where a character begins."""
        if self.lefts and index < len(self.lefts):
            return self.lefts[index]
        total = sum(map(_wide, self.text)) or 1.0
        return self.left + (self.right - self.left) * sum(map(_wide, self.text[:index])) / total


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its rows from top to bottom, each from left to right."""

    rows: tuple[tuple[Piece, ...], ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces in reading order."""
        return tuple(piece for row in self.rows for piece in row)

    @property
    def text(self) -> str:
        """The writing, a row a line."""
        return "\n".join(" ".join(piece.text for piece in row) for row in self.rows)

    @property
    def height(self) -> float:
        """How high writing usually is on this page."""
        return median(piece.height for piece in self.pieces) if self.rows else 1.0


@dataclass(frozen=True, slots=True)
class Quad:
    """A run of writing as it lies in a picture: its corners clockwise from where the writing begins."""

    text: str
    corners: tuple[Corner, Corner, Corner, Corner]
    scores: tuple[float, ...] = ()
    starts: tuple[float, ...] = ()  # of each character, as a share of the length


def page_of(pieces: Iterable[Piece]) -> Page:
    """Pieces as rows: those whose middles lie within one another's height are of one row."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: each.middle):
        row = next((each for each in reversed(rows[-4:]) if _beside(each, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    rows = [_closed_up(sorted(row, key=lambda each: each.left)) for row in rows]
    rows.sort(key=lambda row: min(each.middle for each in row))
    return Page(tuple(tuple(row) for row in rows))


def upright(quads: Sequence[Quad]) -> Page:
    """The page of pieces that lie askew: the slope, which may change over the picture, is taken out.

    The slope of writing at (x, y) is fitted as a + bx + cy over long pieces, so that a paper taken from one side
    comes out straight as well.
    """
    flat = _flattening(quads)
    found = []
    for quad in quads:
        points = [flat(corner) for corner in quad.corners]
        left = min((points[0][0] + points[3][0]) / 2, (points[1][0] + points[2][0]) / 2)
        right = max((points[0][0] + points[3][0]) / 2, (points[1][0] + points[2][0]) / 2)
        top, bottom = (points[0][1] + points[1][1]) / 2, (points[2][1] + points[3][1]) / 2
        starts = tuple(left + (right - left) * share for share in quad.starts)
        found.append(Piece(quad.text, left, min(top, bottom), right, max(top, bottom), quad.scores, starts))
    return page_of(found)


def _flattening(quads: Sequence[Quad]) -> Callable[[Corner], Corner]:
    """What takes the slope out of a place."""
    samples = []
    for quad in quads:
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad.corners
        run, rise = ((x1 - x0) + (x2 - x3)) / 2, ((y1 - y0) + (y2 - y3)) / 2
        tall = (math.dist((x0, y0), (x3, y3)) + math.dist((x1, y1), (x2, y2))) / 2
        if run > LONG * tall and abs(rise) < MOST_SLOPE * run:
            samples.append(((x0 + x1 + x2 + x3) / 4, (y0 + y1 + y2 + y3) / 4, rise / run, run))
    a, b, c = _fitted(samples)

    def flat(corner: Corner) -> Corner:
        x, y = corner
        slope = a + b * x / 2 + c * y
        return x + (a + b * x + c * y) * y, y - slope * x

    return flat


def _fitted(samples: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float]:
    """Least squares of slope = a + bx + cy, weighted by length; a constant slope when there are few samples."""
    if not samples:
        return 0.0, 0.0, 0.0
    level = median(slope for _, _, slope, _ in samples)
    near = [each for each in samples if abs(each[2] - level) < 0.1]
    if len(near) < 6:
        return level, 0.0, 0.0
    span = max(max(abs(x), abs(y)) for x, y, _, _ in near) or 1.0
    rows = [[0.0] * 4 for _ in range(3)]
    for x, y, slope, weight in near:
        terms = (1.0, x / span, y / span)
        for i in range(3):
            for j in range(3):
                rows[i][j] += weight * terms[i] * terms[j]
            rows[i][3] += weight * terms[i] * slope
    for i in range(1, 3):
        rows[i][i] += 0.02 * rows[0][0]  # a slope that hardly changes is likelier than one that does
    for i in range(3):
        for j in range(3):
            if i != j and rows[i][i]:
                factor = rows[j][i] / rows[i][i]
                rows[j] = [one - factor * two for one, two in zip(rows[j], rows[i], strict=True)]
    a, b, c = (rows[i][3] / rows[i][i] if rows[i][i] else 0.0 for i in range(3))
    return a, b / span, c / span


def _beside(row: Sequence[Piece], piece: Piece) -> bool:
    near = min(row, key=lambda each: abs(each.left - piece.left))
    reach = 0.5 * min(near.height, piece.height) + 0.1 * max(near.height, piece.height)
    return abs(near.middle - piece.middle) < reach


def _closed_up(row: Sequence[Piece]) -> list[Piece]:
    """A row in which labels that are printed with wide gaps between their characters are one piece again."""
    out: list[Piece] = []
    for piece in row:
        before = out[-1] if out else None
        if before is not None and piece.left - before.right < 6 * before.height:
            bare = (before.text + piece.text).replace(" ", "").rstrip(":：")
            if bare in _SPREAD and len(before.text.strip()) == 1:
                text = before.text + piece.text
                lefts = (before.left, *(piece.lefts or tuple(piece.place(at) for at in range(len(piece.text)))))
                scores = (*(before.scores or (1.0,)), *(piece.scores or (1.0,) * len(piece.text)))
                out[-1] = Piece(
                    text,
                    before.left,
                    min(before.top, piece.top),
                    piece.right,
                    max(before.bottom, piece.bottom),
                    scores,
                    lefts,
                )
                continue
        out.append(piece)
    return out


def _wide(char: str) -> float:
    return 2.0 if unicodedata.east_asian_width(char) in "WF" else 1.0


def without_edges(piece: Piece) -> Piece:
    """The piece without blanks and colons around it."""
    start, end = 0, len(piece.text)
    while start < end and piece.text[start] in _EDGES:
        start += 1
    while end > start and piece.text[end - 1] in " \t\u3000":
        end -= 1
    return piece if (start, end) == (0, len(piece.text)) else piece.part(start, end)


def moved(piece: Piece, down: float) -> Piece:
    """The piece further down, for pages put under one another."""
    return replace(piece, top=piece.top + down, bottom=piece.bottom + down)


_EDGES = frozenset(" \t\u3000:：;；·|_-—.．")
