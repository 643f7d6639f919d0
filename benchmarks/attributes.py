"""100,000 bank transactions of two overlapping files, and the orders behind them, as attributes: time and memory.

Run: `python -m benchmarks.attributes`. Bars: under 3 s and 300 MB together with reading the files. Beside it stands
one pass over the same rows that only adds up amounts.
"""

import random
import resource
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from flows.application.attributes.assessing import Question, assess
from flows.application.attributes.results import Held
from flows.application.records import Bounds, Order, Records, Transaction

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


def main() -> None:
    """Measure and print."""
    whole, sold = rows(), orders()
    bank = Records(transactions=whole, bounds=Bounds(since=START, until=AS_OF, balance=Decimal(50_000)))
    file = Records(transactions=[Transaction(f"x{n}", *_rest(each)) for n, each in enumerate(whole[-OVERLAP:])])
    held = [
        Held("bank", "c-1", bank, START),
        Held("statement", "c-2", file, START),
        Held("till", "c-3", Records(orders=sold), START),
    ]
    begin = time.process_time()
    plain = sum(each.amount for each in whole) + sum(each.amount for each in file.transactions)
    adding = time.process_time() - begin
    begin = time.process_time()
    found = assess(held, Question(AS_OF, "GBP", Decimal(30_000), 12))
    took = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    known = sum(each.value is not None for each in found.results)
    print(f"{ROWS:,} rows, {OVERLAP:,} of them twice, {len(sold):,} orders: {known} attributes known")
    print(f"assessed in {took:.2f} s of processor time, {took / adding:.0f} times adding the amounts up ({plain:,.2f})")
    print(f"peak memory of the process {peak:.0f} MB")


def _rest(each: Transaction) -> tuple[str, date, Decimal, str, str, str, str, str]:
    return each.account, each.day, each.amount, each.currency, each.party, each.party_account, each.text, each.code


if __name__ == "__main__":
    main()
