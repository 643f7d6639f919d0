"""The writing that a PDF holds as text, with the place of every character. Nothing is drawn and no script runs."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from integrations.documents.papers.pieces import Page, Piece, moved, page_of

MOST_PAGES = 60
MOST_CHARS = 40_000  # of a page
LEAST_CHARS = 24  # a page with fewer is a picture
APART = 0.9  # heights: characters further apart are of two pieces
WORD = 0.18  # heights: characters further apart have a blank between them


def pages_of(document: pdfium.PdfDocument) -> list[Page]:
    """The pages that hold text, in order."""
    found = []
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        try:
            pieces = list(_pieces(page))
        finally:
            page.close()
        if sum(len(piece.text) for piece in pieces) >= LEAST_CHARS:
            found.append(page_of(pieces))
    return found


def together(pages: list[Page]) -> Page:
    """All pages under one another."""
    rows: list[tuple[Piece, ...]] = []
    down = 0.0
    for page in pages:
        lowest = max((piece.bottom for piece in page.pieces), default=0.0)
        rows += [tuple(moved(piece, down) for piece in row) for row in page.rows]
        down += lowest + 20
    return Page(tuple(rows))


def _pieces(page: pdfium.PdfPage) -> Iterator[Piece]:
    height = page.get_height()
    text = page.get_textpage()
    try:
        count = min(raw.FPDFText_CountChars(text), MOST_CHARS)
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        run: list[tuple[str, float, float, float, float]] = []
        for place in range(count):
            code = raw.FPDFText_GetUnicode(text, place)
            char = chr(code) if 31 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else ""
            if not char or raw.FPDFText_IsGenerated(text, place) == 1:
                continue
            box = raw.FS_RECTF()
            if not raw.FPDFText_GetLooseCharBox(text, place, box):
                if not raw.FPDFText_GetCharBox(text, place, left, right, bottom, top):
                    continue
                box = raw.FS_RECTF(left.value, top.value, right.value, bottom.value)
            spot = (char, box.left, height - box.top, box.right, height - box.bottom)
            if run and not _follows(run[-1], spot):
                yield from _made(run)
                run = []
            run.append(spot)
        yield from _made(run)
    finally:
        text.close()


def _follows(before: tuple[str, float, float, float, float], spot: tuple[str, float, float, float, float]) -> bool:
    size = max(before[4] - before[2], spot[4] - spot[2], 1.0)
    same_line = abs((before[2] + before[4]) - (spot[2] + spot[4])) < size * 0.6
    one_glyph = before[1] - 0.05 * size <= spot[1]  # the letters of a ligature share one box
    return same_line and one_glyph and spot[1] - before[3] < APART * size


def _made(run: list[tuple[str, float, float, float, float]]) -> Iterator[Piece]:
    chars: list[str] = []
    lefts: list[float] = []
    for place, (char, left, top, _, bottom) in enumerate(run):
        if place and left - run[place - 1][3] > WORD * (bottom - top) and char != " " and chars[-1] != " ":
            chars.append(" ")
            lefts.append(run[place - 1][3])
        chars.append(char)
        lefts.append(left)
    while chars and chars[0].isspace():
        chars, lefts = chars[1:], lefts[1:]
    text = "".join(chars).rstrip()
    if text:
        shown = [spot for spot in run if not spot[0].isspace()]
        yield Piece(
            text,
            lefts[0],
            min(spot[2] for spot in shown),
            shown[-1][3],
            max(spot[4] for spot in shown),
            (),
            tuple(lefts[: len(text)]),
        )
