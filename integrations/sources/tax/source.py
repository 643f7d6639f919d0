"""Tax records through a lender's own gateway: neither country has a public interface for this.

Contract: OAuth 2 client credentials at POST /oauth/token; POST /consents gives a handle, sent from then on
as the header Consent-Handle: GET /registration, /filings, /payments, /standing; DELETE /consents ends it.
Bodies: records.py. 401/403 refused, 404 taxpayer unknown, 410 consent ended, 429 and 5xx try later.
"""

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal

from flows.application import records
from flows.application.money import Money
from flows.application.months import complete, month_of, window
from flows.application.shapes import Address, InvoiceTotal
from flows.consent import Consent
from flows.errors import SourceRefused, SourceUnavailable
from flows.ports import Evidence, Grant, Manifest, Source, Subject
from integrations.sources.tax.filings import Declared, read_filings
from integrations.sources.tax.records import (
    ConsentHandle,
    ConsentRequest,
    Filing,
    Filings,
    Payment,
    Payments,
    Registration,
    Standing,
)
from integrations.toolkit.http import Call, Empty
from integrations.toolkit.oauth import ClientToken
from integrations.toolkit.source import CURRENCIES, Gathering, Setup

Headers = Callable[[], Awaitable[dict[str, str]]]
HANDLE = "Consent-Handle"
YEAR = 12


def open_source(setup: Setup) -> Source:
    """The gateway behind `setup.client`."""
    return Tax(setup)


class Tax:
    """See the module. The grant's token is the gateway's consent handle."""

    def __init__(self, setup: Setup) -> None:
        self.manifest: Manifest = setup.manifest
        self._client, self._clock = setup.client, setup.clock
        self._headers: Headers = ClientToken(
            setup.client, setup.credentials, setup.clock, path="oauth/token", scope="tax.read"
        ).header

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Hand the owner's consent to the gateway."""
        consent.require(self.manifest.name, self._clock())
        body = ConsentRequest(
            consent_id=consent.id,
            taxpayer=subject.registration_number,
            country=subject.country,
            kinds=consent.kinds,
            purpose=consent.purpose,
            data_from=consent.data_from.date(),
            data_to=consent.data_to.date(),
            expires_at=consent.valid_until,
        )
        call = Call("POST", "consents", await self._headers(), body=body, subject=subject.registration_number)
        handle = await self._client.send(call, ConsentHandle)
        if handle.status == "pending":
            raise SourceUnavailable(self.manifest.name, "the taxpayer has not confirmed at the tax office yet")
        if handle.status != "active":
            raise SourceRefused(self.manifest.name, f"consent {handle.status}")
        return Grant(token=handle.handle, expires_at=handle.expires_at or consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Read what the consent covers, resource by resource."""
        now = self._clock()
        consent.require(self.manifest.name, now)
        found = Gathering(self.manifest, consent, now)
        currency = CURRENCIES[subject.country]
        count = 0
        registered_on: date | None = None
        if found.covers("tax_registration"):
            registration = await self._client.send(await self._ask("GET", "registration", grant), Registration)
            _read_registration(found, registration, subject)
            registered_on, count = registration.registered_on, count + 1
        first: date | None = None
        last: date | None = None
        if found.covers("tax_filings"):
            filings = [each for each in await self._filings(grant) if each.currency == currency]
            declared = read_filings(filings, as_of)
            _read_declared(found, declared, currency, as_of)
            count += len(filings)
            months = sorted(each.first_month for each in filings)
            found.ledger = records.Records(
                filings=[
                    records.Filing(
                        each.first_month, each.months, each.due_on, each.filed_on, each.sales, None, each.currency
                    )
                    for each in filings
                ]
            )
            first, last = (months[0], months[-1]) if months else (None, None)
        if found.covers("tax_payments"):
            payments = [each for each in await self._payments(grant) if each.currency == currency]
            covered = registered_on is not None and registered_on <= complete(as_of, YEAR)[0]
            covered = covered and consent.data_from.date() <= complete(as_of, YEAR)[0]
            _read_payments(found, payments, currency, as_of, covered=covered)
            count += len(payments)
        if found.covers("tax_standing"):
            standing = await self._client.send(await self._ask("GET", "standing", grant), Standing)
            _read_standing(found, standing, as_of)
            count += 1
        return found.evidence(count, first, last)

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """Revoke the handle; one that the gateway has ended already is forgotten just as well."""
        await self._client.send(await self._ask("DELETE", "consents", grant), Empty)

    async def _ask(self, method: str, resource: str, grant: Grant) -> Call:
        """A request under the handle. It travels as a header: addresses end up in logs."""
        accept = (200, 204, 404, 410) if method == "DELETE" else (200,)
        headers = {**await self._headers(), HANDLE: grant.token}
        return Call(method, resource, headers, accept=accept)

    async def _filings(self, grant: Grant) -> list[Filing]:
        pages = self._client.pages(await self._ask("GET", "filings", grant), Filings, lambda page: page.next)
        return [each async for page in pages for each in page.items]

    async def _payments(self, grant: Grant) -> list[Payment]:
        pages = self._client.pages(await self._ask("GET", "payments", grant), Payments, lambda page: page.next)
        return [each async for page in pages for each in page.items]


def _read_registration(found: Gathering, registration: Registration, subject: Subject) -> None:
    record, seen = registration.record, registration.updated_at

    def value(name: str, given: object) -> None:
        found.value(name, given, record, observed_at=seen)

    value("business_legal_name", registration.taxpayer_name)
    value("tax_identification_number", registration.tax_number)
    if registration.address is not None:
        text, postcode = registration.address.text, registration.address.postcode
        value("registered_address", Address(text=text, postcode=postcode, country=subject.country))
    value("industry_code", registration.industry_code)
    value("number_of_employees", registration.employees)
    value("contact_email", registration.email)
    if registration.representative_document is not None:
        value("representative_id_type", registration.representative_document.type)
        value("representative_id_number", registration.representative_document.number)


def _read_declared(found: Gathering, declared: Declared, currency: str, as_of: date) -> None:
    """Sales declared for twelve unbroken months; a shorter or broken run leaves them unknown."""
    record = f"filings {declared.window}" if declared.months else "filings"
    total = None if declared.total is None else Money(amount=declared.total, currency=currency)
    found.value("gross_annual_revenue", total, record, window=declared.window)
    if declared.by_month and declared.months == complete(as_of, YEAR):
        series = tuple(Money(amount=amount, currency=currency) for amount in declared.by_month)
        found.value("monthly_revenue_12m", series, record, window=declared.window)
    if declared.invoices is not None and declared.invoiced is not None:
        invoiced = Money(amount=declared.invoiced, currency=currency)
        total_invoices = InvoiceTotal(count=declared.invoices, amount=invoiced)
        found.value("invoices_issued_12m", total_invoices, record, window=declared.window)
    if declared.gaps:
        found.note("tax_months_missing")
    found.feature("declared_sales_12m", declared.total, declared.window, declared.periods)
    found.feature("declared_growth_sym", declared.growth, declared.growth_window, declared.periods)
    found.feature("filing_ontime", declared.on_time, declared.due_window, declared.due)
    found.feature("zero_filings", declared.zero, declared.window, declared.periods)


def _read_payments(found: Gathering, payments: list[Payment], currency: str, as_of: date, *, covered: bool) -> None:
    """tax_paid_12m: all tax received in the last 12 complete months (VAT and income tax)."""
    year = complete(as_of, YEAR)
    paid = [each.amount for each in payments if month_of(each.paid_on) in year]
    total = sum(paid, Decimal(0)) if covered else None
    money = None if total is None else Money(amount=total, currency=currency)
    found.value("taxes_paid_12m", money, f"payments {window(year)}", window=window(year))
    found.feature("tax_paid_12m", total, window(year), len(paid))


def _read_standing(found: Gathering, standing: Standing, as_of: date) -> None:
    record, seen, today = standing.record, standing.updated_at, f"{as_of:%Y-%m}"

    def money(amount: Decimal | None) -> Money | None:
        return None if amount is None else Money(amount=amount, currency=standing.currency)

    found.value("tax_compliance_rating", standing.rating, record, observed_at=seen)
    found.value("tax_arrears", money(standing.arrears), record, observed_at=seen)
    year = standing.financial_year
    found.value("net_profit_last_fy", money(standing.net_profit), record, observed_at=seen, window=year)
    found.feature("tax_grade", standing.rating, today, 1)
    found.feature("arrears", standing.arrears, today, 1)
