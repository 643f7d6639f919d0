"""Reads a typed answer to a question whose value the general reader does not know: names, addresses, lists.

Gives canonical JSON, or None when the text cannot be that kind of value; then the owner is asked again.
"""

import re
from decimal import Decimal, InvalidOperation

from pydantic import JsonValue
from stdnum import iban

from flows.application.fields import FieldSpec
from flows.application.shapes import Kind

_SEPARATORS = re.compile(r"[,;、，；\n]+")
_PERCENT = re.compile(r"^(?P<name>.*?)[\s:：]*(?P<percent>\d{1,3}(?:\.\d{1,4})?)\s*[%％]?$")
_CURRENCIES = {"CN": "CNY", "GB": "GBP"}
_PLAIN_TEXT = {
    "business_legal_name",
    "trading_name",
    "representative_name",
    "business_description",
    "purpose_description",
}


def free_text(spec: FieldSpec, text: str, country: str, *, named: bool = True) -> JsonValue | None:
    """The value of `spec` that `text` gives, for a business of `country` (ISO 3166-1 alpha-2).

    Amounts without a currency get the country's, or None unless `named`.
    """
    currency = _CURRENCIES[country] if named else None
    text = text.strip()
    if spec.kind is Kind.TEXT and spec.name in _PLAIN_TEXT:
        return text if 2 <= len(text) <= 300 and any(char.isalpha() for char in text) else None
    if spec.kind is Kind.TEXT:
        return text if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9. -]{1,19}", text) else None
    if spec.kind is Kind.ADDRESS:
        return _address(text, country)
    if spec.kind is Kind.OWNERS:
        return _owners(text)
    if spec.kind is Kind.ACCOUNT:
        return _account(text)
    if spec.kind is Kind.MONEY_SERIES:
        return _series(text, currency)
    if spec.kind is Kind.FACILITIES:
        return _facilities(text, currency)
    return None


def _address(text: str, country: str) -> JsonValue | None:
    long_enough = len(text) >= 8 if country == "GB" else len(text) >= 5
    if not long_enough or not any(char.isalpha() for char in text):
        return None
    postcode = re.search(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", text.upper())
    return {"text": text[:300], "postcode": postcode.group() if postcode else None, "country": country}


def _owners(text: str) -> JsonValue | None:
    owners: list[JsonValue] = []
    whole = Decimal(0)
    for part in filter(None, (piece.strip() for piece in _SEPARATORS.split(text))):
        match = _PERCENT.match(part)
        if match is None or len(match["name"].strip()) < 2:
            return None
        percent = Decimal(match["percent"])
        whole += percent
        owners.append({"name": match["name"].strip(" :："), "ownership_percent": str(percent), "id_ref": None})
    return owners if owners and whole <= 100 else None


def _account(text: str) -> JsonValue | None:
    parts = [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]
    if len(parts) != 3:
        return None
    holder, bank, number = parts
    plain = re.sub(r"[\s-]", "", number).upper()
    if not (re.fullmatch(r"\d{8,30}", plain) or iban.is_valid(plain)):
        return None
    return {"holder": holder[:120], "bank": bank[:120], "number": plain}


def _series(text: str, currency: str | None) -> JsonValue | None:
    parts = [piece.strip() for piece in re.split(r"[;；、\n]+|[,，](?=\s)|\s+", text) if piece.strip()]
    if len(parts) != 12:
        return None
    amounts = [_number(part) for part in parts]
    if any(amount is None for amount in amounts):
        return None
    return [{"amount": str(amount), "currency": currency} for amount in amounts]


def _facilities(text: str, currency: str | None) -> JsonValue | None:
    facilities: list[JsonValue] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[;；\n]+", text))):
        words = part.rsplit(maxsplit=1)
        paid = _number(words[-1]) if len(words) == 2 else None
        if paid is None:
            return None
        payment: JsonValue = {"amount": str(paid), "currency": currency}
        facilities.append({"lender": words[0][:120], "type": "other", "outstanding": None, "monthly_payment": payment})
    return facilities or None


def _number(text: str) -> Decimal | None:
    plain = text.strip("£¥$").replace(",", "")
    try:
        return Decimal(plain) if re.fullmatch(r"\d{1,12}(\.\d{1,2})?", plain) else None
    except InvalidOperation:
        return None
