"""Every layout, set as a PDF, is recognised and every value on it read; what is proved is right."""

import pytest

from bot.evaluation.papers import Measured, TruePaper, compare
from flows.application.papers.values import Confidence
from integrations.documents.document import Document, PaperReading
from integrations.documents.recognise import look
from tests.papers.making import LAYOUTS, drawn_of
from tests.papers.sheet import fonts_here
from tests.papers.typeset import pdf

pytestmark = pytest.mark.skipif(not fonts_here(), reason="needs the fonts of fonts-noto-cjk")
PROVED = {
    "business_licence": {"registration_number"},
    "invoice": {"net", "tax", "total"},
    "bank_statement": {"closing", "money_in", "rows"},
}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_layout_is_read_to_the_last_value(layout: str) -> None:
    measured = Measured()
    for number in range(3):
        drawn = drawn_of(layout, number, seed=11)
        found = look(pdf(drawn.sheets))
        compare(measured, TruePaper(f"{layout}-{number}", drawn.kind, drawn.fields), found, 0.0)
        reading = found.reading if isinstance(found, Document) else found
        assert isinstance(reading, PaperReading)
        assert reading.country == drawn.country
        assert not reading.problem
        assert not reading.unclear
        proved = {each.name for each in reading.values if each.confidence is Confidence.PROVED}
        if drawn.country == "CN" or drawn.kind != "business_licence":  # a British company number has no check digit
            assert PROVED.get(drawn.kind, set()) <= proved
    assert measured.faults == []
    assert measured.kinds_right == 3
