"""Photos through the engine: a few in every run, the whole generated set with `-m ocr`."""

from pathlib import Path
from random import Random

import pytest

from bot.commands.papers import WarmReader
from bot.evaluation import truth
from bot.evaluation.papers import Measured, TruePaper, compare
from flows.application.papers.values import Confidence
from integrations.documents.document import PaperReading, Unreadable
from integrations.documents.papers.extra import ocr_is_here
from integrations.documents.reading import Readers
from tests.papers.making import COUNT, drawn_of, fill
from tests.papers.sheet import fonts_here, picture
from tests.papers.spoiling import pressed, ruined, spoilt

pytestmark = [
    pytest.mark.skipif(not fonts_here(), reason="needs the fonts of fonts-noto-cjk"),
    pytest.mark.skipif(not ocr_is_here(), reason="needs the extra ocr"),
]


def photo(layout: str, *how: str) -> tuple[bytes, TruePaper]:
    random = Random(f"{layout} {how}")
    drawn = drawn_of(layout, 0, seed=5)
    sheet = drawn.sheets[0]
    image = picture(sheet, dots=1000 / max(sheet.width, sheet.height))
    return pressed(spoilt(image, how, random), random), TruePaper(layout, drawn.kind, drawn.fields)


async def test_a_licence_lying_on_its_side_is_read_in_its_own_process() -> None:
    content, true = photo("licence_tall", "quarter")
    async with Readers() as readers:
        found = await readers.look(content)
    assert isinstance(found, PaperReading)
    number = next(each for each in found.values if each.name == "registration_number")
    assert (number.value, number.confidence) == (true.fields["registration_number"], Confidence.PROVED)
    measured = Measured()
    compare(measured, true, found, 0.0)
    assert measured.all.accuracy > 0.9
    assert measured.all.wrong_accepted == 0


def test_a_photo_of_an_iphone() -> None:
    found = WarmReader().read(Path(__file__).with_name("licence.heic").read_bytes())
    assert isinstance(found, PaperReading)
    assert [each.value for each in found.values if each.name == "registration_number"] == ["92320508MA33595F2H"]


def test_a_card_and_a_picture_of_nothing() -> None:
    read = WarmReader().read
    content, true = photo("card_front", "fold")
    measured = Measured()
    compare(measured, true, read(content), 0.0)
    assert measured.all.wrong_accepted == 0
    assert measured.by_field["id_front", "id_number"].right == 1
    sheet = drawn_of("licence_tall", 1, seed=5).sheets[0]
    dark = ruined(picture(sheet, dots=3), "dark", Random(1))
    found = read(pressed(dark, Random(1)))
    assert isinstance(found, PaperReading)
    assert found.problem == "dark"
    with pytest.raises(Unreadable):
        read(b"\x89PNG\r\n\x1a\n")


@pytest.mark.ocr
@pytest.mark.timeout(7200)
def test_the_generated_set_meets_the_bars(tmp_path: Path) -> None:
    fill(tmp_path)
    measured, read = Measured(), WarmReader().read
    for paper in truth.load(tmp_path):
        compare(measured, paper, read((tmp_path / paper.file).read_bytes()), 0.0)
    assert measured.papers == COUNT >= 300
    assert measured.all.accuracy >= 0.95, measured.faults
    assert measured.all.wrong_share <= 0.003, measured.faults
    assert measured.by_reader["text"].accuracy == 1.0, measured.faults
    numbers = [count for (_, name), count in measured.by_field.items() if name == "registration_number"]
    assert sum(count.wrong_accepted for count in numbers) == 0


@pytest.mark.ocr
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("how", ["blurred", "dark", "cut"])
def test_a_bad_picture_says_what_is_bad(how: str) -> None:
    read, said = WarmReader().read, list[str]()
    for layout in ("licence_wide", "card_front", "digital_fapiao", "lease_gb"):
        sheet = drawn_of(layout, 2, seed=5).sheets[0]
        image = picture(sheet, dots=1300 / max(sheet.width, sheet.height))
        found = read(pressed(ruined(image, how, Random(layout)), Random(layout)))
        assert isinstance(found, PaperReading)
        said.append(found.problem or "unclear" if found.unclear else found.problem)
    assert "" not in said
    if how != "cut":
        assert said.count(how) >= 3, said
