"""How a report writes numbers, days and names in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.application.display import show_money, show_percent
from flows.application.features import Unit
from flows.application.money import Money
from flows.application.report.model import NO_CURRENCY, Report
from flows.texts import Texts

UNKNOWN = "—"
CODED: Mapping[str, str] = {"tax_grade": "tax_compliance_rating", "registration_status": "registration_status"}


@dataclass(frozen=True)
class Writer:
    """Writes one report in one language; `titles` are the names of sources in it."""

    texts: Texts
    lang: str
    report: Report
    titles: Mapping[str, str]

    def t(self, key: str, /, **params: object) -> str:
        """A text of the report."""
        return self.texts.get(self.lang, f"report.{key}", **params)

    def money(self, amount: Decimal | None) -> str:
        """An amount with its currency."""
        if amount is None:
            return UNKNOWN
        return show_money(self.texts, self.lang, Money(amount=amount, currency=self.report.currency))

    def plain(self, amount: Decimal | None) -> str:
        """An amount in a column that names its currency."""
        return UNKNOWN if amount is None else f"{amount:,.2f}"

    def value(self, name: str, unit: Unit, value: Decimal | str | None) -> str:
        """The value of an attribute, by its unit."""
        if value is None:
            return UNKNOWN
        if isinstance(value, str):
            key = f"code.{CODED.get(name, name)}.{value}"
            return self.texts.get(self.lang, key) if self.texts.has(self.lang, key) else value
        if unit is Unit.MONEY:
            return self.money(value)
        return show_percent(value) if unit is Unit.SHARE else f"{value:,f}"

    def fact(self, field: str, value: str) -> str:
        """A fact about the business: a code by its name, all else as it is."""
        key = f"code.{field}.{value}"
        return self.texts.get(self.lang, key) if self.texts.has(self.lang, key) else value

    def percent(self, share: Decimal | None) -> str:
        """A share in per cent."""
        return UNKNOWN if share is None else show_percent(share)

    def day(self, day: date | None) -> str:
        """A day, as everyone reads it."""
        return UNKNOWN if day is None else day.isoformat()

    def months(self, window: str) -> str:
        """A window such as 2025-11/2026-10 in words; short when it is one month."""
        first, _, last = window.partition("/")
        return UNKNOWN if not first else first if last in {"", first} else self.t("from_to", first=first, last=last)

    def source(self, name: str) -> str:
        """A source by the name people know."""
        return self.titles.get(name, name)

    def listed(self, items: tuple[str, ...]) -> str:
        """Several things in one line."""
        return self.texts.get(self.lang, "value.comma").join(items)

    def currency(self) -> str:
        """The name of the currency in headings; empty when the records name none."""
        return "" if self.report.currency == NO_CURRENCY else f" ({self.report.currency})"
