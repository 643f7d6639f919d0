"""The standard attributes of every invented business against their ground truth."""

from datetime import date

import pytest

from flows.application.attributes.assessing import Assessment, Question, assess
from flows.application.attributes.results import Held
from flows.application.months import complete
from integrations.merchants import Merchant, load
from integrations.merchants.served import MONTHS, served

TODAY = date(2026, 11, 23)
ALL = load()
each_merchant = pytest.mark.parametrize("merchant", ALL, ids=lambda each: each.id)


def assessed(merchant: Merchant, day: date = TODAY) -> Assessment:
    held = [
        Held(name, f"c-{name}", records, complete(day, MONTHS[name])[0])
        for name, records in served(merchant, day).items()
    ]
    request = merchant.profile.request
    return assess(held, Question(day, merchant.currency, request.amount, request.term_months))


@each_merchant
def test_attributes_are_the_truth(merchant: Merchant) -> None:
    truth = merchant.attributes(TODAY)
    found = {each.name: each.value for each in assessed(merchant).results}
    wrong = {name: (found.get(name), value) for name, value in truth.items() if found.get(name) != value}
    assert wrong == {}
    extra = {name for name, value in found.items() if value is not None and name not in truth}
    assert extra <= {"inv_vs_declared", "bank_vs_invoice", "platform_top1"}
