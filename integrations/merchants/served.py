"""The records of a business in the one form of all sources, as systems without a fault would give them."""

from datetime import date

from flows.application import records
from flows.application.months import complete, month_of, shift
from integrations.merchants.commerce import Commerce, OrderState
from integrations.merchants.ledger import Book, Category, Ledger
from integrations.merchants.merchant import Merchant
from integrations.merchants.profile import Profile

CODES = {
    Category.CARD_SALE: "MCRD/POSP",
    Category.REFUND: "ICDT/RRTN",
    Category.RETURNED: "RDDT/UPDD",
    Category.PROCEEDS: "FTLN/DDWN",
    Category.REPAYMENT: "FTLN/PPAY",
}
MONTHS = {"bank": 12, "till": 12, "shop": 12, "wallet": 12, "invoices": 24, "tax": 24}


def served(merchant: Merchant, as_of: date) -> dict[str, records.Records]:
    """What bank, invoices, till, shop, wallet and tax hold, each for the months it is asked for."""
    profile, ledger, commerce = merchant.profile, merchant.ledger(as_of), merchant.commerce(as_of)
    found = {
        "bank": _bank(profile, ledger),
        "invoices": records.Records(invoices=_invoices(commerce, profile.currency)),
        "till": records.Records(orders=_orders(commerce, as_of, online=False)),
        "shop": records.Records(
            orders=_orders(commerce, as_of, online=True),
            shipments=[records.Shipment(each.id, each.day, each.carrier, each.order_id) for each in commerce.shipments],
        ),
        "wallet": records.Records(payments=_payments(commerce, profile.currency, as_of)),
        "tax": records.Records(filings=_filings(profile, ledger)),
    }
    return {name: each for name, each in found.items() if len(each)}


def _bank(profile: Profile, ledger: Ledger) -> records.Records:
    bank, start = profile.bank, complete(ledger.as_of, MONTHS["bank"])[0]
    numbers = {Book.MAIN: bank.account, Book.CLOSED: bank.closed_account or ""}
    gone = {shift(month_of(ledger.as_of), -back) for back in bank.missing_months}
    booked = [
        records.Transaction(
            id=each.id,
            account=numbers[each.book],
            day=each.day,
            amount=each.amount,
            currency=profile.currency,
            party=each.party,
            party_account=each.party_account or "",
            text=each.text,
            code=(CODES.get(each.category) or "RCDT/ESCT") if bank.coded else "",
        )
        for each in ledger.entries
        if each.book is not Book.PRIVATE and each.day >= start and month_of(each.day) not in gone
    ]
    held = [each.amount for each in ledger.entries if each.book is not Book.PRIVATE]
    own = [number for number in (bank.account, bank.closed_account, bank.private_account) if number]
    names = [profile.names.bank or profile.names.legal, profile.representative.name]
    bounds = records.Bounds(
        since=max(start, ledger.first_day),
        until=ledger.as_of,
        own_accounts=own,
        own_names=["".join(char for char in name.casefold() if char.isalnum()) for name in names],
        balance=sum(held, ledger.opening),
    )
    return records.Records(transactions=booked, bounds=bounds)


def _invoices(commerce: Commerce, currency: str) -> list[records.Invoice]:
    return [
        records.Invoice(
            number=each.number,
            day=each.day,
            issued=each.issued,
            party=each.party.name,
            party_number=each.party.number,
            net=each.net,
            tax=each.tax,
            currency=currency,
            standing=records.Standing(each.standing.value),
            due=each.due,
            paid_on=each.paid_on,
            corrects=each.corrects or "",
        )
        for each in commerce.invoices
    ]


def _orders(commerce: Commerce, as_of: date, *, online: bool) -> list[records.Order]:
    start = complete(as_of, MONTHS["till"])[0]
    return [
        records.Order(
            id=each.id,
            at=each.at,
            online=each.online,
            total=each.total,
            currency=each.currency,
            state=records.OrderState(each.state.value),
            tender=each.tender.value,
            site=str(each.site),
            buyer=each.buyer,
        )
        for each in commerce.orders
        if each.online is online and each.at.date() >= start
    ]


def _payments(commerce: Commerce, currency: str, as_of: date) -> list[records.Payment]:
    """Settled rows; a closed trade moved nothing."""
    start = complete(as_of, MONTHS["wallet"])[0]
    return [
        records.Payment(
            id=each.id,
            at=each.at,
            amount=each.amount,
            currency=currency,
            channel="wallet",
            party=each.payer,
            order_id=each.order_id,
            refund=each.state is OrderState.REFUNDED,
        )
        for each in commerce.wallet
        if each.state is not OrderState.CANCELLED and each.at.date() >= start
    ]


def _filings(profile: Profile, ledger: Ledger) -> list[records.Filing]:
    months = 1 if profile.tax.regime == "monthly" else 3
    return [
        records.Filing(each.first, months, each.due, each.filed, each.sales, each.paid, profile.currency)
        for each in ledger.periods
    ]
