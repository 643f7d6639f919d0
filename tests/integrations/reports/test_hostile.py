"""Text from outside is data: 200 hostile names and memos change nothing of paper, page or data but themselves."""

import html
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from itertools import product

import pypdfium2
import pytest

from bot.web.pages import Pages
from flows import texts
from flows.application.attributes.assessing import Question
from flows.application.attributes.results import Held
from flows.application.records import Bounds, Invoice, Records, Transaction
from flows.application.report.building import build
from flows.application.report.material import Material
from flows.application.report.model import Business, Disputed, Report
from integrations.lenders.packet_signature import public_key
from integrations.press import glyphs
from integrations.press.reports import print_report
from integrations.reports.signing import signed, verified
from integrations.reports.writing import view_of

NOW = datetime(2026, 11, 23, tzinfo=UTC)
KEY = b"\7" * 32
PAGES = Pages(texts.load())
CORES = (
    *('#panic("x")', '#import "/etc/passwd"', '#read("/etc/passwd")', '"); #sys.exit()', "#show: none"),
    "#set page(width: 1pt)",
    *("*bold* _it_ $x^2$ `raw` ```", "= Heading", "<label> @ref", "\\ // /* */", "#{", "]", "[", "$", "\\u{41}"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</section></main><h1>x", "&lt;b&gt; &amp; &#x41;"),
    *("' onmouseover='x", '" autofocus onfocus="x', "javascript:alert(1)", "<!-- -->", "<svg/onload=x>", "]]>"),
    *('#eval("1")', "{{ 7*7 }}"),
    *("{% raw %}", "${7*7}", "{name}", "%s %d %n", '{"a": 1}', '"},"signature":{"key":"', "\\\"", "\\", "null"),
    *("'; DROP TABLE report; --", "=cmd|' /C calc'!A0", "../../etc/passwd", "%00", "`id`", "$(id)"),
)  # fmt: skip
AROUND = ("{}", "Ltd {}", "{} 有限公司", "喆{}堃", "\u202e{}\u202c")
HOSTILE = [around.replace("{}", core) for core, around in product(CORES, AROUND)]


def report(text: str) -> Report:
    rows = [
        Invoice(str(month), date(2026, month, 5), True, text, str(month), Decimal(100), Decimal(1), "GBP")
        for month in range(1, 11)
    ]
    moved = [
        Transaction(f"{month}", "1", date(2026, month, 7), Decimal(-9), "GBP", party=text, text=text, code="FTLN")
        for month in range(1, 11)
    ]
    held = [
        Held("einvoice", "c-1", Records(invoices=rows), date(2026, 1, 1)),
        Held("bank", "c-2", Records(transactions=moved, bounds=Bounds(since=date(2026, 1, 1))), date(2026, 1, 1)),
    ]
    said = (Disputed(name="sales_m", note=text[:600], on=NOW.date()),)
    business = Business(name=text, registration_number=text[:60], facts={"trading_name": text})
    return build(Material(business, held, Question(NOW.date(), "GBP"), names=True, disputed=said), NOW)


def seen(text: str) -> str:
    """What is left of a text where invisible characters are not drawn."""
    return "".join(char for char in text if not char.isspace() and char.isprintable())


class Tags(HTMLParser):
    """Counts the tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


def page_of(found: Report) -> str:
    return PAGES.render("report.html", lang="en", view=view_of(found, "en"), here="", who=None)


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 200


def test_the_page_has_the_same_tags_whatever_the_text() -> None:
    usual = Tags(page_of(report("Usual Ltd"))).found
    for text in HOSTILE:
        page = page_of(report(text))
        assert Tags(page).found == usual, text
        assert seen(text) in seen(html.unescape(re.sub(r"<[^>]+>", "", page))), text


def test_data_stays_data_and_verifies() -> None:
    for text in HOSTILE:
        content = signed(report(text), KEY)
        found, _ = verified(content.encode(), (public_key(KEY),))
        assert found.business.name == text
        assert set(json.loads(content)) == {*Report.model_fields, "signature"}


def test_paper_prints_the_text_as_it_is() -> None:
    """All of them as names of one business after another: four papers are made, each with fifty of them."""
    for start in range(0, 200, 50):
        texts_ = HOSTILE[start : start + 50]
        made = report("Usual Ltd")
        said = tuple(Disputed(name="sales_m", note=text, on=NOW.date()) for text in texts_)
        view = view_of(made.model_copy(update={"disputed": said}), "zh")
        paper = pypdfium2.PdfDocument(print_report(view, ""))
        text_of_all = seen("".join(page.get_textpage().get_text_bounded() for page in paper))
        missing = [text for text in texts_ if seen(text).replace("-", "") not in text_of_all.replace("-", "")]
        assert missing == []


@pytest.mark.parametrize("char", "喆堃䶮淼犇鑫垚骉£€¥₹éßłāÅșЖΩ一")
def test_rare_characters_of_names_have_shapes_of_our_own(char: str) -> None:
    assert glyphs.printable(char) == glyphs.Printable(char, glyphs.FAMILIES, ())


def test_a_character_without_a_shape_is_told_by_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "_of_system", lambda _wanted: ())
    found = glyphs.printable("A\u1680\U0001f600")
    assert (found.text, found.missing) == ("A[U+1680][U+1F600]", ("\u1680", "\U0001f600"))
    paper = pypdfium2.PdfDocument(print_report(view_of(report("A \U0001f600"), "en"), "Some characters have no shape"))
    text = "".join(page.get_textpage().get_text_bounded() for page in paper)
    assert "[U+1F600]" in text
    assert "Some characters have no shape" in text


def test_what_turns_the_reading_direction_is_not_drawn() -> None:
    assert glyphs.printable("a\u202eb\u200fc\0").text == "abc"


def test_our_own_texts_all_have_shapes() -> None:
    kinds = ("report.", "field.", "code.", "reason.", "explain.", "offers.", "statement.", "money.")
    said = [
        text for lang in texts.LANGUAGES for key, text in texts.load().by_lang[lang].items() if key.startswith(kinds)
    ]
    every = {char for text in said for char in text}
    assert sorted(every - glyphs.ours() - {"\n"}) == []
