"""100,000 bank rows of two overlapping files, and the orders behind them: read, each counted once, as attributes.

Run: `python -m benchmarks.attributes`. Bars: under 3 s and 300 MB, with reading. Beside it stands one pass over the
same files that only splits cells and adds up amounts.
"""

import csv
import random
import resource
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flows.application.attributes.assessing import Question, assess
from flows.application.attributes.results import Held
from flows.application.records import Order, Records, Transaction
from flows.consent import Consent, ConsentState
from flows.ports import Manifest, Subject
from integrations.documents.recognise import read
from integrations.sources.bank_statement.source import fill
from integrations.sources.declared import manifests
from integrations.toolkit.source import Gathering

AS_OF = date(2026, 11, 23)
START = date(2025, 11, 1)
ROWS, OVERLAP = 100_000, 20_000


def rows() -> list[Transaction]:
    """A year and a bit of movements: settlements, transfers of 300 customers, 40 suppliers, a loan."""
    made = random.Random(7)
    days = (AS_OF - START).days
    found: list[Transaction] = []
    for place in range(ROWS - OVERLAP):
        day = START + timedelta(days=place * days // (ROWS - OVERLAP))
        cents, draw = made.randrange(500, 90_000), made.random()
        if draw < 0.4:
            party, code, sign = "Acquirer", "MCRD/POSP", 1
        elif draw < 0.75:
            party, code, sign = f"Customer {made.randrange(300)}", "RCDT/ESCT", 1
        else:
            party, code, sign = f"Supplier {made.randrange(40)}", "ICDT/ESCT", -1
        amount = Decimal(sign * cents).scaleb(-2)
        found.append(Transaction(f"t{place}", "GB1", day, amount, "GBP", party, "", "payment", code))
    return found


def orders() -> list[Order]:
    """Till orders of the same time."""
    made = random.Random(8)
    first = datetime(START.year, START.month, START.day, 9, tzinfo=UTC)
    hours = (AS_OF - START).days * 24 - 24
    return [
        Order(
            f"o{n}", first + timedelta(hours=n * hours // 20_000), False, Decimal(made.randrange(900)).scaleb(-1), "GBP"
        )
        for n in range(20_000)
    ]


def exported(found: list[Transaction]) -> bytes:
    """The rows as a bank exports them: delimited text with a running balance."""
    lines, balance = ["Date,Description,Amount,Balance,Counterparty name,Reference"], Decimal(50_000)
    for each in found:
        balance += each.amount
        lines.append(f"{each.day},{each.text} {each.code},{each.amount},{balance},{each.party},{each.id}")
    return "\n".join(lines).encode()


def consent_of(manifest: Manifest) -> Consent:
    """What an owner who sends statements has allowed."""
    now = datetime(AS_OF.year, AS_OF.month, AS_OF.day, tzinfo=UTC)
    return Consent(
        id="c-1",
        source=manifest.name,
        kinds=manifest.kinds,
        purpose="loan_application",
        recipients=(),
        state=ConsentState.ACTIVE,
        asked_at=now,
        valid_until=now + timedelta(days=1),
        data_from=datetime(START.year, START.month, START.day, tzinfo=UTC),
        data_to=now,
        keep_days=90,
    )


def main() -> None:
    """Measure and print."""
    whole = rows()
    manifest = next(each for each in manifests() if each.name == "bank_statement")
    files = (exported(whole), exported(whole[-OVERLAP:]))
    till = Held("till", "c-3", Records(orders=orders()), START)
    del whole
    begin = time.process_time()
    for file in files:  # nothing understood: cells split, and the amounts added up
        sum(float(row[2]) for row in list(csv.reader(file.decode().splitlines()))[1:])
    adding = time.process_time() - begin
    begin = time.process_time()
    documents = [read(file) for file in files]
    reading = time.process_time() - begin
    begin = time.process_time()
    gathered = Gathering(manifest, consent_of(manifest), consent_of(manifest).data_to)
    fill(gathered, documents, Subject(registration_number="99000001", country="GB"), AS_OF)
    held = Held("bank_statement", "c-1", gathered.ledger or Records(), START)
    found = assess([held, till], Question(AS_OF, "GBP", Decimal(30_000), 12))
    assessing = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    known, took = sum(each.value is not None for each in found.results), reading + assessing
    count = sum(each.rows for each in documents)
    print(f"{count:,} rows of two files, {OVERLAP:,} of them twice, 20,000 orders: {known} attributes known")
    print(
        f"read in {reading:.2f} s and assessed in {assessing:.2f} s of processor time, together {took:.2f} s (bar: 3)"
    )
    print(f"{took / adding:.0f} times splitting the same files and adding the amounts up")
    print(f"peak memory of the process {peak:.0f} MB (bar: 300)")


if __name__ == "__main__":
    main()
