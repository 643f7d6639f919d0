"""Enclosures are drawn: papers as PDF whose text is what was given, charts as PNG; nothing in them is markup."""

from decimal import Decimal

import pypdfium2
import pytest

from flows.messages import Chart, ChartRow, Fact, Paper, Table
from integrations.press.press import NotDrawn, Press

HOSTILE = (
    '#panic("x")',
    "*bold* _italic_ $x^2$ `raw`",
    '"); #sys.exit()',
    "= Heading\n- list\n+ enum",
    "<label> @ref \\ // comment /* more */",
    "#import \"/etc/passwd\"",
)  # fmt: skip


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def _paper(text: str, rows: int = 3) -> Paper:
    return Paper(
        name="key-facts",
        lang="en",
        title="Key facts",
        text=text,
        facts=(Fact(label="Lender", value=text, note=text),),
        tables=(Table(name="Schedule", head=("Month", text), rows=tuple((str(row), text) for row in range(rows))),),
        notes=(text,),
    )


def _chart(*values: str) -> Chart:
    rows = tuple(
        ChartRow(
            label=f"Offer {at} #panic()",
            values=(Decimal(value),) * 12,
            shown=value,
            total=Decimal(value),
            total_shown=value,
        )
        for at, value in enumerate(values)
    )
    return Chart(name="offers", lang="en", title="Offers", across="Each month", total="In all", rows=rows, words="w")


def _text(content: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return len(document), text


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_outside_is_printed_as_it_is(press: Press, text: str) -> None:
    drawn = press.drawn(_paper(text))
    assert (drawn.name, drawn.media_type) == ("key-facts.pdf", "application/pdf")
    _, found = _text(drawn.content)
    squeezed = "".join(found.split())
    assert squeezed.count("".join(text.split())) >= 4


def test_a_long_paper_has_pages_and_says_which(press: Press) -> None:
    pages, text = _text(press.drawn(_paper("x", rows=120)).content)
    assert pages > 1
    assert f"1 / {pages}" in text
    assert text.count("Month") == pages  # the head of the table is on every page


@pytest.mark.parametrize("values", [("1", "2"), ("0", "0"), ("0.01", "9999999999999"), ("5",) * 6])
def test_a_chart_is_a_picture(press: Press, values: tuple[str, ...]) -> None:
    drawn = press.drawn(_chart(*values))
    assert drawn.name == "offers.png"
    assert drawn.content.startswith(b"\x89PNG")
    assert len(drawn.content) < 300_000


async def test_what_cannot_be_drawn_is_a_fact(press: Press) -> None:
    with pytest.raises(NotDrawn):
        await press.draw(_chart())
