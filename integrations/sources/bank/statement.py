"""How the sandbox bank writes down a business: accounts, balances, transactions, party, verified claims."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from flows.application.months import month_of, shift
from integrations.merchants import Merchant
from integrations.merchants.coding import CODES
from integrations.merchants.generator import founded
from integrations.merchants.ledger import Book, Entry

Day = date
ZONES = {"CN": timezone(timedelta(hours=8)), "GB": UTC}
DOCUMENTS = {"national_id": "idcard", "passport": "passport", "driving_licence": "driving_permit"}


def opaque(text: str) -> str:
    """A stable identifier that says nothing about what it stands for."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def books(merchant: Merchant) -> dict[str, tuple[Book, str]]:
    """The accounts by their opaque id: which book, and the account number."""
    bank = merchant.profile.bank
    numbers = {Book.MAIN: bank.account, Book.CLOSED: bank.closed_account, Book.PRIVATE: bank.private_account}
    return {opaque(number): (book, number) for book, number in numbers.items() if number is not None}


def accounts(merchant: Merchant, today: Day, *, detail: bool) -> list[dict[str, object]]:
    """Data.Account."""
    profile, bank = merchant.profile, merchant.profile.bank
    holder = profile.names.bank or profile.names.legal
    opened = datetime.combine(founded(profile, today), datetime.min.time(), tzinfo=UTC)
    found: list[dict[str, object]] = []
    for account_id, (book, number) in books(merchant).items():
        private = book is Book.PRIVATE
        account: dict[str, object] = {
            "AccountId": account_id,
            "Status": "Disabled" if book is Book.CLOSED else "Enabled",
            "Currency": profile.currency,
            "AccountCategory": "Personal" if private else "Business",
            "AccountTypeCode": "SVGS" if private else "CACC",
            "OpeningDate": opened.isoformat(),
        }
        if detail:
            scheme = "UK.OBIE.IBAN" if profile.country == "GB" else "UK.OBIE.BBAN"
            name = profile.representative.name if private else holder
            account["Account"] = [{"SchemeName": scheme, "Identification": number, "Name": name}]
            account["Servicer"] = {"SchemeName": "UK.OBIE.BICFI", "Identification": "SANDBOX0", "Name": bank.name}
        found.append(account)
    return found


def balance(merchant: Merchant, account_id: str, now: datetime) -> dict[str, object] | None:
    """Data.Balance of one account: everything booked until yesterday."""
    known = books(merchant).get(account_id)
    if known is None:
        return None
    book, _ = known
    first = Book.CLOSED if merchant.profile.bank.closed_account is not None else Book.MAIN
    opening = merchant.profile.bank.opening if book is first else Decimal(0)
    ledger = merchant.ledger(now.date())
    amount = sum((each.amount for each in ledger.entries if each.book is book), opening)
    return {
        "AccountId": account_id,
        "CreditDebitIndicator": "Credit" if amount >= 0 else "Debit",
        "Type": "ITBD",
        "DateTime": now.isoformat(),
        "Amount": {"Amount": f"{abs(amount):.2f}", "Currency": merchant.currency},
    }


def entries(merchant: Merchant, account_id: str, today: Day, first: Day, last: Day) -> list[Entry]:
    """What was booked on one account between two days; months the bank has lost are not there."""
    known = books(merchant).get(account_id)
    book = known[0] if known is not None else None
    lost = {shift(month_of(today), -back) for back in merchant.profile.bank.missing_months}
    return [
        each
        for each in merchant.ledger(today).entries
        if each.book is book and first <= each.day <= last and (not lost or month_of(each.day) not in lost)
    ]


def transaction(merchant: Merchant, account_id: str, entry: Entry) -> dict[str, object]:
    """One of Data.Transaction."""
    incoming = entry.amount > 0
    booked = datetime(entry.day.year, entry.day.month, entry.day.day, 12, tzinfo=ZONES[merchant.country])
    other = {"Name": entry.party} | ({"Identification": entry.party_account} if entry.party_account else {})
    written: dict[str, object] = {
        "AccountId": account_id,
        "TransactionId": opaque(entry.id),
        "CreditDebitIndicator": "Credit" if incoming else "Debit",
        "Status": "BOOK",
        "BookingDateTime": booked.isoformat(),
        "Amount": {"Amount": f"{abs(entry.amount):.2f}", "Currency": merchant.currency},
        "TransactionInformation": entry.text,
        "DebtorAccount" if incoming else "CreditorAccount": other,
    }
    if merchant.profile.bank.coded:
        family, sub = code(entry)
        written["BankTransactionCode"] = {"Code": family, "SubCode": sub}
    return written


def code(entry: Entry) -> tuple[str, str]:
    """Family and sub-family of the ISO 20022 code of an entry."""
    return CODES.get(entry.category, ("RCDT" if entry.amount > 0 else "ICDT", "ESCT"))


def party(merchant: Merchant) -> dict[str, object]:
    """Data.Party: the business as the bank knows it."""
    name = merchant.names.bank or merchant.names.legal
    return {"PartyId": opaque(merchant.id), "FullLegalName": name, "EmailAddress": merchant.profile.email}


def verified_claims(merchant: Merchant, now: datetime) -> dict[str, object]:
    """The signatory as the bank verified them a year ago."""
    person = merchant.profile.representative
    document = {"type": DOCUMENTS[person.id_type], "document_number": person.id_number}
    return {
        "verification": {
            "trust_framework": "sandbox_aml",
            "time": (now - timedelta(days=365)).isoformat(),
            "evidence": [{"type": "document", "document_details": document}],
        },
        "claims": {
            "name": person.name,
            "birthdate": person.birth_date.isoformat(),
            "address": {
                "formatted": person.address.text,
                "postal_code": person.address.postcode,
                "country": merchant.country,
            },
        },
    }
