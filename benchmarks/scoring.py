"""Speed of the reference decision and of product evaluation, beside a plain dict look-up baseline.

Run: `python -m benchmarks.scoring`. Bars: decision p99 < 50 ms, 10,000 product evaluations/s.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from flows.application import products
from flows.application.facts import FACTS, Fact, read
from flows.application.products import Result, evaluate
from integrations.scoring.reference import card
from integrations.scoring.reference.desk import Desk
from integrations.scoring.reference.wire import Question

DAY = date(2026, 11, 23)
SECONDS = 1.0


def timings(work: Callable[[], object]) -> list[float]:
    """Seconds of each call, for about SECONDS."""
    taken: list[float] = []
    end = time.perf_counter() + SECONDS
    while (start := time.perf_counter()) < end:
        work()
        taken.append(time.perf_counter() - start)
    return taken


def baseline(facts: dict[str, Fact], limits: dict[str, Decimal]) -> bool:
    """What a hurried program would do: look each value up, compare, and fail open."""
    passed = True
    for name, limit in limits.items():
        value = facts.get(name)
        passed = passed and (value is None or (isinstance(value, Decimal) and value >= limit))
    return passed


def answered(desk: Desk, body: str) -> str:
    """Everything the service does but HTTP."""
    return desk.decide(desk.inputs(Question.model_validate_json(body))).answer.model_dump_json()


def report(name: str, taken: list[float], base: float) -> None:
    mean = statistics.fmean(taken)
    p99 = statistics.quantiles(taken, n=100)[98]
    print(
        f"{name:24} {1 / mean:>10,.0f}/s  mean {mean * 1e6:>8.1f} us  p99 {p99 * 1e6:>8.1f} us  {mean / base:>7.1f} x"
    )


def main() -> None:
    sheets = products.load()
    sheet = next(each for each in sheets if each.key == "baichuan-tax")
    facts: dict[str, Fact] = {name: read(FACTS[name], raw) for name, raw in sheet.cases[0].facts.items()}
    limits = {rule.field: Decimal(0) for rule in sheet.rules}
    desk = Desk(card.load(), sheets)
    question = Question.model_validate(
        {
            "application_id": "LA-1",
            "as_of": DAY,
            "requested": {"amount": "150000", "currency": "CNY", "term_months": 12},
            "features": [{"name": name, "value": str(raw), "consent_id": "c-1"} for name, raw in facts.items()],
        }
    )
    body = question.model_dump_json()
    if evaluate(sheet, facts, DAY, "A").result is not Result.ELIGIBLE:
        raise SystemExit("the first case of the sheet is not eligible: nothing worth timing")

    bases = timings(lambda: baseline(facts, limits))
    base = statistics.fmean(bases)
    report("dict look-up baseline", bases, base)
    report("product evaluation", timings(lambda: evaluate(sheet, facts, DAY, "A")), base)
    report("decision", timings(lambda: desk.decide(desk.inputs(question))), base)
    report("decision from bytes", timings(lambda: answered(desk, body)), base)


if __name__ == "__main__":
    main()
