"""What is wrong with a picture, and which pictures are of places."""

from random import Random

import pytest
from PIL import Image, ImageDraw, ImageFilter

from integrations.documents.document import PaperReading
from integrations.documents.papers import quality
from integrations.documents.papers.pieces import Page, Piece, page_of
from tests.papers.spoiling import ruined

UNKNOWN = PaperReading(problem="unknown_kind", read_by="ocr")
WRITING = page_of([Piece(f"line {row}", 60, 40 + 30 * row, 300, 60 + 30 * row, (0.99,) * 6) for row in range(12)])


def paper() -> Image.Image:
    image = Image.new("RGB", (700, 500), "white")
    draw = ImageDraw.Draw(image)
    for row in range(12):
        draw.text((60, 40 + 30 * row), f"a line of writing {row}", fill="black", font_size=22)
    return image


def shop() -> Image.Image:
    """A shop front: a coloured wall, a door, goods of many colours."""
    image, random = Image.new("RGB", (700, 500), (180, 70, 40)), Random(4)
    draw = ImageDraw.Draw(image)
    for _ in range(200):
        x, y = random.randrange(650), random.randrange(120, 460)
        draw.rectangle((x, y, x + 40, y + 30), fill=tuple(random.randrange(256) for _ in range(3)))
    return image


@pytest.mark.parametrize("how", ["dark", "blurred"])
def test_what_is_wrong_is_named(how: str) -> None:
    assert quality.problem(UNKNOWN, WRITING, ruined(paper(), how, Random(1))) == how


def test_a_good_picture_of_an_unknown_paper_is_only_unknown() -> None:
    assert quality.problem(UNKNOWN, WRITING, paper()) == "unknown_kind"
    assert not quality.is_scene(WRITING, paper())
    assert quality.problem(UNKNOWN, Page(()), paper()) == "no_text"


def test_small_and_cut_writing_is_named() -> None:
    small = page_of([Piece("tiny", 60, 40 + 12 * row, 90, 46 + 12 * row) for row in range(12)])
    assert quality.problem(UNKNOWN, small, paper()) == "small"
    cut = page_of([Piece("cut", 0, 40 + 30 * row, 90, 60 + 30 * row) for row in range(6)])
    assert quality.problem(UNKNOWN, cut, paper()) == "cut"


def test_a_shop_is_a_place_and_no_bad_paper() -> None:
    sign = page_of([Piece("OPEN", 300, 20, 400, 60)])
    assert quality.is_scene(sign, shop())
    assert quality.problem(UNKNOWN, sign, shop()) == "unknown_kind"
    assert quality.problem(UNKNOWN, sign, shop().filter(ImageFilter.GaussianBlur(20))) == "blurred"
