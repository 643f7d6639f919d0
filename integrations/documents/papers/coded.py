"""What the codes on a paper say about it: a fapiao's number, day and amount; a licence's credit code."""

import re
from collections.abc import Sequence
from decimal import Decimal

from flows.application.papers.table import INVOICE, kind_named
from flows.application.papers.values import Confidence, PaperValue
from integrations.documents import days
from integrations.documents.document import PaperReading
from integrations.documents.papers import readers

_FAPIAO = re.compile(r"01,(\d{2}),(\d{0,12}),(\d{8,20}),(-?\d{1,12}(?:\.\d{1,2})?),(\d{8}),", re.ASCII)
_CODE_ON = frozenset({"business_licence", "industry_licence"})


def with_codes(reading: PaperReading, texts: Sequence[str]) -> PaperReading:
    """The reading with what its codes say. A code counts more than what was read beside it: it corrects itself."""
    fapiao = next((found for text in texts if (found := _FAPIAO.match(text.strip())) is not None), None)
    if fapiao is not None and reading.kind in {INVOICE, "unknown"}:
        return _invoice(reading, fapiao)
    if reading.kind in _CODE_ON:
        numbers = {taken.value for text in texts if (taken := readers.credit_code(_long_parts(text))) and taken.proved}
        if len(numbers) == 1:
            return _put(reading, {"registration_number": _coded("registration_number", numbers.pop())})
    return reading


def _long_parts(text: str) -> str:
    """The parts of a text that are as long as a credit code."""
    return "|".join(part for part in re.split(r"[^0-9A-Za-z]+", text) if len(part) == 18)


def _invoice(reading: PaperReading, found: re.Match[str]) -> PaperReading:
    """Number and day are the code's own.

    Its amount is before or after tax, which differs by kind and is not said: it proves the printed amount that equals
    it, and is unsure where none does.
    """
    said = {"number": _coded("number", found[3])}
    if found[2]:
        said["code"] = _coded("code", found[2])
    day = days.iso(found[5])
    if day is not None:
        said["day"] = _coded("day", day.isoformat())
    amount = Decimal(found[4])
    printed = {each.name: each for each in reading.values if each.name in {"net", "total"}}
    same = [name for name, each in printed.items() if Decimal(each.value) == amount]
    for name in same:
        said[name] = _coded(name, f"{amount:.2f}")
    if not same and "total" not in printed:
        value = PaperValue(name="total", value=f"{amount:.2f}", how="code", confidence=Confidence.UNSURE)
        said["total"] = value
    country = reading.country or "CN"
    currency = PaperValue(name="currency", value="CNY", how="code", confidence=Confidence.CLEAR)
    read_by = reading.read_by if reading.values else "code"
    kept = PaperReading(INVOICE, reading.values, reading.unclear, reading.problem, country, reading.pages, read_by)
    if kept.problem in {"unknown_kind", "no_text"}:
        kept = PaperReading(INVOICE, kept.values, kept.unclear, "", country, kept.pages, read_by)
    return _put(kept, {"currency": currency, **said})


def _coded(name: str, value: str) -> PaperValue:
    return PaperValue(name=name, value=value, how="code", confidence=Confidence.PROVED)


def _put(reading: PaperReading, said: dict[str, PaperValue]) -> PaperReading:
    values = {each.name: each for each in reading.values} | said
    declared = kind_named(reading.kind).fields
    ordered = tuple(values[each.name] for each in declared if each.name in values)
    unclear = tuple(each.name for each in declared if each.always and each.name not in values)
    if "for_life" in values:
        unclear = tuple(name for name in unclear if name != "valid_until")
    return PaperReading(
        reading.kind, ordered, unclear, reading.problem, reading.country, reading.pages, reading.read_by
    )
