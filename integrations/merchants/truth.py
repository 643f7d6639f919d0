"""The ground truth of every field that can be known, computed from profile and ledger.

It shares no code with the sources: sandboxes serve the ledger, sources parse the answers, and what
they find is compared with this. What no record can give is left out, never guessed.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from pydantic import JsonValue

from flows.application import shapes
from flows.application.fields import FIELDS
from flows.application.money import Money, to_cents
from flows.application.months import complete, month_of, shift
from integrations.merchants.commerce import Commerce, OrderState, Standing
from integrations.merchants.generator import founded
from integrations.merchants.ledger import REVENUE, Book, Category, Entry, Ledger
from integrations.merchants.parts import Place
from integrations.merchants.profile import Profile

YEAR = 12
LEAST_MONTHS = 3
REFUNDED = frozenset({Category.REFUND, Category.RETURNED})


def truth(profile: Profile, ledger: Ledger, commerce: Commerce) -> dict[str, JsonValue]:
    """Field name to canonical JSON, as a perfect reader of all records and of the owner would have it."""
    known = {
        **_identity(profile, ledger),
        **_request(profile),
        **_invoiced(profile, ledger, commerce),
        **_sold(profile, ledger, commerce),
        **_taxed(profile, ledger),
        **_banked(profile, ledger),
    }
    return {name: shapes.dump(FIELDS[name].kind, value) for name, value in known.items() if value is not None}


def banked_months(profile: Profile, ledger: Ledger) -> tuple[date, ...]:
    """The unbroken run of complete months, up to the latest, of which the bank has records; at most 12."""
    gone = {shift(month_of(ledger.as_of), -back) for back in profile.bank.missing_months}
    run: list[date] = []
    for month in reversed(ledger.complete_months()[-YEAR:]):
        if month in gone:
            break
        run.insert(0, month)
    return tuple(run)


def registered_name(profile: Profile) -> str:
    """The legal name as the register writes it: Companies House in capitals."""
    return profile.names.legal.upper() if profile.country == "GB" else profile.names.legal


def _identity(profile: Profile, ledger: Ledger) -> dict[str, object]:
    registered, person = profile.registered, profile.representative
    shares = [(person.share, person.name), *((each.share, each.name) for each in profile.shareholders)]
    owners = [(share, name) for share, name in sorted(shares, key=lambda pair: (-pair[0], pair[1])) if share >= 25]
    start = founded(profile, ledger.as_of)
    today = ledger.as_of
    return {
        "registration_number": profile.registration_number,
        "business_legal_name": registered_name(profile),
        "trading_name": profile.names.trading,
        "tax_identification_number": profile.tax.number,
        "legal_form": registered.form,
        "registration_status": registered.status,
        "incorporation_date": start,
        "time_in_business_years": today.year - start.year - ((today.month, today.day) < (start.month, start.day)),
        "registered_address": _address(registered.address, profile.country),
        "industry_code": registered.industry_code,
        "business_description": registered.scope,
        "number_of_employees": profile.employees,
        "operating_address": _address(profile.selling.sites[0], profile.country) if profile.selling.sites else None,
        "industry_licences": [
            {"type": each.type, "number": each.number, "expiry": ledger.as_of + timedelta(days=each.days_left)}
            for each in profile.selling.licences
        ]
        or None,
        "contact_phone": profile.phone,
        "contact_email": profile.email,
        "representative_name": person.name,
        "representative_role": person.role,
        "representative_id_type": person.id_type,
        "representative_id_number": person.id_number,
        "representative_birth_date": person.birth_date,
        "representative_residential_address": _address(person.address, profile.country),
        "representative_ownership_percent": person.share,
        "beneficial_owners": [{"name": name, "ownership_percent": share} for share, name in owners],
    }


def _request(profile: Profile) -> dict[str, object]:
    return {
        "amount_requested": Money(amount=profile.request.amount, currency=profile.currency),
        "currency": profile.currency,
        "credit_purpose": profile.request.purpose,
        "loan_term_months": profile.request.term_months,
        "legal_or_insolvency_declaration": {"answer": False},
        "preferred_language": profile.lang,
    }


def _invoiced(profile: Profile, ledger: Ledger, commerce: Commerce) -> dict[str, object]:
    """Invoices issued in the last 12 complete months, and what customers on terms still owe with tax.

    Those taken back later are counted; the sum is net of red-letter ones.
    """
    year = complete(ledger.as_of, YEAR)
    issued = {each.number: each for each in commerce.invoices if each.issued and each.standing is not Standing.VOID}
    known: dict[str, object] = {}
    if ledger.complete_months()[:1] <= year[:1] and issued:
        mine = [each for each in issued.values() if month_of(each.day) in year]
        net = _money([each.net for each in mine], profile.currency)
        known["invoices_issued_12m"] = {
            "count": sum(each.standing is Standing.VALID for each in mine),
            "amount": net,
        }
    if profile.selling.terms_days:
        owed = [each.gross for each in issued.values() if each.paid_on is None and each.standing is Standing.VALID]
        known["accounts_receivable"] = _money(owed, profile.currency)
        due = [each.gross for each in commerce.invoices if not each.issued and each.paid_on is None]
        known["accounts_payable"] = _money(due, profile.currency)
    return known


def _sold(profile: Profile, ledger: Ledger, commerce: Commerce) -> dict[str, object]:
    """Card takings over the counter, online orders paid in the currency of the business, and parcels sent.

    Over the last 12 complete months.
    """
    year = complete(ledger.as_of, YEAR)
    known: dict[str, object] = {}
    if ledger.complete_months()[:1] <= year[:1]:
        card = [e.amount for e in ledger.entries if e.category is Category.CARD_SALE and month_of(e.day) in year]
        known["card_sales_12m"] = _money(card, profile.currency)
    if not profile.selling.shop or not ledger.complete_months()[:1] <= year[:1]:
        return known
    shop = {each.id: each for each in commerce.shop() if each.currency == profile.currency}
    paid = [
        each for each in shop.values() if each.state is not OrderState.CANCELLED and month_of(each.at.date()) in year
    ]
    amount = sum((each.total for each in paid), Decimal(0))
    back = sum((each.total for each in paid if each.state is OrderState.REFUNDED), Decimal(0))
    online = {"amount": _money([amount], profile.currency), "orders": len(paid), "refund_rate": ratio(back, amount)}
    return known | {
        "online_sales_12m": online if amount else None,
        "shipments_12m": sum(1 for each in commerce.shipments if month_of(each.day) in year),
    }


def ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part of the whole to four decimals, half up; None when there is no whole."""
    return (part / whole).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP) if whole else None


def _taxed(profile: Profile, ledger: Ledger) -> dict[str, object]:
    tax, currency = profile.tax, profile.currency
    known: dict[str, object] = {
        "tax_compliance_rating": tax.grade,
        "tax_arrears": Money(amount=tax.arrears, currency=currency),
        "net_profit_last_fy": None if tax.net_profit is None else Money(amount=tax.net_profit, currency=currency),
    }
    year = complete(ledger.as_of, YEAR)
    if ledger.complete_months()[:1] <= year[:1] and len(ledger.complete_months()) >= YEAR:
        paid = [-each.amount for each in ledger.entries if each.category is Category.TAX and month_of(each.day) in year]
        known["taxes_paid_12m"] = _money(paid, currency)
    filed = [each for each in ledger.periods if each.sales is not None]
    length = 1 if tax.regime == "monthly" else 3
    latest = filed[-YEAR // length :]
    unbroken = all(shift(month_of(a.last), 1) == b.first for a, b in pairwise(latest))
    if not unbroken or len(latest) < YEAR // length:
        return known
    declared = _money([each.sales or Decimal(0) for each in latest], currency)
    if tax.invoice_mean is not None:
        known["invoices_issued_12m"] = {"count": sum(each.invoices or 0 for each in latest), "amount": declared}
    if tax.declared_share == 1:
        known["gross_annual_revenue"] = declared
        if length == 1 and latest[-1].first == year[-1]:
            series = [Money(amount=each.sales or Decimal(0), currency=currency) for each in latest]
            known["monthly_revenue_12m"] = series
    return known


def _banked(profile: Profile, ledger: Ledger) -> dict[str, object]:
    bank, currency = profile.bank, profile.currency
    months = banked_months(profile, ledger)
    business = [each for each in ledger.entries if each.book is not Book.PRIVATE]
    known: dict[str, object] = {
        "disbursement_account": {
            "holder": profile.names.bank or profile.names.legal,
            "bank": bank.name,
            "number": bank.account,
        }
    }
    if len(months) < LEAST_MONTHS:
        return known
    known["existing_credit_facilities"] = [
        {"lender": loan.lender, "type": "term_loan", "monthly_payment": Money(amount=loan.monthly, currency=currency)}
        for loan in sorted(bank.loans, key=lambda loan: loan.lender)
    ]
    known["average_monthly_bank_balance"] = Money(amount=_mean_balance(ledger, business, months), currency=currency)
    if len(months) == YEAR:
        inflow = [each for each in business if each.amount > 0 and each.category is not Category.OWN]
        kept = [each for each in inflow if each.category not in REFUNDED]
        known["monthly_bank_inflow_12m"] = _monthly(kept, months, currency)
        revenue = [each for each in inflow if each.category in REVENUE]
        declared = _taxed(profile, ledger)
        if "gross_annual_revenue" not in declared:
            sold = [each.amount for each in revenue if month_of(each.day) in months]
            known["gross_annual_revenue"] = _money(sold, currency)
        if "monthly_revenue_12m" not in declared:
            known["monthly_revenue_12m"] = _monthly(revenue, months, currency)
    return known


def _mean_balance(ledger: Ledger, business: list[Entry], months: tuple[date, ...]) -> Decimal:
    """Mean end-of-day balance over the days of `months`, carried forward from the opening balance."""
    by_day: dict[date, Decimal] = {}
    for each in business:
        by_day[each.day] = by_day.get(each.day, Decimal(0)) + each.amount
    balance, day, total, days = ledger.opening, ledger.first_day, Decimal(0), 0
    while day < shift(months[-1], 1):
        balance += by_day.get(day, Decimal(0))
        if day >= months[0]:
            total, days = total + balance, days + 1
        day += timedelta(days=1)
    return to_cents(total / days)


def _monthly(entries: list[Entry], months: tuple[date, ...], currency: str) -> list[Money]:
    sums = dict.fromkeys(months, Decimal(0))
    for each in entries:
        if month_of(each.day) in sums:
            sums[month_of(each.day)] += each.amount
    return [Money(amount=amount, currency=currency) for amount in sums.values()]


def _money(amounts: list[Decimal], currency: str) -> Money:
    return Money(amount=sum(amounts, Decimal(0)), currency=currency)


def _address(place: Place, country: str) -> dict[str, str]:
    return {"text": place.text, "postcode": place.postcode, "country": country}
