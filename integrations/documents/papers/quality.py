"""Why a picture was not read well: too dark, out of focus, too small, glaring, or cut off."""

from statistics import median

import numpy as np
from PIL import Image

from flows.application.papers.table import UNKNOWN
from integrations.documents.document import PaperReading
from integrations.documents.papers.interpreting import sure
from integrations.documents.papers.pieces import Page

DARK = 42.0  # mean grey, 0 to 255
SHARP = 60.0  # variance of the Laplacian of the grey picture at reading size
SMALL = 11.0  # pixels: writing lower than this is not read well
GLARING = 0.02  # share of the picture that is burnt out around something greyer
AT_EDGE = 3  # pieces of writing that touch the edge of the picture
COLOURED, SCENE = 70, 0.3  # saturation, 0 to 255, and the share of a picture of a place that has it
SIGNS = 25  # pieces of writing: a shop's signs and shelves show fewer
FEW = 4  # pieces: with fewer there is no paper in the picture


def problem(reading: PaperReading, page: Page, image: Image.Image) -> str:
    """A code of `table.READING_PROBLEMS`; empty when the paper was read as it should be."""
    if reading.kind != UNKNOWN and sure(reading):
        return ""
    grey = np.asarray(image.convert("L"), dtype=np.float32)
    if float(grey.mean()) < DARK:
        return "dark"
    if _sharpness(grey) < SHARP:
        return "blurred"
    pieces = page.pieces
    if pieces and median(piece.height for piece in pieces) < SMALL:
        return "small"
    if reading.kind != UNKNOWN and not reading.unclear:
        return ""
    if _cut(page, image):
        return "cut"
    if _glare(grey) > GLARING:
        return "glare"
    if len(pieces) < FEW and not is_scene(page, image):
        return "no_text"
    return "unknown_kind" if reading.kind == UNKNOWN else ""


def is_scene(page: Page, image: Image.Image) -> bool:
    """Whether a picture shows a place and no paper: colours all over, and little writing."""
    saturation = np.asarray(image.convert("HSV").getchannel("S"))
    return len(page.pieces) < SIGNS and float((saturation > COLOURED).mean()) > SCENE


def nothing(image: Image.Image) -> str:
    """Why there is nothing to be seen: it is dark, or there is nothing."""
    return "dark" if float(np.asarray(image.convert("L"), dtype=np.float32).mean()) < DARK else "no_text"


def _sharpness(grey: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> float:
    inner = grey[1:-1, 1:-1] * -4 + grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    return float(inner.var())


def _glare(grey: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> float:
    """The share that is much brighter than paper around it."""
    paper = float(np.percentile(grey, 60))
    return float((grey > max(250.0, paper + 35)).mean()) if paper < 215 else 0.0


def _cut(page: Page, image: Image.Image) -> bool:
    margin = 0.006 * max(image.size)
    touching = [
        piece
        for piece in page.pieces
        if piece.left < margin
        or piece.top < margin
        or piece.right > image.width - margin
        or piece.bottom > image.height - margin
    ]
    return len(touching) >= AT_EDGE
