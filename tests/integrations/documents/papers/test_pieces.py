"""Pieces of writing as a camera sees them: askew, in two columns, broken over lines, under a seal."""

import math

from integrations.documents.papers.interpreting import interpret
from integrations.documents.papers.pieces import Page, Piece, Quad, page_of, upright

LICENCE = (
    ("营业执照", 300, 20, 1.0),
    ("统一社会信用代码", 60, 60, 1.0),
    ("91320508MABWA86J9L", 220, 60, 1.0),
    ("名", 60, 100, 1.0),
    ("称", 100, 100, 1.0),
    ("苏州市鼎盛食品有限公司", 160, 100, 1.0),
    ("注册资本", 420, 100, 1.0),
    ("壹拾万元整", 500, 100, 1.0),
    ("法定代表人", 60, 140, 1.0),
    ("王小明", 160, 140, 0.62),
    ("住所", 420, 140, 1.0),
    ("江苏省苏州市姑苏区人民路", 500, 140, 1.0),
    ("局", 640, 141, 1.0),
    ("12号3室", 500, 164, 1.0),
    ("登记机关", 420, 300, 1.0),
)


def page(turn: float = 0.0) -> Page:
    """The licence, turned by some degrees around its corner."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    quads = []
    for text, x, y, score in LICENCE:
        right, low = x + 11 * len(text), y + 16
        corners = tuple((a * cos - b * sin, a * sin + b * cos) for a, b in ((x, y), (right, y), (right, low), (x, low)))
        quads.append(Quad(text, corners, (score,) * len(text)))  # type: ignore[arg-type]
    return upright(quads)


def test_values_are_found_however_the_paper_lies() -> None:
    for turn in (0.0, 3.0, -6.0):
        reading = interpret([page(turn)], "ocr")
        said = {each.name: each for each in reading.values}
        assert reading.kind == "business_licence"
        assert said["name"].value == "苏州市鼎盛食品有限公司"
        assert said["address"].value == "江苏省苏州市姑苏区人民路12号3室"
        assert said["registration_number"].confidence == "proved"
        assert said["representative"].confidence == "unsure"
        assert "established" not in said


def test_nothing_is_made_of_nothing() -> None:
    assert interpret([Page(())], "ocr").problem == "no_text"
    letters = page_of([Piece("hello there, how are you", 0, 0, 200, 10)])
    assert interpret([letters], "ocr").problem == "unknown_kind"


def test_a_code_with_a_doubtful_character_is_not_proved() -> None:
    doubtful = tuple((text, x, y, 0.45 if text.startswith("913") else score) for text, x, y, score in LICENCE)
    quads = [
        Quad(text, ((x, y), (x + 11 * len(text), y), (x + 11 * len(text), y + 16), (x, y + 16)), (score,) * len(text))
        for text, x, y, score in doubtful
    ]
    said = {each.name: each for each in interpret([upright(quads)], "ocr").values}
    assert said["registration_number"].confidence == "unsure"
