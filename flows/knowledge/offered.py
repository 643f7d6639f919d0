"""An article per product sheet and language, written from the sheet itself, so that no answer can contradict it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from flows.application.display import show_money, show_percent
from flows.application.money import Money
from flows.application.sheet import ProductSheet, SheetFee
from flows.knowledge.articles import Article
from flows.texts import LANGUAGES, Texts

PREFIX = "product-"


def sheet_articles(sheets: Iterable[ProductSheet], texts: Texts) -> Iterator[Article]:
    """What a product costs and asks for, in every language, with the figures of its sheet."""
    for sheet in sheets:
        for lang in LANGUAGES:
            yield _article(sheet, texts, lang)


def _article(sheet: ProductSheet, texts: Texts, lang: str) -> Article:
    name, lender = sheet.name[lang], sheet.lender.name[lang]
    return Article(
        id=f"{PREFIX}{sheet.key}",
        lang=lang,
        title=texts.get(lang, "sheet.title", name=name, lender=lender),
        questions=tuple(texts.get(lang, "sheet.questions", name=name, lender=lender).splitlines()),
        body="\n".join(_lines(sheet, texts, lang)),
        product=sheet.key,
        source=texts.get(lang, "sheet.source", lender=lender),
    )


def _lines(sheet: ProductSheet, texts: Texts, lang: str) -> Iterator[str]:
    comma = texts.get(lang, "value.comma")
    yield texts.get(
        lang,
        "sheet.terms",
        name=sheet.name[lang],
        lender=sheet.lender.name[lang],
        minimum=_money(sheet, texts, lang, sheet.amount.minimum),
        maximum=_money(sheet, texts, lang, sheet.amount.maximum),
        shortest=sheet.term.minimum,
        longest=sheet.term.maximum,
    )
    rates = comma.join(dict.fromkeys(map(show_percent, sorted(sheet.price.values()))))
    yield texts.get(lang, "sheet.price", rates=rates)
    fees = [_fee(sheet, fee, texts, lang) for fee in sheet.fees]
    yield texts.get(lang, "sheet.fees", fees=comma.join(fees)) if fees else texts.get(lang, "sheet.no_fees")
    ways = comma.join(texts.get(lang, f"code.repayment_method.{way}") for way in sheet.repayment)
    yield texts.get(lang, "sheet.repayment", ways=ways)
    if sheet.early_repayment is not None:
        yield texts.get(lang, "sheet.early", early=sheet.early_repayment[lang])
    if sheet.cooling_off_days:
        yield texts.get(lang, "sheet.cooling_off", days=sheet.cooling_off_days)
    keys = [f"paper.kind.{kind}" for kind in sheet.documents]
    papers = [texts.get(lang, key) for key in keys if texts.has(lang, key)]
    if papers:
        yield texts.get(lang, "sheet.papers", papers=comma.join(papers))
    yield texts.get(lang, "sheet.no_offer")


def _fee(sheet: ProductSheet, fee: SheetFee, texts: Texts, lang: str) -> str:
    parts = [show_percent(fee.rate)] if fee.rate else []
    parts += [_money(sheet, texts, lang, fee.amount)] if fee.amount else []
    return f"{fee.name[lang]} {' + '.join(parts)}"


def _money(sheet: ProductSheet, texts: Texts, lang: str, amount: Decimal) -> str:
    return show_money(texts, lang, Money(amount=amount, currency=sheet.currency))
