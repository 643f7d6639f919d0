"""How a value is written for a person: amounts, dates, lists, and masked numbers."""

from decimal import Decimal

from pydantic import JsonValue

from flows.application import shapes
from flows.application.fields import FieldSpec
from flows.application.money import Money, to_cents, total
from flows.application.shapes import Account, Address, Declaration, InvoiceTotal, Kind, OnlineSales
from flows.texts import Texts


def show_value(texts: Texts, lang: str, spec: FieldSpec, value: JsonValue, *, masked: bool = False) -> str:
    """A value in the owner's language; identity and account numbers as their last four when `masked`."""
    typed = shapes.parse(spec.kind, value)
    if isinstance(typed, Money):
        return show_money(texts, lang, typed)
    if isinstance(typed, Address):
        return _address(typed)
    if isinstance(typed, Account):
        number = mask(typed.number) if masked else typed.number
        return f"{typed.holder} · {typed.bank} · {number}"
    if isinstance(typed, Declaration):
        answer = texts.get(lang, "value.yes" if typed.answer else "value.no")
        return f"{answer}: {typed.note}" if typed.note else answer
    if isinstance(typed, InvoiceTotal):
        return texts.get(lang, "value.invoices", count=typed.count, amount=show_money(texts, lang, typed.amount))
    if isinstance(typed, OnlineSales):
        amount = show_money(texts, lang, typed.amount)
        return texts.get(
            lang, "value.orders", count=typed.orders, amount=amount, returned=show_percent(typed.refund_rate)
        )
    if isinstance(typed, tuple):
        return _several(texts, lang, spec, typed)
    if spec.kind in {Kind.ENUM, Kind.LANGUAGE}:
        return texts.get(lang, f"code.{spec.name}.{typed}")
    if spec.kind is Kind.PERCENT:
        return f"{Decimal(typed).normalize():f} %"
    if spec.kind is Kind.INTEGER and spec.name == "loan_term_months":
        return texts.get(lang, "value.months", count=typed)
    if spec.kind is Kind.PERSON_ID and masked:
        return mask(str(typed))
    return str(typed)


def show_money(texts: Texts, lang: str, money: Money) -> str:
    """An amount with thousands separators; cents only when there are any."""
    cents = to_cents(money.amount)
    number = f"{cents:,.0f}" if cents == cents.to_integral_value() else f"{cents:,.2f}"
    key = f"money.{money.currency}"
    return texts.get(lang, key if texts.has(lang, key) else "money.other", number=number, currency=money.currency)


def show_percent(fraction: Decimal) -> str:
    """A fraction as a percentage with two decimals: 0.085 is 8.50 %."""
    return f"{to_cents(fraction * 100)} %"


def mask(number: str) -> str:
    """All but the last four characters replaced, whatever the length."""
    plain = "".join(number.split())
    return f"•••• {plain[-4:]}" if len(plain) > 4 else "••••"


def _address(address: Address) -> str:
    """The address with its postcode, which a source may give beside it."""
    plain = "".join(address.text.split()).casefold()
    postcode = address.postcode
    known = postcode is None or "".join(postcode.split()).casefold() in plain
    return address.text if known else f"{address.text}, {postcode}"


def _facility(texts: Texts, lang: str, facility: shapes.Facility) -> str:
    parts = [facility.lender]
    if facility.monthly_payment is not None:
        parts.append(texts.get(lang, "value.paid_monthly", paid=show_money(texts, lang, facility.monthly_payment)))
    if facility.outstanding is not None:
        parts.append(texts.get(lang, "value.owed", owed=show_money(texts, lang, facility.outstanding)))
    return texts.get(lang, "value.comma").join(parts)


def _several(texts: Texts, lang: str, spec: FieldSpec, items: "tuple[object, ...]") -> str:
    if not items:
        return texts.get(lang, "value.none")
    if spec.kind is Kind.MONEY_SERIES:
        amounts = tuple(each for each in items if isinstance(each, Money))
        low, high = min(amounts, key=lambda each: each.amount), max(amounts, key=lambda each: each.amount)
        return texts.get(
            lang,
            "value.series",
            count=len(amounts),
            total=show_money(texts, lang, total(amounts, amounts[0].currency)),
            low=show_money(texts, lang, low),
            high=show_money(texts, lang, high),
        )
    return "; ".join(_item(texts, lang, spec, each) for each in items)


def _item(texts: Texts, lang: str, spec: FieldSpec, item: object) -> str:
    if isinstance(item, shapes.BeneficialOwner):
        shown = f"{item.name} {item.ownership_percent.normalize():f} %"
        return shown if item.id_ref is None else f"{shown} ({mask(item.id_ref)})"
    if isinstance(item, shapes.Facility):
        return _facility(texts, lang, item)
    if isinstance(item, shapes.Licence):
        until = () if item.expiry is None else (texts.get(lang, "value.until", day=item.expiry.isoformat()),)
        return texts.get(lang, "value.comma").join((f"{item.type} {item.number}", *until))
    if isinstance(item, shapes.Collateral):
        worth = () if item.value is None else (show_money(texts, lang, item.value),)
        return texts.get(lang, "value.comma").join(each for each in (item.type, *worth, item.ref) if each)
    key = f"code.{spec.name}.{item}"
    return texts.get(lang, key) if texts.has(lang, key) else str(item)
