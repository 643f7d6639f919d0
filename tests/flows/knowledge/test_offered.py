"""The article of a product sheet has every figure of the sheet and comes first when the product is asked for."""

import pytest

from flows import texts
from flows.application import products
from flows.knowledge.answering import Zone, load
from flows.knowledge.checking import MAX_CHARACTERS, MAX_WORDS
from flows.knowledge.offered import sheet_articles

SHEETS = products.load()
WRITTEN = {(each.product, each.lang): each for each in sheet_articles(SHEETS, texts.load())}
BASE = load(more=WRITTEN.values())


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_product_is_told_with_the_figures_of_its_sheet(sheet: products.ProductSheet, lang: str) -> None:
    article = WRITTEN[sheet.key, lang]
    for amount in (sheet.amount.minimum, sheet.amount.maximum):
        assert f"{amount:,.0f}" in article.body
    for rate in sheet.price.values():
        assert f"{rate * 100:.2f} %" in article.body
    for fee in sheet.fees:
        assert fee.name[lang] in article.body
    if sheet.early_repayment is not None:
        assert sheet.early_repayment[lang] in article.body
    assert str(sheet.term.maximum) in article.body
    assert len(article.body.split()) <= MAX_WORDS
    assert lang == "en" or len(article.body) <= MAX_CHARACTERS


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_product_is_found_by_its_name(sheet: products.ProductSheet, lang: str) -> None:
    asked = {"en": "what does the {} of {} cost me", "zh": "{1}的{0}要付多少利息"}[lang]
    answer = BASE.answer(asked.format(sheet.name[lang], sheet.lender.name[lang]), lang)
    assert answer.candidates[0] == f"product-{sheet.key}"
    assert answer.zone is not Zone.UNKNOWN
